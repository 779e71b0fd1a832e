import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { isInTime } from '../domain/in-time.ts';
import { received } from '../notice-jobs.ts';
import { withdrawQueued } from '../store/attempt-outcome.store.ts';
import { markReceived, readNotice } from '../store/notice.store.ts';

/** Notes that a notice reached its family by an attempt, and rings for whatever waits for it. The earliest receipt counts. */
export async function noteReceipt(
  tx: Transaction,
  attempt: { readonly id: string; readonly noticeId: string; readonly familyId: string; readonly channel: string },
  on: PlainDate,
): Promise<void> {
  const isNews = await markReceived(tx, attempt.noticeId, { attemptId: attempt.id, on });
  if (!isNews) return;
  await withdrawQueued(tx, [attempt.noticeId]);
  const { neededBy } = await readNotice(tx, attempt.noticeId);
  tx.audit({
    ...{ action: 'notices.notice-received', subjectKind: 'family', subjectId: attempt.familyId },
    detail: { notice: attempt.noticeId, channel: attempt.channel, on, inTime: isInTime({ receivedOn: on, neededBy }) },
  });
  tx.announce({ topic: received, key: `${attempt.noticeId}-${on}`, payload: { noticeId: attempt.noticeId } });
}
