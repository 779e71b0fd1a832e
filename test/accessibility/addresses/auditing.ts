import type { Addresses } from './addresses.ts';

/** Where the pages of this journey are found in the scene. */
export const auditingAddresses: Addresses = {
  '/audit': [
    { as: 'auditor', at: '/audit?reference=P-BABY' },
    { as: 'auditor', at: '/audit?reference=NOBODY' },
    { as: 'auditor', at: '/audit?from-day=31&from-month=2&from-year=2026' },
  ],
  '/audit/:seq': [{ as: 'auditor', at: '/audit/3' }],
  '/verify': [{ as: 'auditor', at: '/verify' }],
};
