/** Where days are looked after: bank holidays, payment calendars, money that comes early. */
export const datesUrls = {
  bankHolidays: '/administration/bank-holidays',
  newHoliday: '/administration/bank-holidays/new',
  checkHoliday: '/administration/bank-holidays/new/check',
  calendars: '/pay-days/calendar',
  sendCalendar: '/pay-days/calendar/:from/send',
  toldTooLate: '/pay-days/told-too-late',
} as const;
