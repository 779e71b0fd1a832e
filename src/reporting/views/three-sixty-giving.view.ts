import { fundList } from '../../funds/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { FEWEST_PUBLISHED } from '../domain/small-numbers.ts';
import { daysAsked } from '../domain/spend-asked.ts';
import type { PublishedGrant } from '../domain/three-sixty-giving.ts';

/** A year's grants to be published, and how many are left out. */
export interface GrantsPublished {
  readonly year: string;
  readonly grants: readonly PublishedGrant[];
  /** Awards of a month and fund with fewer than five households. */
  readonly leftOut: number;
}

interface Found extends Omit<PublishedGrant, 'fundCode' | 'programme'> {
  readonly fundId: string;
  readonly programme: string | null;
  readonly households: number;
}

/**
 * Lists the awards of a financial year for whoever publishes them. What a fund awarded in a month to fewer than five
 * households is left out: a day and an odd amount can point at a family. Section 17 support is never in it.
 */
export async function grantsPublished(tx: Transaction, year: string): Promise<GrantsPublished> {
  const { from, to } = daysAsked({ year, filter: {} });
  const found = await tx.query<Found>(
    `with awarded as (select * from grants.v_award where awarded_on between $1 and $2 and state <> 'cancelled' and amount > 0),
          kept as (select fund_id, date_trunc('month', awarded_on::timestamp) as month, count(distinct family_id)::int as households
                     from awarded group by 1, 2)
     select w.public_id as "publicId", w.awarded_on as "awardedOn", w.amount::numeric(14,2)::text as amount,
            coalesce(d.amount, 0)::numeric(14,2)::text as disbursed, w.categories, w.is_emergency as "isEmergency",
            w.fund_id::text as "fundId", greatest(w.changed_at::date, d.last, w.awarded_on)::text as "lastModified", k.households
       from awarded w
       join kept k on k.fund_id = w.fund_id and k.month = date_trunc('month', w.awarded_on::timestamp)
       left join lateral (select sum(s.amount) as amount, max(s.effective_date) as last from payments.v_paid o
             join ledger.v_spent s on s.document_id = o.id where o.source_id = any (w.paid) and o.category = 'grants') d on true
      order by w.awarded_on, w.public_id`,
    [from, to],
  );
  const funds = new Map((await fundList(tx)).map((fund) => [fund.id, fund]));
  const told = found.filter(({ households }) => households >= FEWEST_PUBLISHED);
  const grants = told.map(
    ({ publicId, awardedOn, amount, disbursed, categories, isEmergency, lastModified, fundId }) => {
      const fund = funds.get(fundId);
      const award = { publicId, awardedOn, amount, disbursed, categories, isEmergency, lastModified };
      return { ...award, fundCode: fund?.code ?? '', programme: fund?.name ?? '' };
    },
  );
  return { year, grants, leftOut: found.length - told.length };
}
