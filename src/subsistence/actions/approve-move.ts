import type { Transaction } from '../../platform/index.ts';
import { tellFamilies } from '../move-jobs.ts';
import { settleMove } from '../store/move.store.ts';
import { changesOfMove, moveChanges } from '../store/pay-day-change.store.ts';

/** Approves a move and rings for its families to be told: by a second person, or at once where policy asks for none. */
export async function approveMove(
  tx: Transaction,
  moveId: string,
  decided: { by: string; requestId: string } | null,
): Promise<void> {
  await settleMove(tx, moveId, 'approved', decided);
  await moveChanges(tx, moveId, 'proposed', 'waiting');
  const [first] = await changesOfMove(tx, moveId, ['waiting'], '0', 1);
  tx.audit({
    ...{ action: 'subsistence.pay-day-move-approved', subjectKind: 'pay-day-move', subjectId: moveId },
    detail: { byPolicy: decided === null },
  });
  if (first) tx.announce({ topic: tellFamilies, key: `${moveId}-0`, payload: { moveId, after: '0' } });
}
