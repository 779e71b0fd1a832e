import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import {
  type Days,
  daysAsked,
  type Division,
  NOT_RECORDED,
  type SpendAsked,
  type SpendFilter,
} from '../domain/spend-asked.ts';

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

/** Each transfer that spends, with what it can be divided by. A family's team and ward are those of today. */
export const SPENT = `
  select s.fund_id, s.effective_date as day, s.document_id, s.kind, s.leg, s.amount, s.run_id, o.family_id,
         coalesce(o.category, 'other') as category, case when s.kind = 'pay' then coalesce(o.days, 0) else 0 end as days,
         f.reference, f.team, f.ward, p.standard
    from ledger.v_spent s
    left join payments.v_paid o on o.id = s.document_id
    left join families.v_family f on f.id = o.family_id
    left join subsistence.v_standard p on p.plan_id = o.source_id and o.category = 'section-17'`;
const RESERVED = `
  select r.fund_id, r.entry_day as day, r.amount, r.category, f.team, f.ward, p.standard
    from payments.v_reserved r
    left join families.v_family f on f.id = r.family_id
    left join subsistence.v_standard p on p.plan_id = r.source_id and r.category = 'section-17'`;

const COLUMNS: Readonly<Record<Division, string>> = {
  ...{ fund: 'fund_id::text', category: 'category', team: 'team', ward: 'ward' },
  ...{ month: `to_char(day, 'YYYY-MM')`, standard: 'standard' },
};
const SUMS = `count(*) filter (where kind = 'pay')::int as payments, count(distinct family_id)::int as households,
  coalesce(sum(amount), 0)::numeric(16,2)::text as spent,
  coalesce(sum(amount) filter (where category = 'section-17'), 0)::numeric(16,2)::text as section17,
  coalesce(sum(amount) filter (where category = 'grants'), 0)::numeric(16,2)::text as grants,
  coalesce(sum(amount) filter (where day between $3 and $4), 0)::numeric(16,2)::text as measured,
  coalesce(sum(days) filter (where category = 'section-17'), 0)::int as "householdDays"`;

/** Adds up spending: all of it, each part, each month. One look at the transfers. */
export async function spendCuts(tx: Transaction, asked: SpendAsked, measured: Days): Promise<SpendCuts> {
  const { from, to } = daysAsked(asked);
  const narrowed = narrowing(asked.filter, [from, to, measured.from, measured.to]);
  const rows = await tx.query<SpendSums & { cut: 'total' | 'part' | 'month' }>(
    `with all_spent as (${SPENT} where s.effective_date between $1 and $2),
          spent as materialized (select * from all_spent where ${narrowed.sql})
     select 'total' as cut, null as key, ${SUMS} from spent
     union all select 'part', ${COLUMNS[asked.by]}, ${SUMS} from spent group by 2
     union all select 'month', ${COLUMNS.month}, ${SUMS} from spent group by 2 order by 1, 2`,
    narrowed.values,
  );
  const of = (cut: 'total' | 'part' | 'month'): SpendSums[] => rows.filter((row) => row.cut === cut);
  return { total: of('total')[0] as SpendSums, parts: of('part'), months: of('month') };
}

/** Adds up what approved runs hold, by what spending is divided by. */
export function reservedByPart(
  tx: Transaction,
  asked: SpendAsked,
): Promise<{ key: string | null; amount: string; until: PlainDate }[]> {
  const { from, to } = daysAsked(asked);
  const { sql, values } = narrowing(asked.filter, [from, to]);
  return tx.query(
    `select ${COLUMNS[asked.by]} as key, sum(amount)::numeric(16,2)::text as amount, max(day) as until
       from (${RESERVED}) reserved where day between $1 and $2 and ${sql} group by 1 order by 1`,
    values,
  );
}

/** Writes the conditions of a filter, after the values that are there already. */
export function narrowing(filter: SpendFilter, before: readonly unknown[]): { sql: string; values: unknown[] } {
  const values = [...before];
  const conditions = Object.entries(filter).flatMap(([name, value]) => {
    const column = COLUMNS[name as Division];
    if (value === undefined) return [];
    return value === NOT_RECORDED ? [`${column} is null`] : [`${column} = $${values.push(value)}`];
  });
  return { sql: conditions.length > 0 ? conditions.join(' and ') : 'true', values };
}
