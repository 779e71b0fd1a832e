import { Injectable } from '@nestjs/common';
import { alreadyDecided, changedSinceSeen, decide, openRequests, voidOpenRequests } from '../../approvals/index.ts';
import { type Actor, type Allowed, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { withdrawNotices } from '../../notices/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { type PayDayMoveCommand, payDayMoveStates } from '../pay-day-move.states.ts';
import { moveFingerprint } from '../store/move-content.ts';
import { lockMove, type MoveRow, settleMove } from '../store/move.store.ts';
import { changesOfMove, moveChanges } from '../store/pay-day-change.store.ts';
import { approveMove } from './approve-move.ts';

/** Decides on a move of pay days, as the second person; or takes it back, as a worker. */
@Injectable()
export class DecidePayDayMove {
  static readonly allowed: Allowed = { roles: ['manager'] };
  static readonly mayWithdraw: Allowed = { roles: ['caseworker', 'finance', 'manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws own_proposal, above_delegated_limit, already_decided, changed_since_seen, no_such_pay_day_move */
  async approve(actor: Actor, moveId: string, reason: string): Promise<{ state: string }> {
    mustBeAllowed(actor, DecidePayDayMove.allowed);
    return this.#run(actor, moveId, 'approve', async (tx) => {
      const request = await this.#request(tx, moveId);
      const fingerprint = await moveFingerprint(tx, moveId);
      if (!fingerprint.equals(request.fingerprint)) throw changedSinceSeen('It is not what was proposed.');
      const decision = {
        kind: 'support-plan',
        requestId: request.id,
        outcome: 'approved',
        reason,
        fingerprint,
      } as const;
      if ((await decide(tx, decision)) === 'signed') return 'signed';
      await tx.because(reason);
      await approveMove(tx, moveId, { by: personActing(actor), requestId: request.id });
      return 'settled';
    });
  }

  /** Declines with reasons: nobody is told anything. @throws own_proposal, already_decided */
  async decline(actor: Actor, moveId: string, reason: string): Promise<{ state: string }> {
    mustBeAllowed(actor, DecidePayDayMove.allowed);
    return this.#run(actor, moveId, 'decline', async (tx) => {
      const { id: requestId, fingerprint } = await this.#request(tx, moveId);
      await decide(tx, { kind: 'support-plan', requestId, outcome: 'declined', reason, fingerprint });
      await this.#drop(tx, moveId, reason);
      await settleMove(tx, moveId, 'declined', { by: personActing(actor), requestId });
    });
  }

  /** Takes a proposed move back, before it is decided. @throws not_in_that_state */
  async withdraw(actor: Actor, moveId: string, reason: string): Promise<{ state: string }> {
    mustBeAllowed(actor, DecidePayDayMove.mayWithdraw);
    return this.#run(actor, moveId, 'withdraw', async (tx) => {
      await voidOpenRequests(tx, 'support-plan', moveId, reason);
      await this.#drop(tx, moveId, reason);
      await settleMove(tx, moveId, 'withdrawn', null);
    });
  }

  async #drop(tx: Transaction, moveId: string, reason: string): Promise<void> {
    const notices = (await changesOfMove(tx, moveId, ['proposed'])).map((change) => change.noticeId);
    await withdrawNotices(tx, notices, reason);
    await tx.because(reason);
    await moveChanges(tx, moveId, 'proposed', 'withdrawn');
  }

  async #request(tx: Transaction, moveId: string) {
    const [request] = await openRequests(tx, 'support-plan', [moveId]);
    if (!request) throw alreadyDecided('Nothing about this move waits for a decision.');
    return request;
  }

  async #run(
    actor: Actor,
    moveId: string,
    command: PayDayMoveCommand,
    work: (tx: Transaction, move: MoveRow) => Promise<'signed' | 'settled' | void>,
  ): Promise<{ state: string }> {
    return this.unitOfWork.run({ name: `subsistence.${command}-pay-day-move`, actor }, async (tx) => {
      const move = await lockMove(tx, moveId);
      if (move.state !== 'proposed') throw alreadyDecided(`The move is ${move.state}.`);
      const state = nextState(`Move ${moveId}`, payDayMoveStates, move.state, command);
      if ((await work(tx, move)) === 'signed') return { state: move.state };
      if (command !== 'approve')
        tx.audit({
          ...{ action: `subsistence.pay-day-move-${state}`, subjectKind: 'pay-day-move', subjectId: moveId },
          detail: {},
        });
      return { state };
    });
  }
}
