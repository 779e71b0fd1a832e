import type { Addresses } from './addresses.ts';

/** Where families and decisions about them are found in the scene. */
export const familiesAddresses: Addresses = {
  '/families': [
    { as: 'caseworker', at: '/families' },
    { as: 'caseworker', at: '/families?reference=nobody' },
  ],
  '/families/:id': [
    { as: 'caseworker', at: ({ family }) => `/families/${family['P-PART-WEEK']}` },
    { as: 'auditor', at: ({ family }) => `/families/${family['P-NO-BANK']}` },
  ],
  '/families/:id/history': [{ as: 'auditor', at: ({ family }) => `/families/${family['P-BABY']}/history` }],
  '/families/:id/members/new': [{ as: 'caseworker', at: ({ family }) => `/families/${family['P-BABY']}/members/new` }],
  '/families/:id/bank-details/new': [
    { as: 'caseworker', at: ({ family }) => `/families/${family['P-NO-BANK']}/bank-details/new` },
  ],
  '/payments/:id': [{ as: 'finance', at: ({ paidLine }) => `/payments/${paidLine}` }],
  '/waiting': [
    { as: 'manager', at: '/waiting' },
    { as: 'caseworker', at: '/waiting' },
  ],
  '/plans/:id': [
    { as: 'manager', at: ({ waitingPlan }) => `/plans/${waitingPlan}` },
    { as: 'manager', at: ({ planAboveLimit }) => `/plans/${planAboveLimit}` },
    { as: 'caseworker', at: ({ waitingPlan }) => `/plans/${waitingPlan}` },
    { as: 'caseworker', at: ({ changedPlan }) => `/plans/${changedPlan}` },
  ],
  '/bank-details/:id': [{ as: 'manager', at: ({ waitingBankDetails }) => `/bank-details/${waitingBankDetails}` }],
};
