import { addDays, type PlainDate } from '../../../kernel/index.ts';
import { postEach } from '../../../ledger/index.ts';
import type { Transaction } from '../../../platform/index.ts';
import { type Match, pairOf } from '../matching/bank-facts.ts';
import { matchLines } from '../matching/match-lines.ts';
import { daysToPost } from '../store/statement.store.ts';
import {
  barredPairs,
  expectedToMatch,
  inOneLook,
  insertMatches,
  insertRound,
  insertUnmatches,
  linesToMatch,
  lockMatching,
  matchesToPost,
  standingMatches,
  unmatchesToPost,
} from '../store/match.store.ts';
import { settleShown } from './settle-shown.ts';

/** Matches the rules made longer ago than this stand, whatever comes to be known. */
const DAYS_LOOKED_AT_AGAIN = 62;

/** What a round of matching did. */
export interface Matched {
  readonly made: number;
  /** Matches that no longer are the only ones that fit, taken back. */
  readonly takenBack: number;
}

/**
 * Matches everything that is known by now, within the caller's transaction, posts what changed, and settles the files that
 * statements show.
 *
 * The rules look at all of it again: a match that is no longer the only one that fits is taken back by adding.
 */
export async function matchBank(tx: Transaction): Promise<Matched> {
  await lockMatching(tx);
  const matched = await matchAnew(tx);
  await settleShown(tx);
  return matched;
}

async function matchAnew(tx: Transaction): Promise<Matched> {
  const since = addDays(tx.today, -DAYS_LOOKED_AT_AGAIN);
  const known = await inOneLook(tx, () => everythingKnown(tx, since));
  if (known.lines.length === 0) return { made: 0, takenBack: 0 };
  const wanted = matchLines(known.lines, known.expected, known.barred);
  const { standing } = known;
  const stale = without(standing, wanted);
  await takeBack(
    tx,
    stale.map((each) => each.id),
    'Something else fits as well, now that more is known',
    null,
  );
  const fresh = without(wanted, standing);
  await keepRound(tx, fresh);
  return { made: fresh.length, takenBack: stale.length };
}

async function everythingKnown(tx: Transaction, since: PlainDate) {
  const [lines, expected] = [await linesToMatch(tx, since), await expectedToMatch(tx, since)];
  return { lines, expected, barred: await barredPairs(tx), standing: await standingMatches(tx, since) };
}

/** Writes what the rules found, and posts what it comes to on each day, each way. */
async function keepRound(tx: Transaction, matches: readonly Match[]): Promise<void> {
  if (matches.length === 0) return;
  const round = await insertRound(tx, matches);
  await postEach(tx, 'settle', daysToPost(round, 'debit'));
  await postEach(tx, 'receive', daysToPost(round, 'credit'));
}

/** Writes matches a person made, and posts each by itself. */
export async function keepMatches(
  tx: Transaction,
  matches: Parameters<typeof insertMatches>[1],
  by: Parameters<typeof insertMatches>[2],
): Promise<string[]> {
  const ids = await insertMatches(tx, matches, by);
  const posted =
    (await postEach(tx, 'settle', matchesToPost(ids, 'debit'))) +
    (await postEach(tx, 'receive', matchesToPost(ids, 'credit')));
  if (posted !== ids.length) throw new Error(`${ids.length} matches and ${posted} postings`);
  return ids;
}

/** Takes matches back by adding, and posts that. */
export async function takeBack(tx: Transaction, matchIds: readonly string[], reason: string, by: string | null) {
  const ids = await insertUnmatches(tx, matchIds, reason, by);
  if (ids.length === 0) return;
  const posted =
    (await postEach(tx, 'unsettle', unmatchesToPost(ids, 'debit'))) +
    (await postEach(tx, 'unreceive', unmatchesToPost(ids, 'credit')));
  if (posted !== ids.length) throw new Error(`${ids.length} matches taken back and ${posted} postings`);
}

/** Leaves those that are not among the others. */
function without<T extends Match>(matches: readonly T[], others: readonly Match[]): readonly T[] {
  if (matches.length === 0 || others.length === 0) return matches;
  const there = new Set(others.map(sameAs));
  return matches.filter((each) => !there.has(sameAs(each)));
}

function sameAs({ lineId, source, documentId, amount }: Match): string {
  return `${pairOf(lineId, source, documentId)}=${amount}`;
}
