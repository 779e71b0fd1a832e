import { isInTime, type NoticeKind, noticesByIds, overdueNotices } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { hadItTooLate, NOT_PROVED_IN_TIME } from '../domain/kept-because.ts';

/** What waits for a notice, one at a time, and what becomes of it. */
export interface WaitsForNotice<Row> {
  /** Finds and locks what waits for a notice; nothing when it does not wait any more. */
  lock(tx: Transaction, noticeId: string): Promise<Row | undefined>;
  takeEffect(tx: Transaction, row: Row): Promise<void>;
  keep(tx: Transaction, row: Row, because: string): Promise<void>;
}

/** Settles what waited for a notice that arrived: in time, it takes effect; too late, the family keeps what it has. */
export async function settleReceived<Row>(tx: Transaction, noticeId: string, what: WaitsForNotice<Row>): Promise<void> {
  const row = await what.lock(tx, noticeId);
  const [notice] = await noticesByIds(tx, [noticeId]);
  if (!row || !notice?.receivedOn || !notice.neededBy) return;
  if (isInTime(notice)) return what.takeEffect(tx, row);
  await what.keep(tx, row, hadItTooLate(notice));
}

/** Keeps what every family has that was not told by the last day its notice was needed. */
export async function keepUntold<Row>(
  tx: Transaction,
  kinds: readonly NoticeKind[],
  what: WaitsForNotice<Row>,
): Promise<void> {
  for (const noticeId of await overdueNotices(tx, kinds)) {
    const row = await what.lock(tx, noticeId);
    // A receipt may have come meanwhile: then its job decides.
    const [still] = row ? await overdueNotices(tx, kinds, [noticeId]) : [];
    if (row && still) await what.keep(tx, row, NOT_PROVED_IN_TIME);
  }
}
