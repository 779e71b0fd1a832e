import { budgetOfYear, positionOf } from '../../funds/index.ts';
import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** What a proposal does to one fund, in numbers. */
export interface Effect {
  readonly name: string;
  readonly year: { readonly now: Money; readonly after: Money };
  readonly available: { readonly now: Money; readonly after: Money };
}

/** Works out what money for a fund would change: in it, and in the fund it comes from. */
export async function effectsOf(
  tx: Transaction,
  money: { fundId: string; fromFundId: string | null; financialYear: string; amount: string },
): Promise<Effect[]> {
  const amount = Money.gbp(money.amount);
  const into = await effectOn(tx, money.fundId, money.financialYear, amount);
  if (money.fromFundId === null) return [into];
  return [await effectOn(tx, money.fromFundId, money.financialYear, amount.negated()), into];
}

async function effectOn(tx: Transaction, fundId: string, financialYear: string, change: Money): Promise<Effect> {
  const { name, available } = await positionOf(tx, fundId);
  const year = await budgetOfYear(tx, fundId, financialYear);
  return {
    name,
    year: { now: year, after: year.plus(change) },
    available: { now: available, after: available.plus(change) },
  };
}
