import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  DecideLimit,
  type FamilyLimit,
  limitKinds,
  limitProposal,
  listLimits,
  namesOf,
  ProposeLimit,
  seeAdministration,
  waitingLimits,
} from '../../identity/index.ts';
import { type Money, roles } from '../../kernel/index.ts';
import { inputRefused, number, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { administrationUrls } from './administration.urls.ts';
import { answer, dayNeeded, holds, pounds, reason } from './answers.ts';
import { limitTerms } from './terms.ts';

const answers = z.object({
  role: z.enum(roles, 'Choose a role.'),
  kind: z.enum(limitKinds, 'Choose what it is about.'),
  amount: pounds,
  familyAmount: pounds.optional(),
  familyMonths: z.coerce
    .number('Write a whole number of months.')
    .int()
    .min(1)
    .max(36, 'Write at most 36 months.')
    .optional(),
  reason,
});

/** Reads a limit for one family: an amount and its months, or neither. @throws input_refused */
function familyLimit(amount: Money | undefined, months: number | undefined): FamilyLimit | null {
  if (!amount && !months) return null;
  if (amount && months) return { amount, months };
  const field = amount ? 'familyMonths' : 'familyAmount';
  throw inputRefused('One answer is missing.', [{ field, reason: 'Give an amount and its months, or neither.' }]);
}

/** Delegated limits: those in force, to come and replaced; proposing one, and confirming another person's. */
@Controller()
export class LimitsPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposeLimit,
    private readonly decide: DecideLimit,
  ) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.limits, title: 'Delegated limits' },
    ...{ allowed: seeAdministration, audit: null },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const [limits, waiting] = [await listLimits(tx), await waitingLimits(tx)];
      const people = [
        ...limits.flatMap((each) => [each.setBy, each.confirmedBy]),
        ...waiting.map((each) => each.proposedBy),
      ];
      return { limits, waiting, names: Object.fromEntries(await namesOf(tx, people)) };
    });
    return show('administration/limits.njk', { ...data, limitTerms, mayPropose: holds(visit, 'administrator') });
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.newLimit, title: 'Propose a delegated limit' },
    ...{ allowed: ProposeLimit.allowed, audit: null },
  })
  ask(): View {
    return this.#form({});
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.newLimit, title: 'Propose a delegated limit' },
    ...{ allowed: ProposeLimit.allowed, audit: 'identity.limit-proposed' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { reason: why, familyAmount, familyMonths, ...terms } = read(answers, visit.form);
        const limit = { ...terms, family: familyLimit(familyAmount, familyMonths) };
        const effectiveFrom = dayNeeded(visit.form, 'effectiveFrom');
        await this.propose.run(visit.actor, { ...limit, effectiveFrom }, why, visit.idempotency);
        return goTo(
          administrationUrls.limits,
          'The limit is proposed. Another administrator, or finance, confirms it.',
        );
      },
      () => this.#form(visit.form),
    );
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.limit, title: 'A proposed limit' },
    ...{ allowed: seeAdministration, audit: null },
  })
  show(@Visiting() visit: Visit): Promise<View> {
    return this.#proposal(visit);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.limit, title: 'Decide about a limit' },
    ...{ allowed: DecideLimit.allowed, audit: 'identity.limit-set' },
  })
  takeAnswer(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = read(answer, visit.form);
        const { limitId } = await this.decide.run(visit.actor, number(visit.params.id ?? ''), given, visit.idempotency);
        return goTo(administrationUrls.limits, limitId ? 'The limit is confirmed.' : 'The limit is refused.');
      },
      () => this.#proposal(visit),
    );
  }

  #form(values: object): View {
    return show('administration/new-limit.njk', { values, roles, limitTerms });
  }

  async #proposal(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const proposal = await limitProposal(tx, number(visit.params.id ?? ''));
      const now = (await listLimits(tx)).find(
        (each) => each.role === proposal.role && each.kind === proposal.kind && each.standing === 'in force',
      );
      return { proposal, now, proposer: (await namesOf(tx, [proposal.proposedBy])).get(proposal.proposedBy) };
    });
    const isMine = data.proposal.proposedBy === visit.person.id;
    const mayDecide = !isMine && holds(visit, ...DecideLimit.allowed.roles) && data.proposal.state === 'open';
    return show('administration/limit.njk', { ...data, limitTerms, isMine, mayDecide, values: visit.form });
  }
}
