import { type PlainDate, addDays, dayOfYear, defineProblem } from '../../kernel/index.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** Tells whoever plans a payment that the bank holidays of that year are not known yet. */
export const calendarNotKnown = defineProblem('calendar_not_known', {
  status: 422,
  title: 'The bank holidays of that year are not known yet',
  whatToDo:
    'Take the newest file from https://www.gov.uk/bank-holidays.json with "npm run cli -- refresh-holidays FILE".',
});

/** The three days of the Bacs cycle. They are three fields because each is a different promise to somebody. */
export interface BacsDays {
  /** Day 1: the last day the council may hand the file in. */
  readonly inputDay: PlainDate;
  /** Day 2: banks exchange the payments. The file's UHL1 label carries this day. */
  readonly processingDay: PlainDate;
  /** Day 3: the money is in the family's account. */
  readonly entryDay: PlainDate;
}

/** Stops whoever plans a payment past the last year whose holidays are known. @throws calendar_not_known */
export function mustBeKnown(day: PlainDate, calendar: WorkingCalendar): void {
  if (!calendar.knows(day))
    throw calendarNotKnown(`Bank holidays are known to ${calendar.knownTo}; ${day} is after that.`);
}

/**
 * Works out when a pay day's file must be in, so that a family is paid on its day or, over a holiday, before it.
 *
 * The entry day is the last day on or before `nominalPayDate` that both the council and Bacs work. The other two
 * count back by Bacs's days alone: a Scottish council's holiday does not stop the banks.
 * @param council the calendar of the council's own division
 * @param bacs the calendar of England and Wales, whichever division the council is in
 * @source Bacs three-day cycle; England and Wales bank holidays are not processing days
 */
export function bacsDays(nominalPayDate: PlainDate, council: WorkingCalendar, bacs: WorkingCalendar): BacsDays {
  let entryDay = nominalPayDate;
  while (!council.isWorkingDay(entryDay) || !bacs.isWorkingDay(entryDay)) entryDay = addDays(entryDay, -1);
  const processingDay = bacs.addWorkingDays(entryDay, -1);
  return { inputDay: bacs.addWorkingDays(processingDay, -1), processingDay, entryDay };
}

/**
 * Works out the soonest a family can be paid by a run that missed its input day.
 *
 * Only Bacs's days are asked about: nobody late is made later for a holiday the banks do not keep. Whether today's
 * window is still open is the caller's to know.
 */
export function lateBacsDays(today: PlainDate, bacs: WorkingCalendar): BacsDays {
  const inputDay = bacs.workingDayOnOrAfter(today);
  const processingDay = bacs.addWorkingDays(inputDay, 1);
  return { inputDay, processingDay, entryDay: bacs.addWorkingDays(processingDay, 1) };
}

/**
 * Finds the day to open a run, so that its approvers have `leadDays` of their own working days before the input day.
 *
 * @param leadDays whole working days, nought or more; nought opens on the input day, or on the council's last working
 *   day before it when the council is closed that day
 */
export function openingDay(inputDay: PlainDate, leadDays: number, council: WorkingCalendar): PlainDate {
  if (leadDays < 0) throw new RangeError('a run opens on or before its input day');
  return council.workingDayOnOrBefore(council.addWorkingDays(inputDay, -leadDays));
}

/** Writes a day as a Bacs label wants it: a blank, two digits of the year, three of the day of the year. */
export function bacsDate(day: PlainDate): string {
  return ` ${day.slice(2, 4)}${String(dayOfYear(day)).padStart(3, '0')}`;
}
