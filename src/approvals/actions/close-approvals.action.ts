import { Injectable } from '@nestjs/common';
import type { LimitKind } from '../../identity/index.ts';
import { type Actor, type Allowed, mustBeAllowed, personActing, type PlainDate } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { noSuchFreeze, freezeRefused } from '../approval-rule-problems.ts';

/** Days on which approvals of some kinds are closed, both included. */
export interface NewFreeze {
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
  readonly kinds: readonly LimitKind[];
  readonly reason: string;
}

/** Closes approvals of some kinds for a time, for an administrator, or opens them again. Emergencies stay open. */
@Injectable()
export class CloseApprovals {
  static readonly allowed: Allowed = { roles: ['administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns its number @throws freeze_refused */
  async run(actor: Actor, freeze: NewFreeze, idempotency?: Command['idempotency']): Promise<{ freezeId: string }> {
    mustBeAllowed(actor, CloseApprovals.allowed);
    return this.unitOfWork.run({ name: 'approvals.close', actor, idempotency }, async (tx) => {
      const { firstDay, lastDay, kinds, reason } = freeze;
      if (firstDay < tx.today)
        throw freezeRefused(`${firstDay} is past.`, [{ field: 'firstDay-day', reason: 'Choose today or later.' }]);
      const { id } = await tx.one<{ id: string }>(
        `insert into approvals.freeze_period (authority_id, first_day, last_day, kinds, reason, set_by)
         values ($1, $2, $3, $4, $5, $6) returning id`,
        [actor.authorityId, firstDay, lastDay, kinds, reason, personActing(actor)],
      );
      const detail = { firstDay, lastDay, kinds };
      tx.audit({ action: 'approvals.closed', subjectKind: 'freeze', subjectId: id, detail });
      return { freezeId: id };
    });
  }

  /** Opens them again before the last day, with a reason. @throws freeze_refused */
  async lift(
    actor: Actor,
    id: string,
    reason: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ lifted: true }> {
    mustBeAllowed(actor, CloseApprovals.allowed);
    return this.unitOfWork.run({ name: 'approvals.open-again', actor, idempotency }, async (tx) => {
      const lifted = await tx.execute(
        `update approvals.freeze_period set lifted_at = now(), lifted_by = $2, lifted_because = $3 where id = $1 and lifted_at is null`,
        [id, personActing(actor), reason],
      );
      if (lifted === 0) throw noSuchFreeze('It was lifted before, or is not of this council.');
      tx.audit({ action: 'approvals.opened-again', subjectKind: 'freeze', subjectId: id, detail: { reason } });
      return { lifted: true };
    });
  }
}
