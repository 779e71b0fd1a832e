import { type PlainDate, plainDate } from '../../kernel/index.ts';

/** Writes the financial year a day falls in, from April to March, for whoever budgets: `2026-27`. */
export function financialYearOf(day: PlainDate): string {
  return written(firstYearOf(day));
}

/** Says whether a text is a financial year, for whoever reads what somebody wrote: two years in a row. */
export function isFinancialYear(text: string): boolean {
  return /^20\d{2}-\d{2}$/.test(text) && written(Number(text.slice(0, 4))) === text;
}

/** Gives the years somebody may budget for on a day: the one before, this one and the next. */
export function yearsToBudgetFor(day: PlainDate): string[] {
  const year = firstYearOf(day);
  return [year - 1, year, year + 1].map(written);
}

/** Gives the first and the last day of a financial year, for whoever adds up what was spent in it. */
export function daysOfYear(financialYear: string): { from: PlainDate; to: PlainDate } {
  const year = Number(financialYear.slice(0, 4));
  return { from: plainDate(`${year}-04-01`), to: plainDate(`${year + 1}-03-31`) };
}

function firstYearOf(day: PlainDate): number {
  return Number(day.slice(0, 4)) - (day.slice(5) < '04-01' ? 1 : 0);
}

function written(year: number): string {
  return `${year}-${String(year + 1).slice(2)}`;
}
