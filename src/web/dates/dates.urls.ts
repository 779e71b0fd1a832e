/** Where days are looked after: bank holidays, payment calendars, money that comes early. */
export const datesUrls = {
  bankHolidays: '/administration/bank-holidays',
  newHoliday: '/administration/bank-holidays/new',
  checkHoliday: '/administration/bank-holidays/new/check',
  calendars: '/pay-days/calendar',
  sendCalendar: '/pay-days/calendar/:from/send',
  toldTooLate: '/pay-days/told-too-late',
} as const;

/** Writes the address of sending one quarter's calendar. @param from its first day */
export function sendCalendarUrl(from: string): string {
  return datesUrls.sendCalendar.replace(':from', from);
}
