import { fundList } from '../../funds/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { EarlierGrant } from '../domain/checks.ts';

/** Lists what a family was awarded in the past year, and asks for besides one application, the newest first. */
export async function earlierGrants(tx: Transaction, familyId: string, besides: string): Promise<EarlierGrant[]> {
  const codes = new Map((await fundList(tx)).map((fund) => [fund.id, fund.code]));
  const rows = await tx.query<Omit<EarlierGrant, 'fundCode'>>(
    `select a.id as "applicationId", a.fund_id as "fundId", a.state = 'awarded' as "isAwarded",
            coalesce(w.awarded_on, a.opened_on) as "on",
            array(select distinct i.category from grants.item i where i.application_id = a.id and not i.removed and coalesce(i.awarded, 1) > 0) as categories
       from grants.application a left join grants.award w on w.application_id = a.id
      where a.family_id = $1 and a.id <> $2 and a.state not in ('declined', 'withdrawn')
        and coalesce(w.state, 'active') <> 'cancelled' and coalesce(w.awarded_on, a.opened_on) > $3::date - 366
      order by a.id desc limit 50`,
    [familyId, besides, tx.today],
  );
  return rows.map((row) => ({ ...row, fundCode: codes.get(row.fundId) ?? '' }));
}

/** Says which of some families were helped with one of these categories in the past quarter. */
export async function helpedLately(
  tx: Transaction,
  familyIds: readonly string[],
  categories: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select distinct w.family_id as id from grants.award w join grants.item i on i.application_id = w.application_id
      where w.family_id = any ($1::bigint[]) and w.state <> 'cancelled' and w.awarded_on > $3::date - 90
        and i.category = any ($2::text[]) and i.awarded > 0`,
    [familyIds, categories, tx.today],
  );
  return new Set(rows.map((row) => row.id));
}
