import type { Addresses } from './addresses.ts';

/** Where the pages of this journey are found in the scene. */
export const moneyAddresses: Addresses = {
  '/funds': [
    { as: 'finance', at: '/funds' },
    { as: 'administrator', at: '/funds' },
  ],
  '/funds/new/:question': [
    { as: 'administrator', at: '/funds/new/name' },
    { as: 'administrator', at: '/funds/new/code' },
    { as: 'administrator', at: '/funds/new/pays' },
    { as: 'administrator', at: '/funds/new/check' },
  ],
  '/funds/proposals': [
    { as: 'finance', at: '/funds/proposals' },
    { as: 'auditor', at: '/funds/proposals?state=declined' },
  ],
  '/funds/proposals/:id': [
    { as: 'administrator', at: ({ waitingProposal }) => `/funds/proposals/${waitingProposal}` },
    { as: 'finance', at: ({ waitingProposal }) => `/funds/proposals/${waitingProposal}` },
    { as: 'manager', at: ({ waitingProposal }) => `/funds/proposals/${waitingProposal}` },
  ],
  '/funds/:id': [
    { as: 'finance', at: ({ fund }) => `/funds/${fund}` },
    { as: 'manager', at: ({ otherFund }) => `/funds/${otherFund}` },
  ],
  '/funds/:id/budget/:question': [
    { as: 'finance', at: ({ fund }) => `/funds/${fund}/budget/year` },
    { as: 'administrator', at: ({ fund }) => `/funds/${fund}/budget/amount` },
    { as: 'finance', at: ({ fund }) => `/funds/${fund}/budget/reason` },
    { as: 'finance', at: ({ fund }) => `/funds/${fund}/budget/check` },
  ],
  '/funds/:id/move/:question': [
    { as: 'finance', at: ({ fund }) => `/funds/${fund}/move/to` },
    { as: 'administrator', at: ({ otherFund }) => `/funds/${otherFund}/move/year` },
    { as: 'finance', at: ({ fund }) => `/funds/${fund}/move/check` },
  ],
  '/ledger': [
    { as: 'finance', at: '/ledger' },
    { as: 'auditor', at: '/ledger?kind=spent' },
  ],
  '/ledger/accounts/:id': [
    { as: 'auditor', at: ({ spentAccount }) => `/ledger/accounts/${spentAccount}` },
    {
      as: 'finance',
      at: ({ spentAccount }) => `/ledger/accounts/${spentAccount}?month=2026-11&on-day=30&on-month=11&on-year=2026`,
    },
  ],
  '/ledger/accounts/:id/days/:day': [
    { as: 'auditor', at: ({ spentAccount }) => `/ledger/accounts/${spentAccount}/days/2026-12-03` },
  ],
  '/ledger/journal': [
    { as: 'auditor', at: '/ledger/journal' },
    { as: 'finance', at: '/ledger/journal?kind=move-in' },
    { as: 'finance', at: ({ exportedRun }) => `/ledger/journal?run=${exportedRun}` },
  ],
  '/ledger/transfers/:document/:kind/:leg': [
    { as: 'auditor', at: ({ paidLine }) => `/ledger/transfers/${paidLine}/pay/0` },
  ],
};
