import { addDays } from '../../../kernel/index.ts';
import { postEach } from '../../../ledger/index.ts';
import type { Transaction } from '../../../platform/index.ts';
import { type Match, pairOf } from '../matching/bank-facts.ts';
import { matchLines } from '../matching/match-lines.ts';
import {
  barredPairs,
  expectedToMatch,
  insertMatches,
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
  const lines = await linesToMatch(tx, since);
  if (lines.length === 0) return { made: 0, takenBack: 0 };
  const wanted = matchLines(lines, await expectedToMatch(tx, since), await barredPairs(tx));
  const standing = await standingMatches(tx, since);
  const [have, want] = [new Set(standing.map(sameAs)), new Set(wanted.map(sameAs))];
  const stale = standing.filter((each) => !want.has(sameAs(each)));
  await takeBack(
    tx,
    stale.map((each) => each.id),
    'Something else fits as well, now that more is known',
    null,
  );
  const fresh = wanted.filter((each) => !have.has(sameAs(each)));
  await keepMatches(tx, fresh, null);
  return { made: fresh.length, takenBack: stale.length };
}

/** Writes matches and posts them. @param by null when the rules found them */
export async function keepMatches(
  tx: Transaction,
  matches: Parameters<typeof insertMatches>[1],
  by: Parameters<typeof insertMatches>[2],
): Promise<string[]> {
  const ids = await insertMatches(tx, matches, by);
  if (ids.length === 0) return ids;
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

function sameAs({ lineId, source, documentId, amount }: Match): string {
  return `${pairOf(lineId, source, documentId)}=${amount}`;
}
