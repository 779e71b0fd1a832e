import type { Transaction } from '../../platform/index.ts';

/** Adds a posted run to the sums of spending, once; the database works them out from its transfers. */
export async function rollUpRun(tx: Transaction, runId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('payments.rolled_run'), $1::int)`, [tx.actor.authorityId]);
  await tx.query(
    `insert into payments.rolled_run (run_id, authority_id)
     select $1, $2 where not exists (select from payments.rolled_run where run_id = $1)`,
    [runId, tx.actor.authorityId],
  );
}

/**
 * Sums of spending that are not what the payment orders of their runs come to; nothing, when all is well. That each transfer is its
 * order is proved by itself.
 */
export function spendSumsAmiss(tx: Transaction): Promise<{ month: string; kept: string; orders: string }[]> {
  return tx.query(
    `with orders as (
       select o.family_id, l.source_id, o.fund_id, r.kind as category, date_trunc('month', r.entry_day::timestamp)::date as month,
              count(*) as payments, sum(l.covers_to - l.covers_from) as days, sum(o.amount) as amount
         from payments.rolled_run x join payments.run r on r.id = x.run_id
         join payments.payment_order o on o.run_id = r.id join payments.line l on l.id = o.id group by 1, 2, 3, 4, 5),
     by_day as (
       select family_id, source_id, fund_id, category, date_trunc('month', day::timestamp)::date as month,
              sum(payments) as payments, sum(days) as days, sum(amount) as amount from payments.spend_day group by 1, 2, 3, 4, 5)
     select to_char(month, 'YYYY-MM') as month, coalesce(sum(m.amount), 0)::numeric(16,2)::text as kept,
            coalesce(sum(o.amount), 0)::numeric(16,2)::text as orders
       from payments.spend_month m
       full join orders o using (family_id, source_id, fund_id, category, month)
       full join by_day d using (family_id, source_id, fund_id, category, month)
      where (m.payments, m.days, m.amount) is distinct from (o.payments, o.days, o.amount)
         or (d.payments, d.days, d.amount) is distinct from (o.payments, o.days, o.amount)
      group by 1 order by 1`,
  );
}
