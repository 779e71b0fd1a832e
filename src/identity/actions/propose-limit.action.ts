import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { familyColumns, type NewLimit } from './set-limit.action.ts';

/** Tells an administrator that a limit begins on the day it is proposed or later, once a day. */
export const limitDayRefused = defineProblem('limit_day_refused', {
  status: 422,
  title: 'A limit cannot begin on that day',
  whatToDo: 'Choose today or a later day on which no limit of this role and kind begins yet.',
});

/** Proposes a delegated limit with its reason, for an administrator. It is in force once another person confirms it. */
@Injectable()
export class ProposeLimit {
  static readonly allowed: Allowed = { roles: ['administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the proposal's number @throws limit_day_refused, already_proposed */
  async run(
    actor: Actor,
    limit: NewLimit,
    reason: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ proposalId: string }> {
    mustBeAllowed(actor, ProposeLimit.allowed);
    return this.unitOfWork.run({ name: 'identity.propose-limit', actor, idempotency }, async (tx) => {
      await mustBeginInTime(tx, limit);
      const { role, kind, amount, effectiveFrom } = limit;
      const { id } = await tx.one<{ id: string }>(
        `insert into identity.limit_proposal (authority_id, role, kind, amount, effective_from, reason, proposed_by, family_amount, family_months)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
        [
          ...[actor.authorityId, role, kind, amount.toString(), effectiveFrom, reason, personActing(actor)],
          ...familyColumns(limit.family),
        ],
      );
      const detail = { role, kind, amount, effectiveFrom };
      tx.audit({ action: 'identity.limit-proposed', subjectKind: 'limit-proposal', subjectId: id, detail });
      return { proposalId: id };
    });
  }
}

async function mustBeginInTime(tx: Transaction, { role, kind, effectiveFrom }: NewLimit): Promise<void> {
  const refuse = (reason: string): never => {
    throw limitDayRefused(reason, [{ field: 'effectiveFrom-day', reason }]);
  };
  if (effectiveFrom < tx.today) refuse(`${effectiveFrom} is past.`);
  const taken = await tx.maybe(
    `select 1 from identity.delegated_limit where role = $1 and kind = $2 and effective_from = $3`,
    [role, kind, effectiveFrom],
  );
  if (taken) refuse('A limit of this role and kind begins on that day already.');
}
