import type { Addresses } from './addresses.ts';

/** Where the pages of this journey are found in the scene. */
export const auditingAddresses: Addresses = {
  '/audit': [
    { as: 'auditor', at: '/audit?reference=P-BABY' },
    { as: 'auditor', at: '/audit?reference=NOBODY' },
  ],
  '/audit/:seq': [{ as: 'auditor', at: '/audit/3' }],
  '/verify': [{ as: 'auditor', at: '/verify' }],
};
