import { referencesOf } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ApplicationState } from '../application.states.ts';

/** An application as a list shows it. */
export interface ApplicationListed {
  readonly id: string;
  readonly familyId: string;
  readonly family: string;
  readonly fundId: string;
  readonly state: ApplicationState;
  readonly openedOn: PlainDate;
  readonly submittedOn: PlainDate | null;
  readonly openedBy: string | null;
  readonly recommendedBy: string | null;
  readonly asked: string;
  readonly awarded: string | null;
}

/** Which applications are asked for, and from where on. */
export interface ApplicationsAsked {
  readonly state?: ApplicationState;
  readonly familyId?: string;
  readonly fundId?: string;
  /** The newest first, or the largest amount first. */
  readonly sort?: 'newest' | 'amount';
  /** The last number of the page before. */
  readonly before?: string;
  readonly limit: number;
}

const LISTED = `select a.id, a.family_id as "familyId", a.fund_id as "fundId", a.state, a.opened_on as "openedOn",
    a.submitted_on as "submittedOn", a.opened_by as "openedBy", a.recommended_by as "recommendedBy", w.amount as awarded,
    (select coalesce(sum(i.amount), 0) from grants.item i where i.application_id = a.id and not i.removed) as asked
  from grants.application a left join grants.award w on w.application_id = a.id`;

const orders = { newest: 'l.id desc', amount: 'l.asked desc, l.id desc' } as const;
const after = {
  newest: '(l.id) < (b.id)',
  amount: '(l.asked, l.id) < (b.asked, b.id)',
} as const;

/** Lists applications, a page at a time, in the order asked for. */
export async function applicationsListed(tx: Transaction, asked: ApplicationsAsked): Promise<ApplicationListed[]> {
  const sort = asked.sort ?? 'newest';
  const rows = await tx.query<Omit<ApplicationListed, 'family'>>(
    `with listed as (${LISTED}) select l.id, l."familyId", l."fundId", l.state, l."openedOn", l."submittedOn", l."openedBy", l."recommendedBy",
            l.asked::numeric(14,2)::text as asked, l.awarded::numeric(14,2)::text as awarded
       from listed l left join listed b on b.id = $4
      where ($1::text is null or l.state = $1) and ($2::bigint is null or l."familyId" = $2)
        and ($3::bigint is null or l."fundId" = $3) and (b.id is null or ${after[sort]})
      order by ${orders[sort]} limit $5`,
    [asked.state ?? null, asked.familyId ?? null, asked.fundId ?? null, asked.before ?? null, asked.limit],
  );
  const references = await referencesOf(
    tx,
    rows.map((row) => row.familyId),
  );
  return rows.map((row) => ({ ...row, family: references.get(row.familyId) ?? '' }));
}
