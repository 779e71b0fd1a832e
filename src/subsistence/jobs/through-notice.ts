import { isInTime, type NoticeKind, noticesByIds, overdueNotices } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { hadItTooLate, NOT_PROVED_IN_TIME } from '../domain/kept-because.ts';
import type { Busy } from '../store/waiting-rows.ts';

/** What waits for notices, and what becomes of it. */
export interface WaitsForNotice<Row extends { readonly noticeId: string | null }> {
  /** The kinds of notice that tell of it. */
  readonly kinds: readonly NoticeKind[];
  /**
   * Finds and locks what waits for some notices; what does not wait any more is left out.
   * @param busy whether to wait for whoever is settling one, or to leave it to them
   */
  lock(tx: Transaction, noticeIds: readonly string[], busy: Busy): Promise<Row[]>;
  takeEffect(tx: Transaction, row: Row): Promise<void>;
  keep(tx: Transaction, rows: readonly Row[], because: string): Promise<void>;
}

/** Settles what waited for a notice that arrived: in time, it takes effect; too late, the family keeps what it has. */
export async function settleReceived<Row extends { readonly noticeId: string | null }>(
  tx: Transaction,
  noticeId: string,
  what: WaitsForNotice<Row>,
): Promise<void> {
  const [row] = await what.lock(tx, [noticeId], 'wait');
  const [notice] = await noticesByIds(tx, [noticeId]);
  if (!row || !notice?.receivedOn || !notice.neededBy) return;
  if (isInTime(notice)) return what.takeEffect(tx, row);
  await what.keep(tx, [row], hadItTooLate(notice));
}

/**
 * Keeps what every family has that was not told by the last day its notice was needed.
 * @param among some notices only; null: all there are
 */
export async function keepUntold<Row extends { readonly noticeId: string | null }>(
  tx: Transaction,
  what: WaitsForNotice<Row>,
  among: readonly string[] | null = null,
): Promise<void> {
  const late = await overdueNotices(tx, what.kinds, among);
  const locked = late.length === 0 ? [] : await what.lock(tx, late, 'leave');
  if (locked.length === 0) return;
  // A receipt may have come meanwhile: then its job decides.
  const noticeIds = locked.flatMap(({ noticeId }) => noticeId ?? []);
  const still = new Set(await overdueNotices(tx, what.kinds, noticeIds));
  const untold = locked.filter(({ noticeId }) => noticeId !== null && still.has(noticeId));
  if (untold.length > 0) await what.keep(tx, untold, NOT_PROVED_IN_TIME);
}
