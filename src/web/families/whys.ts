import type { TimelineEvent } from '../../audit/index.ts';
import { noticesByIds, reasonsGiven } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Gives people's reasons for events, by the numbers the audit trail has of them. */
export type Whys = (detail: TimelineEvent['detail']) => string;

/** Reads the reasons of some events: a person's words stand in rows of their own, not in the audit trail. */
export async function whysOf(tx: Transaction, events: readonly TimelineEvent[]): Promise<Whys> {
  const reasons = await reasonsGiven(
    tx,
    events.flatMap(({ detail }) => idIn(detail.why) ?? []),
  );
  const withdrawn = events.filter(({ action }) => action === 'notices.notice-withdrawn');
  const notices = await noticesByIds(
    tx,
    withdrawn.flatMap(({ detail }) => idIn(detail.notice) ?? []),
  );
  const ofNotice = new Map(notices.map(({ id, withdrawnBecause }) => [id, withdrawnBecause ?? '']));
  const ids = new Set(withdrawn.map(({ detail }) => detail));
  return (detail) => {
    if (typeof detail.reason === 'string') return detail.reason;
    const given = reasons.get(idIn(detail.why) ?? '');
    return given ?? (ids.has(detail) ? (ofNotice.get(idIn(detail.notice) ?? '') ?? '') : '');
  };
}

function idIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d+$/.test(value) ? value : undefined;
}
