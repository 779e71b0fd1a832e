import type { Transaction } from '../../platform/index.ts';

/**
 * How a payment differs from the family's last one: it is new, it stopped, it is more or less than before, or it goes to
 * another account.
 */
export const varianceKinds = ['new', 'stopped', 'more', 'less', 'payee'] as const;
export type VarianceKind = (typeof varianceKinds)[number];

/** Compares each line with the last one posted for the same source. A payable line follows a posted one: it never changes. */
const LINES = `
  select l.run_id, r.pricing_round, l.source_id, l.family_id, l.id, l.authority_id, last.amount as before_amount, l.amount as now_amount,
         array_remove(array[case when last.amount is null then 'new' end, case when l.amount > last.amount then 'more' end,
           case when l.amount < last.amount then 'less' end, case when last.instrument_id <> l.instrument_id then 'payee' end], null) as kinds
    from payments.run r join payments.line l on l.run_id = r.id and l.status <> 'void'
    left join lateral (select p.amount, p.instrument_id from payments.line p
                        where p.source_id = l.source_id and p.status = 'payable' and p.covers_from < l.covers_from
                          and p.run_id in (select id from payments.run where state in ('posted', 'exported'))
                        order by p.covers_from desc limit 1) last on true
   where r.id = $1`;

/** Finds whom the last runs of this weekday paid and this one does not. Named once: by the first run after. */
const STOPPED = `
  select this.id, this.pricing_round, p.source_id, p.family_id, null::bigint, this.authority_id, p.amount, null::numeric, array['stopped']
    from payments.run this join payments.run r on r.authority_id = this.authority_id and r.kind = this.kind
         and r.state in ('posted', 'exported') and r.pay_date between this.pay_date - 28 and this.pay_date - 7
         and extract(isodow from r.pay_date) = extract(isodow from this.pay_date)
    join payments.line p on p.run_id = r.id and p.status = 'payable' and p.covers_to <= this.pay_date
   where this.id = $1
     and p.covers_to > coalesce((select max(q.pay_date) from payments.run q
           where q.authority_id = this.authority_id and q.kind = this.kind and q.state in ('posted', 'exported')
             and q.pay_date < this.pay_date and extract(isodow from q.pay_date) = extract(isodow from this.pay_date)),
           this.pay_date - 7)
     and not exists (select from payments.line n where n.source_id = p.source_id and n.status = 'payable' and n.covers_from >= p.covers_to)
     and not exists (select from payments.line h where h.run_id = this.id and h.source_id = p.source_id and h.status <> 'void')`;

/** Writes down how a run that has just been priced differs from the last ones. */
export async function keepVariance(tx: Transaction, runId: string): Promise<void> {
  await tx.query(
    `insert into payments.variance (run_id, round, source_id, family_id, line_id, authority_id, before_amount, now_amount, kinds)
     select * from (${LINES}) l where cardinality(kinds) > 0 union all ${STOPPED}`,
    [runId],
  );
}
