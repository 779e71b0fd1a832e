import { addDays, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type Standing, standing, standingOn } from './accounts.view.ts';

/** One day of an account: what moved, and what stood on it in the evening. */
export interface StatementDay {
  readonly day: PlainDate;
  readonly n: number;
  readonly debits: string;
  readonly credits: string;
  /** In the evening. */
  readonly balance: string;
  readonly side: Standing['side'];
}

/** The days of an account in a period, between what stood on it before and after. */
export interface Statement {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly opening: Standing;
  readonly days: readonly StatementDay[];
  readonly moved: { readonly n: number; readonly debits: string; readonly credits: string };
  readonly closing: Standing;
}

/** Writes an account's statement for some days, `from` and `to` counted; days without movement are left out. */
export async function statementOf(
  tx: Transaction,
  accountId: string,
  from: PlainDate,
  to: PlainDate,
): Promise<Statement> {
  const opening = await standingOn(tx, accountId, addDays(from, -1));
  const days = await tx.query<StatementDay>(
    `select day, n::int as n, debits::numeric(16,2)::text as debits, credits::numeric(16,2)::text as credits,
            abs(so_far)::numeric(16,2)::text as balance, case when so_far >= 0 then 'debit' else 'credit' end as side
       from (select *, $4::numeric - $5::numeric + sum(debits - credits) over (order by day) as so_far
               from ledger.day_rollup where account_id = $1 and day between $2 and $3) r order by day`,
    [accountId, from, to, opening.debits, opening.credits],
  );
  const moved = await tx.one<Statement['moved']>(
    `select coalesce(sum(n), 0)::int as n, coalesce(sum(debits), 0)::numeric(16,2)::text as debits,
            coalesce(sum(credits), 0)::numeric(16,2)::text as credits
       from ledger.day_rollup where account_id = $1 and day between $2 and $3`,
    [accountId, from, to],
  );
  return { from, to, opening, days, moved, closing: await standingOn(tx, accountId, to) };
}

/** Names the months beside one, written `2026-11`, in which an account moved. */
export async function monthsAround(
  tx: Transaction,
  accountId: string,
  month: { from: PlainDate; to: PlainDate },
): Promise<{ earlier: string | null; later: string | null }> {
  return tx.one(
    `select to_char(max(day) filter (where day < $2), 'YYYY-MM') as earlier, to_char(min(day) filter (where day > $3), 'YYYY-MM') as later
       from ledger.day_rollup where account_id = $1`,
    [accountId, month.from, month.to],
  );
}

/** Says on which day an account moved last; nothing when it never did. */
export async function lastMovement(tx: Transaction, accountId: string): Promise<PlainDate | null> {
  const { day } = await tx.one<{ day: PlainDate | null }>(
    `select max(day) as day from ledger.day_rollup where account_id = $1`,
    [accountId],
  );
  return day;
}

/** Gives what moved on one day of an account; noughts when nothing did. */
export function dayOf(tx: Transaction, accountId: string, day: PlainDate): Promise<Standing & { n: number }> {
  return tx.one(
    `select coalesce(sum(n), 0)::int as n, ${standing('coalesce(sum(debits), 0)', 'coalesce(sum(credits), 0)')}
       from ledger.day_rollup where account_id = $1 and day = $2`,
    [accountId, day],
  );
}
