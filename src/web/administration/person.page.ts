import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  accountChangesOf,
  ChangeRoles,
  listTeams,
  namesOf,
  OpenAccount,
  personDetail,
  SaveTeam,
  seePeople,
  tokensOf,
} from '../../identity/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { whatWaits } from '../decisions/waiting.page.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { addressOf, administrationUrls } from './administration.urls.ts';
import { holds, reason, someRoles, version } from './answers.ts';
import { roleBoxes, roleTerms } from './terms.ts';

const rolesAnswers = z.object({ roles: someRoles, reason, version });
const accountAnswers = z.object({ reason, version });
const teamAnswers = z.object({
  team: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

/** One person: what they may do, their team, whether their account is open, and how it came to be so. */
@Controller()
export class PersonPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changeRoles: ChangeRoles,
    private readonly openAccount: OpenAccount,
    private readonly saveTeam: SaveTeam,
  ) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.person, title: 'A person', allowed: seePeople },
    ...{ audit: 'identity.person-seen', subject: 'user' },
  })
  async show(@Visiting() visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const [person, changes] = [await personDetail(tx, id), await accountChangesOf(tx, id)];
      const names = await namesOf(
        tx,
        changes.map((change) => change.changedBy),
      );
      return { shown: person, changes, names: Object.fromEntries(names), tokens: await tokensOf(tx, id) };
    });
    const isMe = id === visit.person.id;
    return show('administration/person.njk', { ...data, isMe, mayChange: holds(visit, 'administrator') });
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.roles, title: 'Change roles', allowed: ChangeRoles.allowed },
    ...{ audit: 'identity.person-seen', subject: 'user' },
  })
  askRoles(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit, 'administration/roles.njk', { roleBoxes });
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.roles, title: 'Change roles', allowed: ChangeRoles.allowed },
    audit: 'identity.roles-changed',
  })
  takeRoles(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        await this.changeRoles.run(visit.actor, id, read(rolesAnswers, visit.form), visit.idempotency);
        return goTo(addressOf(administrationUrls.person, id), 'The roles are changed, from now on.');
      },
      () => this.#form(visit, 'administration/roles.njk', { roleBoxes, roleTerms }),
    );
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.account, title: 'Close or open an account' },
    ...{ allowed: OpenAccount.allowed, audit: 'identity.person-seen', subject: 'user' },
  })
  askAccount(@Visiting() visit: Visit): Promise<View> {
    return this.#accountForm(visit);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.account, title: 'Close or open an account' },
    ...{ allowed: OpenAccount.allowed, audit: 'identity.account-closed' },
  })
  takeAccount(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const given = read(accountAnswers, visit.form);
        const back = addressOf(administrationUrls.person, id);
        if (visit.form.to === 'open') {
          await this.openAccount.again(visit.actor, id, given.reason, given.version);
          return goTo(back, 'The account is open again. They need a set-up code if they forgot their password.');
        }
        const { sessions, tokens } = await this.openAccount.close(visit.actor, id, given.reason, given.version);
        return goTo(back, `The account is closed. It ended ${sessions} sessions and ${tokens} tokens.`);
      },
      () => this.#accountForm(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.personTeam, title: 'Choose a team', allowed: SaveTeam.allowed },
    ...{ audit: 'identity.person-seen', subject: 'user' },
  })
  async askTeam(@Visiting() visit: Visit): Promise<View> {
    const teams = await this.unitOfWork.read(visit.actor, listTeams);
    return this.#form(visit, 'administration/person-team.njk', { teams: teams.filter((team) => team.isActive) });
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.personTeam, title: 'Choose a team', allowed: SaveTeam.allowed },
    audit: 'identity.put-in-team',
  })
  async takeTeam(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    const { team } = read(teamAnswers, visit.form);
    await this.saveTeam.put(visit.actor, id, team ?? null);
    return goTo(
      addressOf(administrationUrls.person, id),
      team ? 'They are in that team now.' : 'They are in no team now.',
    );
  }

  async #accountForm(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const open = await this.unitOfWork.read(visit.actor, async (tx) => {
      const { plans, details, runs } = await whatWaits(tx);
      const tokens = (await tokensOf(tx, id)).filter((token) => token.isInForce);
      const proposed = [...plans, ...details, ...runs].filter((each) => each.proposedBy === id);
      return { proposals: proposed.length, tokens: tokens.length };
    });
    return this.#form(visit, 'administration/account.njk', { open });
  }

  async #form(visit: Visit, template: string, more: object): Promise<View> {
    const shown = await this.unitOfWork.read(visit.actor, (tx) => personDetail(tx, number(visit.params.id ?? '')));
    return show(template, { shown, values: visit.form, ...more });
  }
}
