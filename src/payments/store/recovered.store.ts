import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Says how much payments were smaller by to pay overpayments back: of posted runs, and of all that are not cancelled. */
export async function recoveredSoFar(
  tx: Transaction,
  overpaymentIds: readonly string[],
): Promise<Map<string, { readonly posted: string; readonly all: string }>> {
  if (overpaymentIds.length === 0) return new Map();
  const rows = await tx.query<{ id: string; posted: string; all: string }>(
    `select l.recovers as id, sum(l.recovered)::numeric(14,2)::text as "all",
            coalesce(sum(l.recovered) filter (where r.state in ('posted', 'exported')), 0)::numeric(14,2)::text as posted
       from payments.line l join payments.run r on r.id = l.run_id
      where l.recovers = any ($1::bigint[]) and l.status = 'payable' group by 1`,
    [overpaymentIds],
  );
  return new Map(rows.map(({ id, ...sums }) => [id, sums]));
}

/** A payment that was smaller, and by how much. */
export interface RecoveringLine {
  readonly id: string;
  readonly runId: string;
  readonly payDate: PlainDate;
  readonly amount: string;
  readonly recovered: string;
  readonly isPosted: boolean;
}

/** Lists the payments that paid an overpayment back, the oldest first, those of runs under way among them. */
export function recoveringLines(tx: Transaction, overpaymentId: string): Promise<RecoveringLine[]> {
  return tx.query(
    `select l.id, l.run_id as "runId", r.pay_date as "payDate", l.amount::numeric(14,2)::text as amount,
            l.recovered::numeric(14,2)::text as recovered, r.state in ('posted', 'exported') as "isPosted"
       from payments.line l join payments.run r on r.id = l.run_id
      where l.recovers = $1 and l.status = 'payable' order by r.pay_date, l.id`,
    [overpaymentId],
  );
}

/** Lists the overpayments that payments of a run pay back: usually none. */
export async function overpaymentsPaidBackBy(tx: Transaction, runId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct recovers as id from payments.line where run_id = $1 and recovers is not null and status = 'payable'`,
    [runId],
  );
  return rows.map(({ id }) => id);
}
