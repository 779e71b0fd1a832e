import { type Division, NOT_RECORDED, type SpendFilter } from '../domain/spend-asked.ts';

/** How each thing spending is divided by is written: in what is grouped, and for a reader. */
export const columns: Readonly<Record<Division, { readonly raw: string; readonly shown: string }>> = {
  fund: { raw: 'fund_id', shown: 'key::text' },
  // A timestamp without a zone: reckoning the zone of a hundred thousand days took longer than adding them up.
  month: { raw: `date_trunc('month', day::timestamp)`, shown: `to_char(key, 'YYYY-MM')` },
  ...{ category: { raw: 'category', shown: 'key' }, standard: { raw: 'standard', shown: 'key' } },
  ...{ team: { raw: 'team', shown: 'key' }, ward: { raw: 'ward', shown: 'key' } },
};

const PAID = `left join payments.v_paid o on o.id = s.document_id`;
const FAMILY = `left join families.v_family f on f.id = o.family_id`;
const ITEM = `left join grants.v_instalment g on g.id = o.source_id and o.category = 'grants'`;
const PLAN = `left join subsistence.v_standard p on p.plan_id = o.source_id and o.category = 'section-17'`;

/**
 * Writes SQL for every transfer that spends between `$1` and `$2`, with what is needed of its payment and nothing more: at a
 * hundred thousand payments each join that nobody asked for costs as much as the sum.
 *
 * A family's team and ward are those of today.
 *
 * @param needed what it is narrowed or divided by; `payment` for its family, days and category
 */
export function spentSql(needed: readonly (Division | 'payment')[]): string {
  const isOfFamily = needed.includes('team') || needed.includes('ward');
  const isOfPlan = needed.includes('standard');
  const isOfItem = needed.includes('category');
  const isPaid = isOfFamily || isOfPlan || isOfItem || needed.includes('payment');
  const category = isOfItem
    ? `coalesce('grants:' || g.item_category, o.category, 'other')`
    : `coalesce(o.category, 'other')`;
  const of = [
    ...(isPaid
      ? [`o.family_id, o.source_id, coalesce(o.category, 'other') as stream, ${category} as category, o.days`]
      : []),
    ...(isOfFamily ? ['f.team, f.ward'] : []),
    ...(isOfPlan ? ['p.standard'] : []),
  ];
  return `select ${['s.fund_id, s.effective_date as day, s.document_id, s.kind, s.leg, s.amount', ...of].join(', ')}
    from ledger.v_spent s ${isPaid ? PAID : ''} ${isOfFamily ? FAMILY : ''} ${isOfPlan ? PLAN : ''} ${isOfItem ? ITEM : ''}
   where s.effective_date between $1 and $2`;
}

/**
 * Writes SQL for sums of what was spent between `$1` and `$2`, and of the days from `$3` to `$4` as `measured`: each row is a
 * family's payments of one purpose in a month. What is not summed up yet, and what is no payment, is read from its transfers,
 * so that all of it together is every transfer there is.
 *
 * @param needed what it is narrowed or divided by
 */
export function summedSql(needed: readonly Division[]): string {
  const isOfFamily = needed.includes('team') || needed.includes('ward');
  const isOfPlan = needed.includes('standard');
  const isOfItem = needed.includes('category');
  const of = [
    'o.fund_id, o.day, o.family_id, o.category as stream, o.payments, o.days, o.amount, o.measured',
    isOfItem ? `coalesce('grants:' || g.item_category, o.category) as category` : 'o.category',
    ...(isOfFamily ? ['f.team, f.ward'] : []),
    ...(isOfPlan ? ['p.standard'] : []),
  ];
  return `select ${of.join(', ')} from (${SUMMED}) o ${isOfFamily ? FAMILY : ''} ${isOfPlan ? PLAN : ''} ${isOfItem ? ITEM : ''}`;
}

const MONTH = (day: string): string => `date_trunc('month', ${day}::timestamp)::date`;
const SUMMED = `
  select fund_id, family_id, source_id, category, month as day, payments, days, amount, 0::numeric as measured
    from payments.v_spend_month where month between $1 and $2
  union all
  select fund_id, family_id, source_id, category, ${MONTH('day')}, 0, 0, 0, amount
    from payments.v_spend_day where day between greatest($1::date, $3::date) and least($2::date, $4::date)
  union all
  select fund_id, family_id, source_id, category, ${MONTH('day')}, 1, days, amount, case when day between $3 and $4 then amount else 0 end
    from payments.v_spend_unrolled where day between $1 and $2
  union all
  select s.fund_id, b.family_id, b.source_id, coalesce(b.category, 'other'), ${MONTH('s.effective_date')}, 0, 0, s.amount,
         case when s.effective_date between $3 and $4 then s.amount else 0 end
    from ledger.v_spent_besides s left join payments.v_paid b on b.id = s.document_id
   where s.effective_date between $1 and $2`;

/**
 * Writes SQL for what approved runs and awards hold, with everything it can be divided by: few, and for some weeks.
 *
 * A grants run holds nothing of its own: its lines are held by their awards.
 */
export const RESERVED = `
  select r.fund_id, r.entry_day as day, r.amount, r.category as stream, r.category, f.team, f.ward, p.standard
    from payments.v_reserved r
    left join families.v_family f on f.id = r.family_id
    left join subsistence.v_standard p on p.plan_id = r.source_id and r.category = 'section-17'
   where r.category <> 'grants'
  union all
  select c.fund_id, c.due_on, c.amount, 'grants', 'grants:' || g.item_category, f.team, f.ward, null
    from grants.v_committed c
    join grants.v_instalment g on g.id = c.id
    left join families.v_family f on f.id = c.family_id`;

/** Writes the conditions of a filter, after the values that are there already. */
export function narrowing(filter: SpendFilter, before: readonly unknown[]): { sql: string; values: unknown[] } {
  const values = [...before];
  const conditions = Object.entries(filter).flatMap(([name, value]) => {
    // The days asked for are those of the month already.
    if (value === undefined || name === 'month') return [];
    if (name === 'category' && value === 'grants') return [`stream = 'grants'`];
    const { raw } = columns[name as Division];
    return value === NOT_RECORDED ? [`${raw} is null`] : [`${raw} = $${values.push(value)}`];
  });
  return { sql: conditions.length > 0 ? conditions.join(' and ') : 'true', values };
}

/** Names what a filter needs to know of each transfer. */
export function neededBy(filter: SpendFilter): Division[] {
  return Object.keys(filter) as Division[];
}
