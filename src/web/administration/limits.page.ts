import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  activePeople,
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
import { type Money, type PlainDate, roles } from '../../kernel/index.ts';
import { inputRefused, number, UnitOfWork } from '../../platform/index.ts';
import { dateField } from '../pages/date-field.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { administrationUrls } from './administration.urls.ts';
import { answer, dayNeeded, holds, pounds, reason } from './answers.ts';
import { limitTerms } from './terms.ts';

const answers = z.object({
  role: z.enum(roles, 'Choose a role.'),
  kind: z.enum(limitKinds, 'Choose what it is about.'),
  personId: z
    .string()
    .regex(/^\d{1,18}$/, 'Choose who.')
    .optional(),
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

/** Reads whose limit it is alone, and its last day; only a person's limit ends by itself. @throws input_refused */
function personLimited(id: string | undefined, lastDay: PlainDate | null | undefined) {
  if (id) return { id, lastDay: lastDay ?? null };
  if (!lastDay) return null;
  throw inputRefused('A limit of a whole role has no last day.', [
    { field: 'lastDay-day', reason: 'Leave this empty, or choose a person.' },
  ]);
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
        ...[...limits, ...waiting].map((each) => each.personId),
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
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit, {});
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.newLimit, title: 'Propose a delegated limit' },
    ...{ allowed: ProposeLimit.allowed, audit: 'identity.limit-proposed' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { reason: why, familyAmount, familyMonths, personId, ...terms } = read(answers, visit.form);
        const person = personLimited(personId, dateField(visit.form, 'lastDay'));
        const limit = { ...terms, person, family: familyLimit(familyAmount, familyMonths) };
        const effectiveFrom = dayNeeded(visit.form, 'effectiveFrom');
        await this.propose.run(visit.actor, { ...limit, effectiveFrom }, why, visit.idempotency);
        return goTo(
          administrationUrls.limits,
          'The limit is proposed. Another administrator, or finance, confirms it.',
        );
      },
      () => this.#form(visit, visit.form),
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

  async #form(visit: Visit, values: object): Promise<View> {
    const people = await this.unitOfWork.read(visit.actor, (tx) => activePeople(tx, roles));
    const others = people.filter(({ id }) => id !== visit.person.id);
    return show('administration/new-limit.njk', { values, roles, limitTerms, people: others });
  }

  async #proposal(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const proposal = await limitProposal(tx, number(visit.params.id ?? ''));
      const now = (await listLimits(tx)).find(
        (each) =>
          each.role === proposal.role &&
          each.kind === proposal.kind &&
          each.standing === 'in force' &&
          (each.personId === null || each.personId === proposal.personId),
      );
      const names = await namesOf(tx, [proposal.proposedBy, proposal.personId]);
      return { proposal, now, proposer: names.get(proposal.proposedBy), whose: names.get(proposal.personId ?? '') };
    });
    const isMine = [data.proposal.proposedBy, data.proposal.personId].includes(visit.person.id);
    const mayDecide = !isMine && holds(visit, ...DecideLimit.allowed.roles) && data.proposal.state === 'open';
    return show('administration/limit.njk', { ...data, limitTerms, isMine, mayDecide, values: visit.form });
  }
}
