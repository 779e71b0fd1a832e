import type { Addresses } from './addresses.ts';

/** Where the pages of this journey are found in the scene. */
export const payDaysAddresses: Addresses = {
  '/pay-days': [
    { as: 'caseworker', at: '/pay-days' },
    { as: 'auditor', at: '/pay-days?show=emergency' },
  ],
  '/pay-days/kept': [
    { as: 'finance', at: '/pay-days/kept' },
    { as: 'auditor', at: '/pay-days/kept?after=999999999' },
  ],
  '/pay-days/kept/:id': [{ as: 'caseworker', at: ({ keptDay }) => `/pay-days/kept/${keptDay}` }],
  '/pay-days/new': [
    { as: 'finance', at: '/pay-days/new' },
    { as: 'caseworker', at: '/pay-days/new?payDay=4' },
  ],
  '/pay-days/new/:step': ['to', 'from', 'reason', 'urgent', 'emergency'].map((step) => ({
    ...{ as: 'finance', at: `/pay-days/new/${step}` },
  })),
  '/pay-days/new/preview': [
    { as: 'finance', at: '/pay-days/new/preview' },
    { as: 'finance', at: '/pay-days/new/preview?show=keeps' },
  ],
  '/pay-days/new/preview/:id': [{ as: 'finance', at: ({ movedFamily }) => `/pay-days/new/preview/${movedFamily}` }],
  '/pay-days/:id': [
    { as: 'manager', at: ({ waitingMove }) => `/pay-days/${waitingMove}` },
    { as: 'caseworker', at: ({ waitingMove }) => `/pay-days/${waitingMove}` },
    { as: 'manager', at: ({ urgentMove }) => `/pay-days/${urgentMove}` },
  ],
};
