import { openRequests } from '../../approvals/index.ts';
import { referencesOf } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { type NoticeRow, noticesByIds, type PayDayFacts } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { PayDayChangeState, PayDayMoveState } from '../pay-day-move.states.ts';
import { movesIn, type MoveRow } from '../store/move.store.ts';
import { changesOfMove, countsOfMove, type PayDayChangeRow } from '../store/pay-day-change.store.ts';
import { plansByIds } from '../store/plan.store.ts';

/** A move with how far its families are. */
export interface MoveListed extends MoveRow {
  readonly counts: Readonly<Record<PayDayChangeState, number>>;
}

/** One family's part of a move, with what its notice says and whether that was received. */
export interface MoveFamily extends PayDayChangeRow {
  readonly familyId: string;
  readonly family: string;
  readonly facts: PayDayFacts;
  readonly notice: NoticeRow['state'];
  readonly neededBy: PlainDate | null;
  readonly receivedOn: PlainDate | null;
}

/** A move that waits for a second person, with what it pays between old and new days. */
export interface WaitingMove extends MoveRow {
  /** The only family of it, by its reference; absent when there are more. */
  readonly family: string | null;
  readonly bridging: string;
}

const ALL: readonly PayDayMoveState[] = ['proposed', 'approved', 'declined', 'withdrawn'];
const EVERY: readonly PayDayChangeState[] = ['proposed', 'waiting', 'in_force', 'kept', 'withdrawn'];

/** Lists moves, the newest first, each with how far its families are. @param asked `before`: the number a page before ended with */
export async function movesListed(
  tx: Transaction,
  asked: { readonly before: string | null; readonly limit: number; readonly isUrgent?: true },
): Promise<MoveListed[]> {
  const moves: MoveListed[] = [];
  for (const move of await movesIn(tx, ALL, asked.before, asked.limit, asked.isUrgent))
    moves.push({ ...move, counts: await countsOfMove(tx, move.id) });
  return moves;
}

/** Lists the families of a move, going on after one. */
export async function familiesOfMove(
  tx: Transaction,
  moveId: string,
  asked: { readonly states?: readonly PayDayChangeState[]; readonly after?: string; readonly limit: number },
): Promise<MoveFamily[]> {
  return withNotices(tx, await changesOfMove(tx, moveId, asked.states ?? EVERY, asked.after, asked.limit));
}

/** Puts family and notice beside changes of pay days. */
export async function withNotices(tx: Transaction, changes: readonly PayDayChangeRow[]): Promise<MoveFamily[]> {
  const plans = await plansByIds(
    tx,
    changes.map((change) => change.planId),
  );
  const familyOf = new Map(plans.map((plan) => [plan.id, plan.familyId]));
  const references = await referencesOf(tx, [...familyOf.values()]);
  const notices = await noticesByIds(
    tx,
    changes.map((change) => change.noticeId),
  );
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  return changes.flatMap((change) => {
    const notice = byId.get(change.noticeId);
    const familyId = familyOf.get(change.planId) ?? '';
    if (notice?.facts.kind !== 'pay-day') return [];
    const { state, facts, neededBy, receivedOn } = notice;
    return [
      { ...change, familyId, family: references.get(familyId) ?? '', facts, notice: state, neededBy, receivedOn },
    ];
  });
}

/** Lists moves that wait for a second person, with the bridging each asks for. */
export async function waitingMoves(tx: Transaction, limit: number): Promise<WaitingMove[]> {
  const moves = await movesIn(tx, ['proposed'], null, limit);
  const requests = await openRequests(
    tx,
    'support-plan',
    moves.map((move) => move.id),
  );
  const amounts = new Map(requests.map((request) => [request.subjectId, request.amount]));
  const waiting: WaitingMove[] = [];
  for (const move of moves) {
    const two = await familiesOfMove(tx, move.id, { limit: 2 });
    const family = two.length === 1 ? (two[0]?.family ?? null) : null;
    waiting.push({ ...move, family, bridging: amounts.get(move.id) ?? '0.00' });
  }
  return waiting;
}
