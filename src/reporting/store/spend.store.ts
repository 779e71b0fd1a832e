import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type Days, daysAsked, type SpendAsked } from '../domain/spend-asked.ts';
import { columns, narrowing, neededBy, RESERVED, summedSql } from './spent-sql.ts';

/** Sums of some transfers; amounts as decimal text. */
export interface SpendSums {
  /** What they have in common: a fund's number, a team, `2026-12`; null where it is not written down. */
  readonly key: string | null;
  readonly payments: number;
  readonly households: number;
  readonly spent: string;
  readonly section17: string;
  readonly grants: string;
  /** What was spent on the days a forecast is measured on. */
  readonly measured: string;
  /** Days of support paid for. */
  readonly householdDays: number;
}

/** Sums of everything asked for, of each part, and of each month. */
export interface SpendCuts {
  readonly total: SpendSums;
  readonly parts: readonly SpendSums[];
  readonly months: readonly SpendSums[];
}

const money = (sum: string): string => `coalesce(${sum}, 0)::numeric(16,2)::text`;
const SUMS = `sum(amount) as spent, sum(amount) filter (where stream = 'section-17') as section17,
  sum(amount) filter (where stream = 'grants') as grants`;
const SHOWN = `${money('sum(spent)')} as spent, ${money('sum(section17)')} as section17, ${money('sum(grants)')} as grants`;

/**
 * Adds up spending: all of it, each part, each month, in one look at the sums by family and month.
 *
 * Money is added up by part and month, and households are counted beside it: by family it took three times as long.
 */
export async function spendCuts(tx: Transaction, asked: SpendAsked, measured: Days): Promise<SpendCuts> {
  const { from, to } = daysAsked(asked);
  const narrowed = narrowing(asked.filter, [from, to, measured.from, measured.to]);
  const { raw, shown } = columns[asked.by];
  // A council's whole year is grouped in memory; the usual 4 MB would send it to disk and back.
  await tx.query(`select set_config('work_mem', '64MB', true)`);
  const rows = await tx.query<SpendSums & { cut: 'total' | 'part' | 'month' }>(
    `with all_spent as (${summedSql([asked.by, ...neededBy(asked.filter)])}),
          spent as materialized (select ${raw} as key, day, family_id, stream, payments, days, amount, measured from all_spent where ${narrowed.sql}),
          by_part as materialized (
            select key, day, sum(payments) as payments, ${SUMS}, sum(measured) as measured,
                   sum(days) filter (where stream = 'section-17') as days
              from spent group by key, day),
          homes as materialized (select distinct key, family_id from spent where family_id is not null),
          counted as materialized (select key, count(*)::int as households from homes group by key)
     select 'total' as cut, null as key, coalesce(sum(payments), 0)::int as payments, (select count(distinct family_id)::int from homes) as households,
            ${SHOWN}, ${money('sum(measured)')} as measured, coalesce(sum(days), 0)::int as "householdDays" from by_part
     union all
     select 'part', ${shown}, sum(payments)::int, coalesce((select households from counted c where c.key is not distinct from p.key), 0), ${SHOWN},
            ${money('sum(measured)')}, coalesce(sum(days), 0)::int
       from by_part p group by key
     union all
     select 'month', to_char(day, 'YYYY-MM'), 0, 0, ${SHOWN}, '0.00', 0 from by_part group by 2
     order by 1, 2`,
    narrowed.values,
  );
  const of = (cut: 'total' | 'part' | 'month'): SpendSums[] => rows.filter((row) => row.cut === cut);
  return { total: of('total')[0] as SpendSums, parts: of('part'), months: of('month') };
}

/** Adds up what approved runs hold, by what spending is divided by. */
export function reservedByPart(
  tx: Transaction,
  asked: SpendAsked,
): Promise<{ key: string | null; amount: string; until: PlainDate | null }[]> {
  const { from, to } = daysAsked(asked);
  const { sql, values } = narrowing(asked.filter, [from, to]);
  const { raw, shown } = columns[asked.by];
  return tx.query(
    `select ${shown} as key, amount, until from (
       select ${raw} as key, sum(amount)::numeric(16,2)::text as amount, max(day) filter (where stream = 'section-17') as until
         from (${RESERVED}) reserved where day between $1 and $2 and ${sql} group by 1) held order by 1`,
    values,
  );
}
