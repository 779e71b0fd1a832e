import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import { familyColumns, type NewLimit } from './set-limit.action.ts';

/** Tells an administrator that a limit begins on the day it is proposed or later, once a day. */
export const limitDayRefused = defineProblem('limit_day_refused', {
  status: 422,
  title: 'A limit cannot begin on that day',
  whatToDo:
    'Choose today or a later day on which no limit of the same role, kind and person begins yet, and a last day that is not before it.',
});

/** Tells an administrator that a limit for one person is set by two others, in a role the person has. */
export const personLimitRefused = defineProblem('person_limit_refused', {
  status: 422,
  title: 'This person cannot be given that limit',
  whatToDo: 'Choose a role the person has. Two other people set a limit for one person, never the person.',
});
whenConstraintBreaks('ck_nobody_sets_their_own_limit', () => personLimitRefused('It would be your own limit.'));
whenConstraintBreaks('guard_limit_is_for_a_role_held', () => personLimitRefused('The person lost that role.'));

/**
 * Proposes a delegated limit with its reason, for an administrator: of a role, or of one person in it. It is in force once
 * another person confirms it; the person it is for is neither.
 */
@Injectable()
export class ProposeLimit {
  static readonly allowed: Allowed = { roles: ['administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the proposal's number @throws limit_day_refused, person_limit_refused, already_proposed */
  async run(
    actor: Actor,
    limit: NewLimit,
    reason: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ proposalId: string }> {
    mustBeAllowed(actor, ProposeLimit.allowed);
    return this.unitOfWork.run({ name: 'identity.propose-limit', actor, idempotency }, async (tx) => {
      await mustBeginInTime(tx, limit);
      if (limit.person) await mustHoldTheRole(tx, limit.person.id, limit);
      const { role, kind, amount, effectiveFrom, person = null } = limit;
      const { id } = await tx.one<{ id: string }>(
        `insert into identity.limit_proposal (authority_id, role, kind, amount, effective_from, reason, proposed_by,
           family_amount, family_months, person_id, last_day)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
        [
          ...[actor.authorityId, role, kind, amount.toString(), effectiveFrom, reason, personActing(actor)],
          ...[...familyColumns(limit.family), person?.id ?? null, person?.lastDay ?? null],
        ],
      );
      const detail = { role, kind, amount, effectiveFrom, person: person?.id ?? null };
      tx.audit({ action: 'identity.limit-proposed', subjectKind: 'limit-proposal', subjectId: id, detail });
      return { proposalId: id };
    });
  }
}

async function mustBeginInTime(tx: Transaction, { role, kind, effectiveFrom, person }: NewLimit): Promise<void> {
  const refuse = (reason: string): never => {
    throw limitDayRefused(reason, [{ field: 'effectiveFrom-day', reason }]);
  };
  if (effectiveFrom < tx.today) refuse(`${effectiveFrom} is past.`);
  if (person?.lastDay && person.lastDay < effectiveFrom)
    throw limitDayRefused('It would end before it begins.', [
      { field: 'lastDay-day', reason: 'The last day is not before the first.' },
    ]);
  const taken = await tx.maybe(
    `select 1 from identity.delegated_limit where role = $1 and kind = $2 and effective_from = $3 and person_id is not distinct from $4`,
    [role, kind, effectiveFrom, person?.id ?? null],
  );
  if (taken) refuse('A limit of this role and kind begins on that day already.');
}

async function mustHoldTheRole(tx: Transaction, personId: string, { role }: NewLimit): Promise<void> {
  const refuse = (reason: string): never => {
    throw personLimitRefused(reason, [{ field: 'personId', reason }]);
  };
  if (personId === personActing(tx.actor)) refuse('You cannot set your own limit.');
  const held = await tx.maybe(
    `select 1 from identity.user_account u join identity.user_role r on r.user_id = u.id and r.removed_at is null
      where u.id = $1 and u.active and r.role = $2`,
    [personId, role],
  );
  if (!held) refuse(`This person is no ${role} here.`);
}
