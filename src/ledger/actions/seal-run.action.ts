import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** What a seal says: how many payments, how much. */
export interface Seal {
  readonly n: number;
  readonly total: Money;
}

/** Seals a posted run for the auditor: the database digests its ordered transfers and chains them to the seal before. */
export async function sealRun(tx: Transaction, runId: string): Promise<Seal> {
  const row = await tx.one<{ n: number; total: string }>(
    `insert into ledger.seal (authority_id, seq, run_id, n, total, prev_hash, hash)
     values ($1, 0, $2, 0, 0, '', '') returning n, total`,
    [tx.actor.authorityId, runId],
  );
  return { n: row.n, total: Money.gbp(row.total) };
}
