import { budgetsByYear, fundList } from '../../funds/index.ts';
import { Money, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { fundStandings } from '../store/fund-days.store.ts';

/** What a fund has: its budget of one year; committed and available over all years. */
export interface FundMoney {
  readonly fundId: string;
  readonly budget: Money;
  readonly committed: Money;
  readonly available: Money;
}

/** The same of several funds, and together. */
export interface MoneyOfFunds extends Omit<FundMoney, 'fundId'> {
  readonly funds: readonly FundMoney[];
}

/** Says what each fund, or one, has in a financial year. @param on the last day of the year */
export async function fundMoney(tx: Transaction, year: string, on: PlainDate, fundId?: string): Promise<MoneyOfFunds> {
  const [standings, budgets] = [await fundStandings(tx, on), await budgetsByYear(tx)];
  const asked = (await fundList(tx)).filter(({ id }) => fundId === undefined || id === fundId);
  const funds = asked.map(({ id }) => {
    const standing = standings.find((each) => each.fundId === id);
    const budget = budgets.find((each) => each.fundId === id && each.financialYear === year)?.budget ?? Money.zero;
    const of = (figure: 'committed' | 'available'): Money => Money.gbp(standing?.[figure] ?? '0.00');
    return { fundId: id, budget, committed: of('committed'), available: of('available') };
  });
  const sum = (figure: 'budget' | 'committed' | 'available'): Money => Money.sum(funds.map((each) => each[figure]));
  return { funds, budget: sum('budget'), committed: sum('committed'), available: sum('available') };
}
