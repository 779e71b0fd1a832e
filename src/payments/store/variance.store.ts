import type { Transaction } from '../../platform/index.ts';

/**
 * How a payment differs from the family's last one: it is new, it stopped, it is more or less than before, or it goes to
 * another account.
 */
export const varianceKinds = ['new', 'stopped', 'more', 'less', 'payee'] as const;
export type VarianceKind = (typeof varianceKinds)[number];

// Both go source by source, each by its own index ("limit 1" keeps them so): joined as whole runs, a few took 40 ms.

/** Compares each source's line with the last one posted for it. A payable line follows a posted one: it never changes. */
const LINES = `
  select r.id, r.pricing_round, l.source_id, l.family_id, l.id as line_id, l.authority_id, last.amount as before_amount, l.amount as now_amount,
         array_remove(array[case when last.amount is null then 'new' end, case when l.amount > last.amount then 'more' end,
           case when l.amount < last.amount then 'less' end, case when last.instrument_id <> l.instrument_id then 'payee' end], null) as kinds
    from unnest($2::bigint[]) as s(source_id) cross join payments.run r
    cross join lateral (select * from payments.line o where o.run_id = r.id and o.source_id = s.source_id and o.status <> 'void' limit 1) l
    left join lateral (select p.amount, p.instrument_id from payments.line p
                        where p.source_id = s.source_id and p.status = 'payable' and (p.covers_from, p.correction) < (l.covers_from, l.correction)
                          and p.run_id in (select id from payments.run where state in ('posted', 'exported'))
                        order by p.covers_from desc, p.correction desc limit 1) last on true
   where r.id = $1`;

/** Finds whom the last runs of this weekday paid and this one does not. Named once: by the first run after. */
const STOPPED = `
  select this.id, this.pricing_round, p.source_id, p.family_id, null::bigint, this.authority_id, p.amount, null::numeric, array['stopped']
    from unnest($2::bigint[]) as s(source_id)
    cross join (select t.*, coalesce((select max(q.pay_date) from payments.run q
                  where q.authority_id = t.authority_id and q.kind = t.kind and q.state in ('posted', 'exported')
                    and q.pay_date < t.pay_date and extract(isodow from q.pay_date) = extract(isodow from t.pay_date)),
                  t.pay_date - 7) as run_before from payments.run t where t.id = $1) this
    cross join lateral (select * from payments.line o where o.source_id = s.source_id and o.status = 'payable'
                         order by o.covers_from desc, o.correction desc limit 1) p
    join payments.run r on r.id = p.run_id and r.kind = this.kind and r.state in ('posted', 'exported')
         and r.pay_date between this.pay_date - 28 and this.pay_date - 7
         and extract(isodow from r.pay_date) = extract(isodow from this.pay_date)
   where p.covers_to <= this.pay_date and p.covers_to > this.run_before
     and not exists (select from payments.line h where h.run_id = this.id and h.source_id = s.source_id and h.status <> 'void')`;

/**
 * Writes down how some sources' payments in a run differ from their last ones, once they are priced.
 * @param sourceIds those that may differ: the many that do not are not compared again
 */
export async function keepVariance(tx: Transaction, runId: string, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return;
  await tx.query(
    `insert into payments.variance (run_id, round, source_id, family_id, line_id, authority_id, before_amount, now_amount, kinds)
     select * from (${LINES}) l where cardinality(kinds) > 0 union all ${STOPPED}`,
    [runId, sourceIds],
  );
}
