import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** What a pricing saw: a snapshot of the database, and the day it was. */
export interface Seen {
  readonly snapshot: string;
  readonly on: PlainDate;
}

/** Finds families that got other bank details to be paid to: approved since, or past their cool-off since. */
export async function familiesWithOtherAccounts(tx: Transaction, { snapshot, on }: Seen): Promise<string[]> {
  const rows = await tx.query<{ family_id: string }>(
    `select family_id from families.instrument where state = 'approved' and kind <> 'third-party' and usable_from <= $3 and (usable_from > $2 or kernel.came_after(changed_in, $1::pg_snapshot))`,
    [snapshot, on, tx.today],
  );
  return rows.map((row) => row.family_id);
}

/** Finds families whose people, or the account they are paid to, changed since. */
export async function familiesChangedSince(tx: Transaction, seen: Seen): Promise<string[]> {
  const rows = await tx.query<{ family_id: string }>(
    `select distinct family_id from families.member where kernel.came_after(changed_in, $1::pg_snapshot)`,
    [seen.snapshot],
  );
  return [...new Set([...rows.map((row) => row.family_id), ...(await familiesWithOtherAccounts(tx, seen))])];
}
