import type { Addresses } from './addresses.ts';

const steps = ['family', 'consent', 'needs', 'analysis'] as const;

/** Where the pages of partners are found in the scene, and those of workers who take up what was asked for. */
export const partnersAddresses: Addresses = {
  '/referrals': [{ as: 'partner', at: '/referrals' }],
  '/referrals/new': [{ as: 'partner', at: '/referrals/new' }],
  '/referrals/new/:step': steps.map((step) => ({ as: 'partner', at: `/referrals/new/${step}` })),
  '/referrals/new/check': [{ as: 'partner', at: '/referrals/new/check' }],
  '/referrals/:id': (['received', 'taken_up', 'closed'] as const).map((state) => ({
    as: 'partner',
    at: ({ referral }) => `/referrals/${referral[state]}`,
  })),
  '/asked-for': [
    { as: 'caseworker', at: '/asked-for' },
    { as: 'auditor', at: '/asked-for' },
  ],
  '/asked-for/referrals/:id': [
    { as: 'caseworker', at: ({ referral }) => `/asked-for/referrals/${referral.received}` },
    { as: 'manager', at: ({ referral }) => `/asked-for/referrals/${referral.closed}` },
  ],
  '/asked-for/requests/:id': [
    { as: 'caseworker', at: ({ familyRequest }) => `/asked-for/requests/${familyRequest}` },
    { as: 'finance', at: ({ familyRequest }) => `/asked-for/requests/${familyRequest}` },
  ],
  '/grants/:id/evidence': [
    { as: 'caseworker', at: ({ referredApplication }) => `/grants/${referredApplication}/evidence` },
    { as: 'auditor', at: ({ grant }) => `/grants/${grant.draft}/evidence` },
  ],
  '/grants/:id/conference': [
    { as: 'caseworker', at: ({ referredApplication }) => `/grants/${referredApplication}/conference` },
  ],
  '/grants/:id/follow-ups/:followUp': [
    { as: 'caseworker', at: ({ grant, followUp }) => `/grants/${grant.approved}/follow-ups/${followUp}` },
  ],
  '/administration/agencies': [
    { as: 'administrator', at: '/administration/agencies' },
    { as: 'auditor', at: '/administration/agencies' },
  ],
  '/administration/agencies/:id': [{ as: 'administrator', at: ({ agency }) => `/administration/agencies/${agency}` }],
  '/administration/agencies/:id/close': [
    { as: 'administrator', at: ({ agency }) => `/administration/agencies/${agency}/close` },
  ],
  '/f/ask': [
    { as: 'family', at: '/f/ask' },
    { as: 'family in Arabic', at: '/f/ask' },
    { as: 'discreet family', at: '/f/ask' },
  ],
};
