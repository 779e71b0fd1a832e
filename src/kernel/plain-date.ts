import { Temporal } from 'temporal-polyfill';
import { defineProblem } from './problem.ts';

declare const plainDateBrand: unique symbol;

/** A calendar day without a time or a zone, written `2026-12-01`; written days sort and compare as text. */
export type PlainDate = string & { readonly [plainDateBrand]: true };

/** The working week's pay days, Monday first. */
export const payDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
/** Names a weekday a family may be paid on. */
export type PayDay = (typeof payDays)[number];

/** Tells a caller that what they wrote is not a day that exists. */
export const notADate = defineProblem('not_a_date', {
  status: 422,
  title: 'That is not a date',
  whatToDo: 'Write the date as year-month-day, for example 2026-12-01, and check that the day exists.',
});

const WRITTEN = /^\d{4}-\d{2}-\d{2}$/;
const DAY_IN_MILLISECONDS = 86_400_000;
const MOST_REMEMBERED = 10_000;
const daysAt = new Map<number, PlainDate>();

/** Reads a day somebody wrote as `YYYY-MM-DD`. @throws not_a_date for other shapes and days that do not exist */
export function plainDate(text: string): PlainDate {
  epochDay(text as PlainDate);
  return text as PlainDate;
}

/** Says whether a text is a day that exists. */
export function isPlainDate(text: string): text is PlainDate {
  try {
    plainDate(text);
    return true;
  } catch {
    return false;
  }
}

/** Counts the days from 1970-01-01, so that whole days can be subtracted. @throws not_a_date */
export function epochDay(date: PlainDate): number {
  // The platform's own reading of an ISO day: a run asks millions of times, and everything with an object in it is slower.
  const at = WRITTEN.test(date) ? Date.parse(date) : Number.NaN;
  // It reads 30 February as 2 March, so the day must come out again as it went in.
  if (Number.isNaN(at) || new Date(at).getUTCDate() !== Number(date.slice(8))) throw noSuchDay(date);
  return at / DAY_IN_MILLISECONDS;
}

/** Gives the day so many days after (before, when negative), for whoever plans ahead. Whole days. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return dayAt(epochDay(date) + days);
}

/** Counts whole days from `from` up to, not including, `to` (negative when `to` is earlier). */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return epochDay(to) - epochDay(from);
}

/**
 * Gives the day a person born on `born` reaches `years`.
 *
 * Someone born on 29 February has the birthday on 1 March in other years.
 * @source UK practice for leap-day birthdays; see decision 0004
 */
export function birthday(born: PlainDate, years: number): PlainDate {
  const birth = read(born);
  const reached = birth.add({ years });
  return (reached.day === birth.day ? reached : reached.add({ days: 1 })).toString() as PlainDate;
}

/** Gives the day of the week, Monday = 1 to Sunday = 7. */
export function weekdayNumber(date: PlainDate): number {
  return ((((epochDay(date) + 3) % 7) + 7) % 7) + 1;
}

/** Gives the pay day a date falls on, for whoever opens a run; nothing at a weekend. */
export function payDayOf(date: PlainDate): PayDay | undefined {
  return payDays[weekdayNumber(date) - 1];
}

/** Gives the first day on or after `from` that falls on the pay day. */
export function nextPayDay(from: PlainDate, payDay: PayDay): PlainDate {
  const ahead = (payDays.indexOf(payDay) + 1 - weekdayNumber(from) + 7) % 7;
  return ahead === 0 ? from : addDays(from, ahead);
}

/** Gives the earlier of two days, for whoever ends something at the first of them. */
export function earlier(a: PlainDate, b: PlainDate): PlainDate {
  return a < b ? a : b;
}

/** Gives the later of two days, for whoever begins something at the last of them. */
export function later(a: PlainDate, b: PlainDate): PlainDate {
  return a > b ? a : b;
}

/** Gives the day of the year, 1 to 366. */
export function dayOfYear(date: PlainDate): number {
  return read(date).dayOfYear;
}

/** Writes the day so many days after 1970-01-01. Remembered: runs ask for the same days. */
function dayAt(epoch: number): PlainDate {
  const known = daysAt.get(epoch);
  if (known !== undefined) return known;
  const day = new Date(epoch * DAY_IN_MILLISECONDS).toISOString().slice(0, 10) as PlainDate;
  if (daysAt.size > MOST_REMEMBERED) daysAt.clear();
  daysAt.set(epoch, day);
  return day;
}

function read(date: PlainDate): Temporal.PlainDate {
  epochDay(date);
  return Temporal.PlainDate.from(date);
}

function noSuchDay(text: string) {
  return notADate(`"${String(text)}" is not a day of the calendar.`);
}
