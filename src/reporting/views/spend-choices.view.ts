import { teamsAndWards } from '../../families/index.ts';
import { daysOfYear, financialYearOf, fundList } from '../../funds/index.ts';
import { addDays, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { monthsOf } from '../domain/spend-asked.ts';
import { spendingDays } from '../store/fund-days.store.ts';

/** What spending can be narrowed to, for a form. */
export interface SpendChoices {
  /** The financial years money moved in, this year and each between, the newest first. */
  readonly years: readonly string[];
  /** The months of the year asked about. */
  readonly months: readonly string[];
  readonly funds: readonly { readonly id: string; readonly name: string }[];
  readonly teams: readonly string[];
  readonly wards: readonly string[];
}

/** Lists what spending can be narrowed to. */
export async function spendChoices(tx: Transaction, year: string): Promise<SpendChoices> {
  const { first, last } = await spendingDays(tx);
  const { teams, wards } = await teamsAndWards(tx);
  const from = first ?? tx.today;
  const years = yearsOver(from, last && last > tx.today ? last : tx.today);
  return { years, months: monthsOf(year), funds: await fundList(tx), teams, wards };
}

function yearsOver(first: PlainDate, last: PlainDate): string[] {
  const years: string[] = [];
  for (let day = first; day <= last; day = addDays(daysOfYear(financialYearOf(day)).to, 1))
    years.push(financialYearOf(day));
  return years.toReversed();
}
