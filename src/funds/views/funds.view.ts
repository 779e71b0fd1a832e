import { defineProblem, Money } from '../../kernel/index.ts';
import { balances } from '../../ledger/index.ts';
import type { Transaction } from '../../platform/index.ts';

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

export const noSuchFund = defineProblem('no_such_fund', {
  status: 404,
  title: 'There is no such fund',
  whatToDo: 'Use the code of a fund of this council, or add the fund first.',
});

interface FundRow {
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

/** Says where each fund stands: budget, available, committed, spent. Every figure is a sum of transfers. */
export async function fundPositions(tx: Transaction): Promise<FundPosition[]> {
  const accounts = await balances(tx);
  const net = (fundId: string, kind: string, side: 1 | -1): Money => {
    const account = accounts.find((each) => each.fundId === fundId && each.kind === kind);
    if (!account) return Money.zero;
    const credit = Money.gbp(account.credits).minus(Money.gbp(account.debits));
    return side === 1 ? credit : credit.negated();
  };
  return (await fundList(tx)).map(({ id, code, name, pays }) => ({
    ...{ id, code, name, pays, budget: net(id, 'budget', -1), available: net(id, 'available', 1) },
    ...{ committed: net(id, 'committed', 1), spent: net(id, 'spent', -1) },
  }));
}
