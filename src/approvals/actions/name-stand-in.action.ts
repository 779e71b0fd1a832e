import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing, type PlainDate } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { noSuchStandIn, standInEnded } from '../approval-rule-problems.ts';
import { actInApprovals } from './see-approvals.ts';

/** Who signs in one's place, and on which days, both included. */
export interface NewStandIn {
  readonly standInId: string;
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
  readonly reason: string;
}

/** Names somebody to sign in one's place for some days, for whoever decides; or ends it early. */
@Injectable()
export class NameStandIn {
  static readonly allowed: Allowed = actInApprovals;
  static readonly mayEnd: Allowed = { roles: ['manager', 'finance', 'administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns its number @throws stand_in_refused */
  async run(
    actor: Actor,
    { standInId, firstDay, lastDay, reason }: NewStandIn,
    idempotency?: Command['idempotency'],
  ): Promise<{ standInId: string }> {
    mustBeAllowed(actor, NameStandIn.allowed);
    return this.unitOfWork.run({ name: 'approvals.name-stand-in', actor, idempotency }, async (tx) => {
      const { id } = await tx.one<{ id: string }>(
        `insert into approvals.stand_in (authority_id, person_id, stand_in_id, first_day, last_day, reason)
         values ($1, $2, $3, $4, $5, $6) returning id`,
        [actor.authorityId, personActing(actor), standInId, firstDay, lastDay, reason],
      );
      const detail = { standIn: standInId, firstDay, lastDay };
      tx.audit({ action: 'approvals.stand-in-named', subjectKind: 'stand-in', subjectId: id, detail });
      return { standInId: id };
    });
  }

  /** Ends it today: by either of the two, or an administrator. @throws no_such_stand_in, stand_in_ended */
  async end(actor: Actor, id: string, idempotency?: Command['idempotency']): Promise<{ endedOn: PlainDate }> {
    mustBeAllowed(actor, NameStandIn.mayEnd);
    return this.unitOfWork.run({ name: 'approvals.end-stand-in', actor, idempotency }, async (tx) => {
      if (!(await tx.maybe(`select 1 from approvals.stand_in where id = $1`, [id])))
        throw noSuchStandIn('No stand-in of this council has that number.');
      const ended = await tx.execute(
        `update approvals.stand_in set ended_on = kernel.today(), ended_by = $2 where id = $1 and ended_on is null`,
        [id, personActing(actor)],
      );
      if (ended === 0) throw standInEnded('It has ended already.');
      tx.audit({ action: 'approvals.stand-in-ended', subjectKind: 'stand-in', subjectId: id });
      return { endedOn: tx.today };
    });
  }
}
