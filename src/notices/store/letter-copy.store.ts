import type { Transaction } from '../../platform/index.ts';

/** Keeps our own copy of a letter, sealed. The same letter made again is the same bytes, and kept once. */
export async function keepLetterCopy(
  tx: Transaction,
  attemptId: string,
  sha256: Buffer,
  sealed: Buffer,
): Promise<void> {
  await tx.query(
    `insert into notices.letter_copy (attempt_id, authority_id, sha256, sealed) values ($1, $2, $3, $4)
     on conflict on constraint pk_letter_copy do nothing`,
    [attemptId, tx.actor.authorityId, sha256, sealed],
  );
}

/** Reads our copy of a letter, sealed; nothing before it was sent. */
export function letterCopy(tx: Transaction, attemptId: string): Promise<{ sealed: Buffer } | undefined> {
  return tx.maybe(`select sealed from notices.letter_copy where attempt_id = $1`, [attemptId]);
}

/** Says of which letters a copy is kept. */
export async function lettersKept(tx: Transaction, attemptIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select attempt_id as id from notices.letter_copy where attempt_id = any ($1::bigint[])`,
    [attemptIds],
  );
  return new Set(rows.map((row) => row.id));
}
