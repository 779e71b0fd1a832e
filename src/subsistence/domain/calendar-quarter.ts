import { addDays, earlier, type PlainDate, plainDate } from '../../kernel/index.ts';

/** Three months that one payment calendar tells, from a day up to, not including, another. */
export interface Quarter {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** A calendar is out at the latest so many days before its quarter begins. */
const DAYS_BEFORE_THE_QUARTER = 28;
/** What a letter takes over a holiday, with time left for another way where it does not arrive. */
const DAYS_ON_THE_WAY = 21;

/**
 * Says how many days before early money arrives its family is told of it alone, where no calendar told it: a day after the
 * calendar that should have, so that nobody is told twice.
 */
export function earlyNoticeLead(noticeDays: number): number {
  return noticeDays + DAYS_ON_THE_WAY;
}

/** Gives the quarter a day lies in. */
export function quarterOf(day: PlainDate): Quarter {
  const [year, month] = day.split('-').map(Number) as [number, number];
  const first = month - ((month - 1) % 3);
  return { from: firstOf(year, first), to: firstOf(year, first + 3) };
}

/** Gives the quarter after one. */
export function quarterAfter({ to }: Quarter): Quarter {
  return quarterOf(to);
}

/**
 * Finds the day a quarter's calendar is to go out: four weeks before the quarter, and sooner where its first early
 * payment asks for it, so that families have it `noticeDays` clear days before that money comes.
 * @param firstEarly the day the first early money of the quarter arrives, if any does
 */
export function calendarDueOn({ from }: Quarter, firstEarly: PlainDate | undefined, noticeDays: number): PlainDate {
  const latest = addDays(from, -DAYS_BEFORE_THE_QUARTER);
  return firstEarly ? earlier(latest, addDays(firstEarly, -noticeDays - 1 - DAYS_ON_THE_WAY)) : latest;
}

function firstOf(year: number, month: number): PlainDate {
  const [inYear, inMonth] = month > 12 ? [year + 1, month - 12] : [year, month];
  return plainDate(`${inYear}-${String(inMonth).padStart(2, '0')}-01`);
}
