import { addDays, daysBetween, earlier, later, Money, type PlainDate } from '../../kernel/index.ts';
import type { Days } from './spend-asked.ts';

const FOUR_WEEKS = 28;

/** On which days a forecast rests, so that a person can work it out again. */
export interface ForecastBasis {
  /** The last day that is paid or committed, or today: what is spent after it is forecast. */
  readonly until: PlainDate;
  /** The days spending is measured on: whole weeks, four at most, up to the last payment or today. */
  readonly measured: Days;
  readonly weeksMeasured: number;
  /** Days left of the financial year, and the same in weeks, written with one decimal. */
  readonly daysLeft: number;
  readonly weeksLeft: string;
}

/** What there is to go by: the first and last day money was spent in the year, and the last day a run will pay. */
export interface KnownDays {
  readonly first: PlainDate | null;
  readonly last: PlainDate | null;
  readonly reservedUntil: PlainDate | null;
}

/**
 * Says from which days a finance officer's forecast is made.
 *
 * Weeks left begin after what is committed, so that a run already approved is not counted twice.
 */
export function forecastBasis(year: Days, today: PlainDate, known: KnownDays): ForecastBasis {
  const now = earlier(later(today, known.last ?? today), year.to);
  const weeksMeasured = known.first === null ? 1 : weeksSince(known.first, now);
  const until = later(later(now, earlier(known.reservedUntil ?? now, year.to)), addDays(year.from, -1));
  const daysLeft = Math.max(0, daysBetween(until, year.to));
  const measured = { from: addDays(now, 1 - weeksMeasured * 7), to: now };
  return { until, measured, weeksMeasured, daysLeft, weeksLeft: (daysLeft / 7).toFixed(1) };
}

/**
 * Works out what will be spent from there to the end of the year: what a week took, times the weeks left. Rounded once.
 *
 * @param measured what was spent on the days measured; nothing when more came back than went out
 */
export function yetToSpend(measured: Money, { weeksMeasured, daysLeft }: ForecastBasis): Money {
  if (!measured.isPositive()) return Money.zero;
  const of = BigInt(weeksMeasured * 7);
  return Money.fromPence((measured.toPence() * BigInt(daysLeft) * 2n + of) / (of * 2n));
}

/** Shares what is yet to be spent out among the parts it was measured on; the shares add up to it. */
export function shareOut(total: Money, measured: readonly Money[]): Money[] {
  const weights = measured.map((each) => (each.isPositive() ? each.toPence() : 0n));
  return weights.some((each) => each > 0n) ? total.allocate(weights) : measured.map(() => Money.zero);
}

function weeksSince(first: PlainDate, now: PlainDate): number {
  const days = Math.min(FOUR_WEEKS, Math.max(1, daysBetween(first, now) + 1));
  return Math.ceil(days / 7);
}
