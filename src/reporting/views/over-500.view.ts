import { fundList } from '../../funds/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { FEWEST_PUBLISHED } from '../domain/small-numbers.ts';
import { daysAsked } from '../domain/spend-asked.ts';
import { spentSql } from '../store/spent-sql.ts';
import { namesOfParts } from './part-names.view.ts';

/** A payment over £500 as it is published: never to whom, nor by a number anybody else has. */
export interface PaymentOver500 {
  readonly month: string;
  /** Null, with the amount, where fewer than five households were paid so much in the month. */
  readonly day: PlainDate | null;
  readonly amount: string | null;
  readonly fund: string;
  readonly purpose: string;
}

interface Found {
  readonly month: string;
  readonly day: PlainDate;
  readonly number: string;
  readonly amount: string;
  readonly fundId: string;
  readonly category: string;
  readonly households: number;
}

/**
 * Lists a financial year's payments over £500, for whoever publishes them; each amount is decimal text.
 *
 * In a month, for a fund and purpose, with fewer than five households paid so much, one row says that there were some.
 *
 * @source Local Government Transparency Code 2015, paragraph 29: each item of expenditure over £500
 */
export async function paymentsOver500(tx: Transaction, year: string): Promise<PaymentOver500[]> {
  const { from, to } = daysAsked({ year, filter: {} });
  const found = await tx.query<Found>(
    `with spent as (${spentSql(['payment'])} and s.kind = 'pay' and s.amount > 500),
          kept as (select fund_id, category, to_char(day, 'YYYY-MM') as month, count(distinct family_id)::int as households
                     from spent group by 1, 2, 3)
     select k.month, day, document_id::text as number, amount::numeric(14,2)::text as amount, fund_id::text as "fundId", category, households
       from spent join kept k using (fund_id, category)
      where k.month = to_char(day, 'YYYY-MM') order by day, document_id`,
    [from, to],
  );
  const [funds, category] = [await fundList(tx), await namesOfParts(tx, 'category')];
  const rows = new Map<string, PaymentOver500>();
  for (const { month, day, number, amount, fundId, ...each } of found) {
    const about = { month, fund: funds.find(({ id }) => id === fundId)?.name ?? '', purpose: category(each.category) };
    const isFew = each.households < FEWEST_PUBLISHED;
    const key = isFew ? [month, fundId, each.category].join(' ') : number;
    rows.set(key, { ...about, ...(isFew ? { day: null, amount: null } : { day, amount }) });
  }
  return [...rows.values()];
}
