import type { Transaction } from '../../platform/index.ts';
import { insertNotices, lockNotices, markWithdrawn, type NewNotice } from '../store/notice.store.ts';
import { withdrawQueued } from '../store/attempt-outcome.store.ts';

/**
 * Drafts notices for the action that proposes what they are about, in its own transaction: no change without a notice.
 * @returns their numbers, in the order given
 */
export async function draftNotices(tx: Transaction, notices: readonly NewNotice[]): Promise<string[]> {
  return notices.length === 0 ? [] : insertNotices(tx, notices);
}

/** Takes notices back when what they were about is not to happen. What was received stays on record. */
export async function withdrawNotices(tx: Transaction, ids: readonly string[], reason: string): Promise<void> {
  const open = (await lockNotices(tx, ids)).filter(({ state }) => state !== 'received' && state !== 'withdrawn');
  if (open.length === 0) return;
  const openIds = open.map((notice) => notice.id);
  await withdrawQueued(tx, openIds);
  await markWithdrawn(tx, openIds, reason);
  for (const { id, familyId } of open)
    tx.audit({
      ...{ action: 'notices.notice-withdrawn', subjectKind: 'family', subjectId: familyId },
      detail: { notice: id },
    });
}
