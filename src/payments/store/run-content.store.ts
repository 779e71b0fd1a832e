import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** What a run would pay as it stands: how many payable lines, how many held, and the sum of the payable. */
export interface RunCount {
  readonly n: number;
  readonly held: number;
  readonly total: Money;
}

/** The same with a fingerprint of exactly these lines. */
export interface RunContent extends RunCount {
  readonly fingerprint: Buffer;
}

const COUNT = `count(*) filter (where status = 'payable')::int as n, count(*) filter (where status = 'held')::int as held,
            coalesce(sum(amount) filter (where status = 'payable'), 0) as total`;

/** Counts and sums the lines of a run, in all and what each fund pays, in one look. */
export async function runCountByFund(
  tx: Transaction,
  runId: string,
): Promise<RunCount & { readonly byFund: readonly { fundId: string; amount: Money }[] }> {
  const rows = await tx.query<{ fundId: string; n: number; held: number; total: string }>(
    `select fund_id as "fundId", ${COUNT} from payments.line where run_id = $1 and status <> 'void' group by 1 order by 1`,
    [runId],
  );
  const byFund = rows.map(({ fundId, total }) => ({ fundId, amount: Money.gbp(total) }));
  return {
    n: rows.reduce((sum, row) => sum + row.n, 0),
    held: rows.reduce((sum, row) => sum + row.held, 0),
    total: Money.sum(byFund.map((each) => each.amount)),
    byFund: byFund.filter(({ amount }) => amount.isPositive()),
  };
}

/** Digests the payable lines of a run: what the approver sees is what is paid. */
export async function runContent(tx: Transaction, runId: string): Promise<RunContent> {
  // A whole council's lines are sorted in memory; the usual 4 MB would send them to disk and back.
  await tx.query(`select set_config('work_mem', '64MB', true)`);
  const row = await tx.one<{ n: number; held: number; total: string; fingerprint: Buffer }>(
    `select ${COUNT},
            sha256(convert_to(coalesce(string_agg((id, family_id, instrument_id, fund_id, amount, covers_from, covers_to)::text, ','
              order by id) filter (where status = 'payable'), ''), 'UTF8')) as fingerprint
       from payments.line where run_id = $1 and status <> 'void'`,
    [runId],
  );
  return { ...row, total: Money.gbp(row.total) };
}

/** Sums what a run itself reserves, by fund: its payable lines but those paid from an award's reservation. */
export async function fundsToReserve(tx: Transaction, runId: string): Promise<{ fundId: string; amount: Money }[]> {
  return sumsByFund(tx, runId, 'and reserved_by is null');
}

/** Sums a run's payable lines by fund. */
export async function fundTotals(tx: Transaction, runId: string): Promise<{ fundId: string; amount: Money }[]> {
  return sumsByFund(tx, runId, '');
}

async function sumsByFund(
  tx: Transaction,
  runId: string,
  besides: string,
): Promise<{ fundId: string; amount: Money }[]> {
  const rows = await tx.query<{ fund_id: string; amount: string }>(
    `select fund_id, sum(amount) as amount from payments.line where run_id = $1 and status = 'payable' ${besides} group by 1 order by 1`,
    [runId],
  );
  return rows.map((row) => ({ fundId: row.fund_id, amount: Money.gbp(row.amount) }));
}
