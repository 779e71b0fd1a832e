import { Money } from '../../kernel/index.ts';
import { type AccountBalance, balances } from '../../ledger/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchFund } from '../fund-problems.ts';

/** A fund with where its money stands; amounts as decimal text. */
export interface FundPosition {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly pays: readonly string[];
  readonly budget: Money;
  readonly available: Money;
  readonly committed: Money;
  readonly spent: Money;
}

/** A fund without its money. */
export interface FundRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly pays: string[];
  readonly isSection17Default: boolean;
}

/** Lists the council's funds, without their money. */
export function fundList(tx: Transaction): Promise<FundRow[]> {
  return tx.query(
    `select id, code, name, pays, is_section_17_default as "isSection17Default" from funds.fund order by code`,
  );
}

/** Finds a fund by its code. @throws no_such_fund */
export async function fundByCode(tx: Transaction, code: string): Promise<FundRow> {
  const fund = (await fundList(tx)).find((each) => each.code === code);
  if (!fund) throw noSuchFund(`"${code}" is not a fund of this council.`);
  return fund;
}

/** Finds a fund by its number. @throws no_such_fund */
export async function fundById(tx: Transaction, id: string): Promise<FundRow> {
  const fund = (await fundList(tx)).find((each) => each.id === id);
  if (!fund) throw noSuchFund('No fund of this council has that number.');
  return fund;
}

/** Says where each fund stands: budget, available, committed, spent. Every figure is a sum of transfers. */
export async function fundPositions(tx: Transaction): Promise<FundPosition[]> {
  const accounts = await balances(tx);
  return (await fundList(tx)).map((fund) => positionIn(accounts, fund));
}

/** Says where one fund stands. @throws no_such_fund */
export async function positionOf(tx: Transaction, fundId: string): Promise<FundPosition> {
  return positionIn(await balances(tx), await fundById(tx, fundId));
}

/** Adds up positions, for the last row of a table. */
export function totalOf(
  funds: readonly FundPosition[],
): Pick<FundPosition, 'budget' | 'available' | 'committed' | 'spent'> {
  const sum = (figure: 'budget' | 'available' | 'committed' | 'spent'): Money =>
    Money.sum(funds.map((fund) => fund[figure]));
  return { budget: sum('budget'), available: sum('available'), committed: sum('committed'), spent: sum('spent') };
}

function positionIn(accounts: readonly AccountBalance[], { id, code, name, pays }: FundRow): FundPosition {
  const net = (kind: string, side: 1 | -1): Money => {
    const account = accounts.find((each) => each.fundId === id && each.kind === kind);
    if (!account) return Money.zero;
    const credit = Money.gbp(account.credits).minus(Money.gbp(account.debits));
    return side === 1 ? credit : credit.negated();
  };
  return {
    ...{ id, code, name, pays, budget: net('budget', -1), available: net('available', 1) },
    ...{ committed: net('committed', 1), spent: net('spent', -1) },
  };
}
