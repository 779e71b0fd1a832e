import type { Addresses } from './addresses.ts';

/** Where the pages of this journey are found in the scene. */
export const reconciliationAddresses: Addresses = {
  '/reconciliation': [
    { as: 'finance', at: '/reconciliation' },
    { as: 'auditor', at: '/reconciliation' },
  ],
  '/reconciliation/take-in': [{ as: 'finance', at: '/reconciliation/take-in' }],
  '/reconciliation/layouts': [
    { as: 'administrator', at: '/reconciliation/layouts' },
    { as: 'auditor', at: '/reconciliation/layouts' },
  ],
  '/reconciliation/layouts/new': [{ as: 'administrator', at: '/reconciliation/layouts/new' }],
  '/reconciliation/statements/:id': [
    { as: 'finance', at: ({ bank }) => `/reconciliation/statements/${bank.statement}` },
  ],
  '/reconciliation/to-match': [{ as: 'finance', at: '/reconciliation/to-match' }],
  '/reconciliation/lines/:id': [
    { as: 'finance', at: ({ bank }) => `/reconciliation/lines/${bank.strangeLine}` },
    { as: 'auditor', at: ({ bank }) => `/reconciliation/lines/${bank.matchedLine}` },
  ],
  '/reconciliation/lines/:id/match': [
    { as: 'finance', at: ({ bank }) => `/reconciliation/lines/${bank.strangeLine}/match` },
  ],
  '/reconciliation/lines/:id/matches/:match/take-back': [
    {
      as: 'finance',
      at: ({ bank }) => `/reconciliation/lines/${bank.matchedLine}/matches/${bank.bankMatch}/take-back`,
    },
  ],
  '/reconciliation/lines/:id/write-off': [
    { as: 'finance', at: ({ bank }) => `/reconciliation/lines/${bank.strangeLine}/write-off` },
  ],
  '/reconciliation/write-offs': [{ as: 'finance', at: '/reconciliation/write-offs' }],
  '/reconciliation/write-offs/:id': [
    { as: 'administrator', at: ({ bank }) => `/reconciliation/write-offs/${bank.writeOff}` },
    { as: 'finance', at: ({ bank }) => `/reconciliation/write-offs/${bank.writeOff}` },
  ],
  '/reconciliation/exceptions': [
    { as: 'finance', at: '/reconciliation/exceptions' },
    { as: 'auditor', at: '/reconciliation/exceptions' },
  ],
  '/reconciliation/exceptions/:kind/:id': [
    { as: 'finance', at: ({ bank }) => `/reconciliation/exceptions/line/${bank.strangeLine}` },
  ],
  '/reconciliation/proof': [{ as: 'auditor', at: '/reconciliation/proof' }],
  '/reconciliation/months': [{ as: 'finance', at: '/reconciliation/months' }],
  '/reconciliation/months/:month': [
    { as: 'finance', at: '/reconciliation/months/2026-11' },
    { as: 'auditor', at: '/reconciliation/months/2026-12' },
  ],
  '/reconciliation/months/:month/close': [{ as: 'finance', at: '/reconciliation/months/2026-12/close' }],
  '/reconciliation/months/:month/reopen': [{ as: 'finance', at: '/reconciliation/months/2026-11/reopen' }],
  '/reconciliation/reopenings/:id': [
    { as: 'administrator', at: ({ bank }) => `/reconciliation/reopenings/${bank.reopening}` },
  ],
  '/reconciliation/journals': [
    { as: 'finance', at: '/reconciliation/journals' },
    { as: 'auditor', at: '/reconciliation/journals' },
  ],
  '/reconciliation/journals/make': [{ as: 'finance', at: '/reconciliation/journals/make?upTo=2026-12-04' }],
  '/reconciliation/journals/codes': [
    { as: 'finance', at: '/reconciliation/journals/codes' },
    { as: 'auditor', at: '/reconciliation/journals/codes' },
  ],
};
