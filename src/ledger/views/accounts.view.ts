import { defineProblem, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Tells an auditor that no account of this council has that number. */
export const noSuchAccount = defineProblem('no_such_account', {
  status: 404,
  title: 'There is no such account',
  whatToDo: 'Choose an account from the ledger’s list.',
});

/** What stands on an account: never below nought, with the side it stands on. Amounts are decimal text. */
export interface Standing {
  readonly debits: string;
  readonly credits: string;
  readonly balance: string;
  readonly side: 'debit' | 'credit';
}

/** An account with what stands on it. */
export interface Account extends Standing {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly fundId: string | null;
}

/** Writes SQL that gives a standing of two sums. */
export function standing(debits: string, credits: string): string {
  return `(${debits})::numeric(16,2)::text as debits, (${credits})::numeric(16,2)::text as credits,
    abs((${debits}) - (${credits}))::numeric(16,2)::text as balance,
    case when (${debits}) >= (${credits}) then 'debit' else 'credit' end as side`;
}

const ACCOUNT = `a.id::text as id, a.code, a.kind, a.fund_id as "fundId", ${standing('b.debits', 'b.credits')}`;

/** Lists accounts with what stands on them, those of funds first. */
export function accountList(tx: Transaction, narrowed: { kind?: string; fundId?: string } = {}): Promise<Account[]> {
  return tx.query(
    `select ${ACCOUNT} from ledger.account a join ledger.balance b on b.account_id = a.id
      where ($1::text is null or a.kind = $1) and ($2::bigint is null or a.fund_id = $2)
      order by a.fund_id nulls last, a.id`,
    [narrowed.kind ?? null, narrowed.fundId ?? null],
  );
}

/** Finds one account. @throws no_such_account */
export async function accountById(tx: Transaction, id: string): Promise<Account> {
  const row = await tx.maybe<Account>(
    `select ${ACCOUNT} from ledger.account a join ledger.balance b on b.account_id = a.id where a.id = $1::bigint`,
    [id],
  );
  if (!row) throw noSuchAccount('No account of this council has that number.');
  return row;
}

/** Gives the accounts a reader asks for: one, or all of a fund; nothing when neither is named. */
export async function accountsAsked(
  tx: Transaction,
  accountId: string | undefined,
  fundId: string | undefined,
): Promise<string[] | undefined> {
  if (accountId) return [accountId];
  return fundId ? (await accountList(tx, { fundId })).map(({ id }) => id) : undefined;
}

/** Says what stood on an account at the end of a day, from the sums by day. */
export function standingOn(tx: Transaction, accountId: string, day: PlainDate): Promise<Standing> {
  return tx.one(
    `select ${standing('coalesce(sum(debits), 0)', 'coalesce(sum(credits), 0)')}
       from ledger.day_rollup where account_id = $1 and day <= $2`,
    [accountId, day],
  );
}

/** Adds up each account's movements of some days: `from` and `to` are counted. */
export function movements(
  tx: Transaction,
  accountIds: readonly string[],
  from: PlainDate,
  to: PlainDate,
): Promise<(Standing & { accountId: string; n: number })[]> {
  return tx.query(
    `select account_id::text as "accountId", sum(n)::int as n, ${standing('sum(debits)', 'sum(credits)')}
       from ledger.day_rollup where account_id = any ($1::int[]) and day between $2 and $3 group by 1`,
    [accountIds, from, to],
  );
}
