import { type PlainDate, addDays, plainDate, weekdayNumber } from '../../kernel/index.ts';
import type { BankHolidays, Division } from './bank-holidays.ts';

const SATURDAY = 6;

/**
 * Tells planners which days somebody is at work: Monday to Friday, less the holidays it was given.
 *
 * One calendar is one division's (or Bacs's own, which is England and Wales). It never changes: when a holiday is
 * announced, make another. Past the last holiday it was given it knows weekends only: ask `knownTo` first.
 */
export class WorkingCalendar {
  readonly #holidays: ReadonlySet<PlainDate>;

  /** The last day the calendar can answer for: 31 December of its latest holiday's year. Absent with no holidays. */
  readonly knownTo: PlainDate | undefined;

  constructor(holidays: Iterable<PlainDate>) {
    this.#holidays = new Set(holidays);
    const latest = [...this.#holidays].toSorted().at(-1);
    this.knownTo = latest && plainDate(`${latest.slice(0, 4)}-12-31`);
  }

  /** Says, for whoever plans a payment, whether the holidays of that day's year are known. */
  knows(day: PlainDate): boolean {
    return this.knownTo === undefined || day <= this.knownTo;
  }

  /** Says whether a day is a holiday it was given, for whoever works on Saturdays, as the post does. */
  isHoliday(day: PlainDate): boolean {
    return this.#holidays.has(day);
  }

  isWorkingDay(day: PlainDate): boolean {
    return weekdayNumber(day) < SATURDAY && !this.isHoliday(day);
  }

  /** Finds the day a payer uses when a day off must be brought forward: the day itself if it is a working day. */
  workingDayOnOrBefore(day: PlainDate): PlainDate {
    return this.isWorkingDay(day) ? day : this.#step(day, -1);
  }

  /** Finds the day work resumes: the day itself if it is a working day. */
  workingDayOnOrAfter(day: PlainDate): PlainDate {
    return this.isWorkingDay(day) ? day : this.#step(day, 1);
  }

  /**
   * Counts working days on (or back, when `count` is negative) for whoever sets a deadline.
   *
   * The first day counted is the first working day after (before) `day`, so from a Saturday 1 is Monday and -1 is
   * Friday. Nought gives `day` back unchanged, working or not.
   * @param count whole days; a fraction is a programmer's mistake and throws RangeError
   */
  addWorkingDays(day: PlainDate, count: number): PlainDate {
    if (!Number.isSafeInteger(count)) throw new RangeError('working days are counted whole');
    const direction = count < 0 ? -1 : 1;
    let reached = day;
    for (let left = Math.abs(count); left > 0; left -= 1) reached = this.#step(reached, direction);
    return reached;
  }

  #step(day: PlainDate, direction: 1 | -1): PlainDate {
    let reached = addDays(day, direction);
    while (!this.isWorkingDay(reached)) reached = addDays(reached, direction);
    return reached;
  }
}

/** Makes the calendar a division works by, for planners. Bacs itself always works by England and Wales. */
export function workingCalendarOf(holidays: BankHolidays, division: Division): WorkingCalendar {
  return new WorkingCalendar(holidays[division].map((holiday) => holiday.date));
}
