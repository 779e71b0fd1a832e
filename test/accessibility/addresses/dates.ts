import type { Addresses } from './addresses.ts';

/** Where the pages of this journey are found in the scene. */
export const datesAddresses: Addresses = {
  '/administration/bank-holidays': [
    { as: 'administrator', at: '/administration/bank-holidays' },
    { as: 'finance', at: '/administration/bank-holidays?division=scotland' },
  ],
  '/administration/bank-holidays/new': [{ as: 'administrator', at: '/administration/bank-holidays/new' }],
  '/administration/bank-holidays/new/check': [{ as: 'administrator', at: '/administration/bank-holidays/new/check' }],
  '/pay-days/calendar': [
    { as: 'finance', at: '/pay-days/calendar' },
    { as: 'auditor', at: '/pay-days/calendar' },
  ],
  '/pay-days/calendar/:from/send': [{ as: 'finance', at: '/pay-days/calendar/2027-01-01/send' }],
  '/pay-days/told-too-late': [
    { as: 'finance', at: '/pay-days/told-too-late' },
    { as: 'manager', at: '/pay-days/told-too-late?payDate=2026-12-25' },
  ],
};
