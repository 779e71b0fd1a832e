import { Module } from '@nestjs/common';
import { Calendars } from './views/calendars.view.ts';

/** Working days, bank holidays and the three days of Bacs. */
@Module({ providers: [Calendars], exports: [Calendars] })
export class CalendarModule {}

export { bacsDate, bacsDays, lateBacsDays, mustBeKnown, openingDay, type BacsDays } from './domain/bacs-days.ts';
export {
  type BankHoliday,
  type BankHolidays,
  type Division,
  divisions,
  readBankHolidays,
} from './domain/bank-holidays.ts';
export { WorkingCalendar, workingCalendarOf } from './domain/working-calendar.ts';
export { addOneOffHoliday, holidayKnown, holidayRefused, type OneOffHoliday } from './actions/add-one-off-holiday.ts';
export { hasHolidays, refreshHolidays } from './actions/refresh-holidays.action.ts';
export {
  Calendars,
  type CouncilCalendars,
  type HolidayListed,
  holidaysBetween,
  listHolidays,
} from './views/calendars.view.ts';
export { vendoredBankHolidays } from './data/vendored.ts';
