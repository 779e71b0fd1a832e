import type { Transaction } from '../../platform/index.ts';

/** An account with what went in and out of it; amounts as decimal text. */
export interface AccountBalance {
  readonly code: string;
  readonly kind: string;
  readonly fundId: string | null;
  readonly debits: string;
  readonly credits: string;
}

/** Lists every account's running balance. */
export function balances(tx: Transaction): Promise<AccountBalance[]> {
  return tx.query(
    `select a.code, a.kind, a.fund_id as "fundId", b.debits::numeric(16,2)::text as debits, b.credits::numeric(16,2)::text as credits
       from ledger.account a join ledger.balance b on b.account_id = a.id order by a.code`,
  );
}

/** Says what the ledger holds for one run: payments posted, their sum. */
export async function runTotal(tx: Transaction, runId: string): Promise<{ n: number; total: string }> {
  return tx.one(
    `select count(*)::int as n, coalesce(sum(amount), 0)::numeric(16,2)::text as total
       from ledger.transfer where run_id = $1 and kind = 4`,
    [runId],
  );
}

/** Lists every run the ledger holds payments of: a run cannot hide its money by its state. */
export async function runsWithPayments(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ run_id: string }>(
    `select distinct run_id from ledger.transfer where kind = 4 and run_id is not null`,
  );
  return rows.map((row) => row.run_id);
}

/** What all transfers of a kind come to. */
export interface KindSum {
  readonly kind: string;
  readonly debitKind: string;
  readonly creditKind: string;
  readonly n: number;
  readonly total: string;
}

/** Says how many transfers there are of each kind and what they come to; payments, which runs prove, left out. */
export function sumsOfKinds(tx: Transaction): Promise<KindSum[]> {
  return tx.query(
    `select k.name as kind, k.debit_kind as "debitKind", k.credit_kind as "creditKind", count(*)::int as n,
            sum(t.amount)::numeric(16,2)::text as total
       from ledger.transfer t join ledger.transfer_kind k on k.code = t.kind where t.kind <> 4 group by k.code order by k.code`,
  );
}
