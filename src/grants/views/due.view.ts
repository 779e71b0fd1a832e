import type { PlainDate } from '../../kernel/index.ts';
import { sourcesOnLines } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** What instalments come to. */
export interface DueFigures {
  readonly instalments: number;
  readonly amount: string;
}

/** Adds up what is due by a day and stands in no run yet, for whoever opens the next one. */
export async function dueFigures(tx: Transaction, by: PlainDate): Promise<DueFigures> {
  const due = await tx.query<{ id: string }>(
    `select i.id from grants.instalment i join grants.award w on w.id = i.award_id and w.state = 'active'
      where i.state = 'due' and i.due_on <= $1`,
    [by],
  );
  const ids = due.map((row) => row.id);
  const standing = await sourcesOnLines(tx, ids);
  return tx.one(
    `select count(*)::int as instalments, coalesce(sum(amount), 0)::numeric(14,2)::text as amount
       from grants.instalment where id = any ($1::bigint[])`,
    [ids.filter((id) => !standing.has(id))],
  );
}

/** What a family was awarded since the financial year began. */
export interface FamilyYear {
  readonly awards: number;
  readonly awarded: string;
}

/** Adds up what a family was awarded this financial year, for whoever decides: what was cancelled does not count. @param fundId of one fund, or of all */
export function familyYear(tx: Transaction, familyId: string, fundId: string | null = null): Promise<FamilyYear> {
  return tx.one(
    `select count(distinct w.id)::int as awards, coalesce(sum(i.amount), 0)::numeric(14,2)::text as awarded
       from grants.award w join grants.instalment i on i.award_id = w.id and i.state <> 'cancelled'
      where w.family_id = $1 and ($3::bigint is null or w.fund_id = $3)
        and w.awarded_on >= make_date(extract(year from $2::date - interval '3 months')::int, 4, 1)`,
    [familyId, tx.today, fundId],
  );
}
