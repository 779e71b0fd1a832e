import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Days } from '../domain/spend-asked.ts';

/** What stands on a fund's accounts in the evening of a day, from the ledger's own sums by day. Decimal text. */
export interface FundStanding {
  readonly fundId: string;
  readonly committed: string;
  readonly available: string;
}

/** Says what is committed and available of each fund in the evening of a day. */
export function fundStandings(tx: Transaction, on: PlainDate): Promise<FundStanding[]> {
  return tx.query(
    `select fund_id::text as "fundId",
            coalesce(sum(credits - debits) filter (where kind = 'committed'), 0)::numeric(16,2)::text as committed,
            coalesce(sum(credits - debits) filter (where kind = 'available'), 0)::numeric(16,2)::text as available
       from ledger.v_fund_day where day <= $1 group by 1`,
    [on],
  );
}

/** Says on which days of a period money was first and last spent; null where none was. */
export function daysSpentOn(
  tx: Transaction,
  { from, to }: Days,
): Promise<{ first: PlainDate | null; last: PlainDate | null }> {
  return tx.one(
    `select min(day) as first, max(day) as last from ledger.v_fund_day where kind = 'spent' and day between $1 and $2`,
    [from, to],
  );
}

/** Lists the days some month's, or year's, spending is of, for the years there is something to see of. */
export function spendingDays(tx: Transaction): Promise<{ first: PlainDate | null; last: PlainDate | null }> {
  return tx.one(`select min(day) as first, max(day) as last from ledger.v_fund_day`);
}
