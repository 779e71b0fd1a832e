import type { Addresses } from './addresses.ts';

/** Where the pages of this journey are found in the scene. */
export const spendAddresses: Addresses = {
  '/spend/360giving': [{ as: 'finance', at: '/spend/360giving' }],
  '/spend': [
    { as: 'finance', at: '/spend' },
    { as: 'manager', at: '/spend?by=ward&sort=spent&order=descending' },
    { as: 'auditor', at: '/spend?by=month' },
    { as: 'administrator', at: '/spend?year=2026-27&by=standard&team=~none' },
    { as: 'finance', at: '/spend?month=2026-05&by=team' },
  ],
  '/spend/transfers': [
    { as: 'finance', at: '/spend/transfers?month=2026-12' },
    { as: 'manager', at: '/spend/transfers?standard=welfare' },
    { as: 'administrator', at: '/spend/transfers?month=2026-05' },
  ],
};
