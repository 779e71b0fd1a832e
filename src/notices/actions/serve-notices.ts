import type { Channel, FamilyReach } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { attemptsOf, insertAttempts, type NewAttempt, type Way } from '../store/attempt.store.ts';
import { lockNotices, moveNotices, type NoticeRow } from '../store/notice.store.ts';
import { type Composing, composeAttempt, composing, type SentWay } from './compose-attempt.ts';
import { drain } from '../notice-jobs.ts';
import { composingFor, linkedFamilies, type NoticeReach, noticeReach } from './notice-reach.ts';

/** What became of notices that were to be served. */
export interface Served {
  readonly queued: number;
  readonly callNeeded: number;
}

/** Serves drafted notices for whoever decided on what they are about: each by the family's first safe way. */
export async function serveNotices(tx: Transaction, ids: readonly string[]): Promise<Served> {
  const drafted = (await lockNotices(tx, ids)).filter((notice) => notice.state === 'drafted');
  return tryNextWay(tx, drafted);
}

/**
 * Tries the next of each family's own ways for notices nothing is under way for; when none is left, a person must call.
 *
 * A way that was tried for a notice is not tried for it again.
 */
export async function tryNextWay(tx: Transaction, notices: readonly NoticeRow[]): Promise<Served> {
  if (notices.length === 0) return { queued: 0, callNeeded: 0 };
  const reach = await noticeReach(tx, notices);
  const tried = await waysTried(tx, notices);
  const help = await composing(tx, linkedFamilies(reach.values()));
  const attempts: NewAttempt[] = [];
  const callNeeded: NoticeRow[] = [];
  for (const notice of notices) {
    const family = reach.get(notice.id);
    const attempt = family && nextAttempt(notice, family, tried.get(notice.id) ?? new Set(), help);
    if (attempt) attempts.push(attempt);
    else callNeeded.push(notice);
  }
  await insertAttempts(tx, attempts);
  const queued = new Set(attempts.map((attempt) => attempt.noticeId));
  await moveNotices(
    tx,
    notices.filter(({ id, state }) => queued.has(id) && state !== 'serving').map(({ id }) => id),
    'serving',
  );
  await moveNotices(
    tx,
    callNeeded.filter(({ state }) => state !== 'call_needed').map(({ id }) => id),
    'call_needed',
  );
  tell(tx, attempts, callNeeded);
  return { queued: attempts.length, callNeeded: callNeeded.length };
}

function nextAttempt(
  notice: NoticeRow,
  family: NoticeReach,
  tried: ReadonlySet<Way>,
  help: Composing,
): NewAttempt | undefined {
  const way = waysFor(notice, family).find(
    (each): each is SentWay => each !== 'call' && !tried.has(each) && help.canSend(each, family),
  );
  return way && composeAttempt(way, notice, family, composingFor(family, help));
}

/** A calendar is kept on the wall: it goes as a letter first, wherever a letter is safe. */
function waysFor({ kind }: NoticeRow, { ways }: FamilyReach): readonly Channel[] {
  return kind === 'calendar' && ways.includes('letter') ? ['letter', ...ways] : ways;
}

async function waysTried(tx: Transaction, notices: readonly NoticeRow[]): Promise<Map<string, Set<Way>>> {
  const tried = new Map<string, Set<Way>>();
  const attempts = await attemptsOf(
    tx,
    notices.map((notice) => notice.id),
  );
  for (const { noticeId, channel } of attempts)
    tried.set(noticeId, (tried.get(noticeId) ?? new Set<Way>()).add(channel));
  return tried;
}

function tell(tx: Transaction, attempts: readonly NewAttempt[], callNeeded: readonly NoticeRow[]): void {
  for (const { familyId, noticeId, channel } of attempts)
    tx.audit({
      ...{ action: 'notices.notice-served', subjectKind: 'family', subjectId: familyId },
      detail: { notice: noticeId, channel },
    });
  for (const { familyId, id } of callNeeded)
    tx.audit({
      ...{ action: 'notices.call-needed', subjectKind: 'family', subjectId: familyId },
      detail: { notice: id },
    });
  const [first] = attempts;
  if (first) tx.announce({ topic: drain, key: `${first.noticeId}-${first.channel}`, payload: {} });
}
