import { applicationsListed, askedFor, followUpsDue, openReviews } from '../../grants/index.ts';
import type { Transaction } from '../../platform/index.ts';

const MOST_LISTED = 100;

/** Counts applications somebody else recommended, and reviews of decisions that are not answered. */
export async function grantsWaiting(tx: Transaction, me: string): Promise<{ applications: number; reviews: number }> {
  const recommended = await applicationsListed(tx, { state: 'recommended', limit: MOST_LISTED });
  const others = recommended.filter(({ recommendedBy }) => recommendedBy !== me).length;
  return { applications: others, reviews: (await openReviews(tx, MOST_LISTED)).length };
}

/** Counts what agencies and families asked for that nobody has taken up, and awards to follow up. */
export async function askedOfUs(tx: Transaction): Promise<{ requests: number; referrals: number; followUps: number }> {
  const { requests, referrals } = await askedFor(tx, MOST_LISTED);
  const followUps = await followUpsDue(tx, tx.today, MOST_LISTED);
  return { requests: requests.length, referrals: referrals.length, followUps: followUps.length };
}
