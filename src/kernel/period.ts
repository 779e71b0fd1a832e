import { type PlainDate, daysBetween, earlier, later } from './plain-date.ts';

/** Days from `from` up to, not including, `to`: closed-open, as everywhere in Mainstay. */
export interface Period {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** Counts the days of a period, for whoever prices it. */
export function lengthInDays(period: Period): number {
  return daysBetween(period.from, period.to);
}

/** Gives the days two periods share, or nothing. An absent end means "until further notice". */
export function overlap(
  a: { from: PlainDate; to?: PlainDate | null },
  b: { from: PlainDate; to?: PlainDate | null },
): { from: PlainDate; to: PlainDate | null } | undefined {
  const from = later(a.from, b.from);
  const to = a.to && b.to ? earlier(a.to, b.to) : (a.to ?? b.to ?? null);
  return to !== null && to <= from ? undefined : { from, to };
}
