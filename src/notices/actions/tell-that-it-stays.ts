import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ChangeKeptFacts, NoticeFacts, ToldPayment } from '../domain/notice-facts.ts';
import { attemptsOf } from '../store/attempt.store.ts';
import { noticesByIds, takenBack } from '../store/notice.store.ts';
import { draftNotices } from './draft-notices.ts';
import { serveNotices } from './serve-notices.ts';

/** Attempts that a family may have read, or may read yet. */
const MAY_BE_READ = ['sending', 'accepted', 'delivered'];

/** Finds the notices their families may have read, or may read yet, and have not been told since that they hold no more. */
export async function mayHaveBeenRead(tx: Transaction, noticeIds: readonly string[]): Promise<Set<string>> {
  const done = new Set(await takenBack(tx, noticeIds));
  const attempts = await attemptsOf(tx, noticeIds);
  const read = attempts.filter(({ state, noticeId }) => MAY_BE_READ.includes(state) && !done.has(noticeId));
  return new Set(read.map((each) => each.noticeId));
}

/**
 * Tells a family that a change does not happen, once, where it may have read that it does.
 * @param next gives its coming payments as they stand; asked only where there is somebody to tell
 */
export async function tellThatItStays(
  tx: Transaction,
  noticeId: string,
  next: () => Promise<readonly ToldPayment[]>,
): Promise<void> {
  const [notice] = await noticesByIds(tx, [noticeId]);
  const off = notice && calledOff(notice.facts);
  if (!off || !(await mayHaveBeenRead(tx, [noticeId])).has(noticeId)) return;
  const facts: ChangeKeptFacts = { kind: 'change-kept', ...off, next: await next() };
  const kept = { familyId: notice.familyId, facts, affectsOn: null, noticeDays: 0, takesBack: noticeId };
  await serveNotices(tx, await draftNotices(tx, [kept]));
}

function calledOff(facts: NoticeFacts): { about: ChangeKeptFacts['about']; notOn: PlainDate } | undefined {
  if (facts.kind === 'amount') return { about: 'amount', notOn: facts.from };
  if (facts.kind === 'end') return { about: 'end', notOn: facts.lastDay };
  if (facts.kind === 'accommodation') return { about: 'accommodation', notOn: facts.movesOn };
  return undefined;
}
