import { daysOfYear } from '../../funds/index.ts';
import { addDays, isPlainDate, type PlainDate, plainDate } from '../../kernel/index.ts';

/** What spending can be divided by. */
export const divisions = ['fund', 'category', 'team', 'ward', 'month', 'standard'] as const;
/** One of them. */
export type Division = (typeof divisions)[number];

/** Stands, in an address, for what is not written down: a family without a ward, a payment without a standard. */
export const NOT_RECORDED = '~none';

/** What spending is narrowed to; nothing given, all of the year. Texts as rooms write them, months as `2026-12`. */
export type SpendFilter = Readonly<Partial<Record<Division, string>>>;

/** What somebody asks of spending: a financial year, divided by one thing, narrowed by others. */
export interface SpendAsked {
  /** Written `2026-27`, from April to March. */
  readonly year: string;
  readonly by: Division;
  readonly filter: SpendFilter;
}

/** The first and the last day counted. */
export interface Days {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** Gives the days somebody asks about: the year, or one month of it; none at all for a month of another year. */
export function daysAsked({ year, filter: { month } }: Pick<SpendAsked, 'year' | 'filter'>): Days {
  const days = daysOfYear(year);
  if (month === undefined) return days;
  if (!isPlainDate(`${month}-01`)) return { from: days.to, to: addDays(days.to, -1) };
  const from = plainDate(`${month}-01`);
  if (from < days.from || from > days.to) return { from: days.to, to: addDays(days.to, -1) };
  return { from, to: lastDayOf(from) };
}

/** Lists the months of a financial year, from April, for whoever sets one under another: `2026-04`. */
export function monthsOf(year: string): string[] {
  let { from } = daysOfYear(year);
  return Array.from({ length: 12 }, () => {
    const month = from.slice(0, 7);
    from = addDays(lastDayOf(from), 1);
    return month;
  });
}

/** Says whether spending is narrowed by more than its fund: nothing else has a budget of its own. */
export function isNarrowed(filter: SpendFilter): boolean {
  return divisions.some((each) => each !== 'fund' && filter[each] !== undefined);
}

function lastDayOf(firstOfMonth: PlainDate): PlainDate {
  return addDays(plainDate(`${addDays(firstOfMonth, 31).slice(0, 7)}-01`), -1);
}
