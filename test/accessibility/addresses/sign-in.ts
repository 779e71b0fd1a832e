import type { Addresses } from './addresses.ts';

/** Where signing in, home and the pages about Mainstay itself are found in the scene. */
export const signInAddresses: Addresses = {
  '/': [
    { as: 'caseworker', at: '/' },
    { as: 'manager', at: '/' },
    { as: 'finance', at: '/' },
    { as: 'releaser', at: '/' },
    { as: 'auditor', at: '/' },
    { as: 'administrator', at: '/' },
  ],
  '/accessibility': [{ as: 'visitor', at: '/accessibility' }],
  '/account': [{ as: 'caseworker', at: '/account' }],
  '/sign-in': [{ as: 'visitor', at: '/sign-in?next=/families' }],
  '/sign-in/first-time': [{ as: 'visitor', at: '/sign-in/first-time' }],
};
