import type { Addresses } from './addresses.ts';

/** Where a family's own pages are found in the scene: in English, from right to left, and discreet. */
export const familyAddresses: Addresses = {
  '/f': [
    { as: 'family', at: '/f' },
    { as: 'family in Arabic', at: '/f' },
    { as: 'discreet family', at: '/f' },
  ],
  '/f/code': [{ as: 'visitor', at: '/f/code' }],
  '/f/closed': [{ as: 'visitor', at: '/f/closed' }],
  '/f/start': [
    { as: 'family', at: '/f/start' },
    { as: 'family in Arabic', at: '/f/start' },
    { as: 'discreet family', at: '/f/start' },
  ],
  '/f/help': [
    { as: 'family', at: '/f/help' },
    { as: 'family in Arabic', at: '/f/help' },
  ],
  '/f/not-arrived': [{ as: 'family', at: '/f/not-arrived' }],
  '/f/messages': [
    { as: 'family', at: '/f/messages' },
    { as: 'family in Arabic', at: '/f/messages' },
  ],
  '/f/letters': [
    { as: 'family', at: '/f/letters' },
    { as: 'family in Arabic', at: '/f/letters' },
    { as: 'discreet family', at: '/f/letters' },
  ],
  '/f/letters/:id': [
    { as: 'family', at: ({ familyNotices }) => `/f/letters/${familyNotices.family}` },
    { as: 'family in Arabic', at: ({ familyNotices }) => `/f/letters/${familyNotices['family in Arabic']}` },
  ],
  '/f/asked': [
    { as: 'family', at: '/f/asked' },
    { as: 'family in Arabic', at: '/f/asked' },
    { as: 'discreet family', at: '/f/asked' },
  ],
  '/f/asked/:id/again': [{ as: 'family', at: ({ grant }) => `/f/asked/${grant.declined}/again` }],
  '/f/calendar': [
    { as: 'family', at: '/f/calendar' },
    { as: 'family in Arabic', at: '/f/calendar' },
  ],
  '/families/:id/own-page': [
    { as: 'caseworker', at: ({ family }) => `/families/${family['P-ARREARS']}/own-page` },
    { as: 'auditor', at: ({ family }) => `/families/${family['P-HELD']}/own-page` },
  ],
  '/families/:id/own-page/end': [
    { as: 'caseworker', at: ({ family }) => `/families/${family['P-ARREARS']}/own-page/end` },
  ],
  '/messages': [{ as: 'caseworker', at: '/messages' }],
  '/messages/:id': [{ as: 'caseworker', at: ({ familyMessage }) => `/messages/${familyMessage}` }],
};
