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
  readonly asked: string;
  readonly awarded: string | null;
}

/** Which applications are asked for, and from where on. */
export interface ApplicationsAsked {
  readonly state?: ApplicationState;
  readonly familyId?: string;
  /** The last number of the page before. */
  readonly before?: string;
  readonly limit: number;
}

/** Lists applications, the newest first, a page at a time. */
export async function applicationsListed(tx: Transaction, asked: ApplicationsAsked): Promise<ApplicationListed[]> {
  const rows = await tx.query<Omit<ApplicationListed, 'family'>>(
    `select a.id, a.family_id as "familyId", a.fund_id as "fundId", a.state, a.opened_on as "openedOn",
            a.submitted_on as "submittedOn", a.opened_by as "openedBy",
            (select coalesce(sum(i.amount), 0)::numeric(14,2)::text from grants.item i where i.application_id = a.id and not i.removed) as asked,
            w.amount::numeric(14,2)::text as awarded
       from grants.application a left join grants.award w on w.application_id = a.id
      where ($1::text is null or a.state = $1) and ($2::bigint is null or a.family_id = $2) and ($3::bigint is null or a.id < $3)
      order by a.id desc limit $4`,
    [asked.state ?? null, asked.familyId ?? null, asked.before ?? null, asked.limit],
  );
  const references = await referencesOf(
    tx,
    rows.map((row) => row.familyId),
  );
  return rows.map((row) => ({ ...row, family: references.get(row.familyId) ?? '' }));
}
