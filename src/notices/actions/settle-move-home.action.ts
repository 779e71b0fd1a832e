import { Injectable } from '@nestjs/common';
import { setHome } from '../../families/index.ts';
import { type Actor, type Allowed, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { moveHomeStates } from '../move-home.states.ts';
import { moveHomeNotUrgent } from '../notice-problems.ts';
import { lockMoveHome, type MoveHomeRow, noteUrgentBy, settleMoveHomeRow } from '../store/move-home.store.ts';
import { serveNotices } from './serve-notices.ts';

/** Settles a planned move: a manager lets an emergency happen, a worker confirms that the family has moved. */
@Injectable()
export class SettleMoveHome {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };
  static readonly mayAllow: Allowed = { roles: ['manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Lets a move happen without the notice the family is owed, in the manager's name. The family is told with the apology.
   * @throws move_home_not_urgent, own_urgent_move_home, no_such_move_home
   */
  async allowUrgent(actor: Actor, moveId: string): Promise<{ urgentBy: string }> {
    mustBeAllowed(actor, SettleMoveHome.mayAllow);
    return this.unitOfWork.run({ name: 'notices.allow-urgent-move-home', actor }, async (tx) => {
      const move = await lockMoveHome(tx, moveId);
      if (!move.urgent || move.urgentBy || move.state !== 'planned')
        throw moveHomeNotUrgent(move.urgentBy ? 'A manager allowed it already.' : 'Nobody asked for that.');
      const urgentBy = personActing(actor);
      await noteUrgentBy(tx, moveId, urgentBy);
      const detail = { move: moveId, movesOn: move.movesOn };
      tx.audit({ action: 'notices.urgent-move-home-allowed', subjectKind: 'family', subjectId: move.familyId, detail });
      await serveNotices(tx, [move.noticeId]);
      return { urgentBy };
    });
  }

  /** Confirms that the family has moved: its address is the new one. @throws told_too_late_to_move, not_in_that_state */
  async confirm(actor: Actor, moveId: string): Promise<{ state: string }> {
    mustBeAllowed(actor, SettleMoveHome.allowed);
    return this.unitOfWork.run({ name: 'notices.confirm-move-home', actor }, async (tx) => {
      await moveFamily(tx, await lockMoveHome(tx, moveId));
      return { state: 'moved' };
    });
  }
}

/** Moves a family on the day, for a person or the clock: the guard refuses it untold. */
export async function moveFamily(tx: Transaction, move: MoveHomeRow): Promise<void> {
  const { id, familyId, line1, line2, town, postcode } = move;
  const state = nextState(`Move ${id}`, moveHomeStates, move.state, 'move');
  await settleMoveHomeRow(tx, id, state);
  await setHome(tx, familyId, { line1, line2, town, postcode });
  const detail = { move: id, notice: move.noticeId };
  tx.audit({ action: 'notices.family-moved', subjectKind: 'family', subjectId: familyId, detail });
}
