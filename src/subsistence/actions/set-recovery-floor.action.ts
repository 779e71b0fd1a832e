import { Injectable } from '@nestjs/common';
import { type Answer, decideAdministration, mustBeForAnother } from '../../identity/index.ts';
import { type Actor, type Allowed, type Money, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { readRecoveryFloor } from '../store/recovery-floor.store.ts';

/** Sets what always stays with a family that pays back, for an administrator and a second person. */
@Injectable()
export class SetRecoveryFloor {
  static readonly mayPropose: Allowed = { roles: ['administrator'] };
  static readonly mayDecide: Allowed = decideAdministration;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param floor at least this part of the week, and at least this amount a week @throws already_proposed */
  async propose(
    actor: Actor,
    floor: { readonly percent: number; readonly weekly: Money; readonly reason: string },
    idempotency?: Command['idempotency'],
  ): Promise<{ floorId: string }> {
    mustBeAllowed(actor, SetRecoveryFloor.mayPropose);
    return this.unitOfWork.run({ name: 'subsistence.propose-recovery-floor', actor, idempotency }, async (tx) => {
      const { id } = await tx.one<{ id: string }>(
        `insert into subsistence.recovery_floor (authority_id, percent, weekly, reason, proposed_by) values ($1, $2, $3, $4, $5)
         returning id`,
        [actor.authorityId, floor.percent, floor.weekly.toString(), floor.reason, personActing(actor)],
      );
      const detail = { percent: floor.percent, weekly: floor.weekly };
      tx.audit({ action: 'subsistence.recovery-floor-proposed', subjectKind: 'recovery-floor', subjectId: id, detail });
      return { floorId: id };
    });
  }

  /** Confirms or refuses, as the second person. @throws proposed_by_yourself, proposal_not_waiting, no_such_proposal */
  async decide(
    actor: Actor,
    id: string,
    { outcome, reason }: Answer,
    idempotency?: Command['idempotency'],
  ): Promise<{ state: string }> {
    mustBeAllowed(actor, SetRecoveryFloor.mayDecide);
    const me = personActing(actor);
    return this.unitOfWork.run({ name: 'subsistence.decide-recovery-floor', actor, idempotency }, async (tx) => {
      const floor = await readRecoveryFloor(tx, id, true);
      mustBeForAnother(floor, me);
      await tx.query(
        `update subsistence.recovery_floor set state = $2, decided_by = $3, decided_at = now(), decided_because = $4 where id = $1`,
        [id, outcome, me, reason],
      );
      const action =
        outcome === 'approved' ? 'subsistence.recovery-floor-agreed' : 'subsistence.recovery-floor-refused';
      tx.audit({ action, subjectKind: 'recovery-floor', subjectId: id, detail: { percent: floor.percent } });
      return { state: outcome };
    });
  }
}
