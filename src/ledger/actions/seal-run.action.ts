import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { runDigest } from '../views/run-digest.ts';

/** What a seal says: how many payments, how much. */
export interface Seal {
  readonly n: number;
  readonly total: Money;
}

/** Seals a posted run for the auditor: one SHA-256 over its ordered transfers, chained to the seal before. */
export async function sealRun(tx: Transaction, runId: string): Promise<Seal> {
  const row = await tx.one<{ n: number; total: string }>(
    `insert into ledger.seal (authority_id, seq, run_id, n, total, prev_hash, hash)
     select $1, 0, $2, d.n, d.total, '', d.digest from (${runDigest('$2')}) d returning n, total`,
    [tx.actor.authorityId, runId],
  );
  return { n: row.n, total: Money.gbp(row.total) };
}
