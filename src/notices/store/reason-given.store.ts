import type { Transaction } from '../../platform/index.ts';

/** What a reason can be given for that keeps none in a row of its own. */
export type ReasonAbout = 'move-home' | 'family-access' | 'plan-change';

/**
 * Writes a person's reason in a row of its own, so that the audit trail, which nobody can ever change, holds its number and
 * none of its words. @returns its number
 */
export async function giveReason(tx: Transaction, about: ReasonAbout, words: string): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into notices.reason_given (authority_id, about, words, given_by) values ($1, $2, $3, $4) returning id`,
    [tx.actor.authorityId, about, words, tx.actor.userId ?? null],
  );
  return id;
}

/** Reads reasons by number, for whoever tells what happened. */
export async function reasonsGiven(tx: Transaction, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; words: string }>(
    `select id, words from notices.reason_given where id = any ($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map(({ id, words }) => [id, words]));
}
