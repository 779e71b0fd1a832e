import { Injectable } from '@nestjs/common';
import { checkedPlace } from '../../families/index.ts';
import { type Actor, type Allowed, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { faultsOfMoveHome, type MoveHomeAsked } from '../domain/move-home.ts';
import { moveHomeStates } from '../move-home.states.ts';
import { moveHomeRefused } from '../notice-problems.ts';
import { giveReason } from '../store/reason-given.store.ts';
import { insertMoveHome, lockMoveHome, settleMoveHomeRow } from '../store/move-home.store.ts';
import { factsOfMoveHome, MoveHomePreviews } from '../views/move-home-preview.view.ts';
import { draftNotices, withdrawNotices } from './draft-notices.ts';
import { serveNotices } from './serve-notices.ts';
import { tellThatItStays } from './tell-that-it-stays.ts';

/** Plans a family's move to another home, for its worker. The family is told at once; an emergency waits for a manager. */
@Injectable()
export class PlanMoveHome {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly previews: MoveHomePreviews,
  ) {}

  /** @throws move_home_refused, move_home_already_planned, family_details_refused, no_such_family */
  async run(
    actor: Actor,
    familyId: string,
    given: MoveHomeAsked,
    idempotency?: Command['idempotency'],
  ): Promise<{ moveId: string }> {
    mustBeAllowed(actor, PlanMoveHome.allowed);
    const asked = withCheckedAddress(given);
    return this.unitOfWork.run({ name: 'notices.plan-move-home', actor, idempotency }, async (tx) => {
      const { earliest, noticeDays } = await this.previews.allowed(tx, familyId);
      const faults = faultsOfMoveHome(asked, tx.today, earliest);
      if (faults.length > 0) throw moveHomeRefused(faults.map(({ reason }) => reason).join(' '), faults);
      const notice = { familyId, facts: factsOfMoveHome(asked), affectsOn: asked.movesOn, noticeDays };
      const [noticeId = ''] = await draftNotices(tx, [notice]);
      const moveId = await insertMoveHome(tx, familyId, noticeId, asked, personActing(actor));
      const detail = { move: moveId, movesOn: asked.movesOn, travel: asked.travel, urgent: asked.urgent !== null };
      tx.audit({ action: 'notices.move-home-planned', subjectKind: 'family', subjectId: familyId, detail });
      if (!asked.urgent) await serveNotices(tx, [noticeId]);
      return { moveId };
    });
  }

  /** Takes a planned move back. @throws not_in_that_state, no_such_move_home */
  async withdraw(actor: Actor, moveId: string, reason: string): Promise<{ state: string }> {
    mustBeAllowed(actor, PlanMoveHome.allowed);
    return this.unitOfWork.run({ name: 'notices.withdraw-move-home', actor }, async (tx) => {
      const move = await lockMoveHome(tx, moveId);
      const state = nextState(`Move ${moveId}`, moveHomeStates, move.state, 'withdraw');
      const why = await giveReason(tx, 'move-home', reason);
      await settleMoveHomeRow(tx, moveId, state);
      await withdrawNotices(tx, [move.noticeId], reason);
      await tellThatItStays(tx, move.noticeId, () => Promise.resolve([]));
      const detail = { move: moveId, why };
      tx.audit({ action: 'notices.move-home-withdrawn', subjectKind: 'family', subjectId: move.familyId, detail });
      return { state };
    });
  }
}

/** Writes the address as a letter needs it, so that what is wrong is said where it is typed. */
export function withCheckedAddress(asked: MoveHomeAsked): MoveHomeAsked {
  const { line1, line2, town, postcode } = asked;
  const place = checkedPlace({ line1, line2, town, postcode, ward: null });
  return { ...asked, postcode: place.postcode ?? postcode };
}
