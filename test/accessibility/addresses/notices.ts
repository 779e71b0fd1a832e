import type { Addresses } from './addresses.ts';

/** Where the pages of this journey are found in the scene. */
export const noticesAddresses: Addresses = {
  '/notices': [
    { as: 'caseworker', at: '/notices' },
    { as: 'finance', at: '/notices?filter=call-needed' },
    { as: 'auditor', at: '/notices?filter=came-back' },
  ],
  '/notices/letters': [{ as: 'caseworker', at: '/notices/letters' }],
  '/notices/letters/:id': [{ as: 'caseworker', at: ({ notices }) => `/notices/letters/${notices.printBatch}` }],
  '/notices/:id': [
    { as: 'caseworker', at: ({ notices }) => `/notices/${notices.callNeeded}` },
    { as: 'caseworker', at: ({ notices }) => `/notices/${notices.told}` },
    { as: 'auditor', at: ({ notices }) => `/notices/${notices.written}` },
  ],
  '/notices/:id/told': [{ as: 'caseworker', at: ({ notices }) => `/notices/${notices.callNeeded}/told` }],
  '/notices/:id/letters/:attempt': [
    { as: 'caseworker', at: ({ notices }) => `/notices/${notices.written}/letters/${notices.letter}` },
  ],
  '/notices/:id/letters/:attempt/came-back': [
    { as: 'caseworker', at: ({ notices }) => `/notices/${notices.written}/letters/${notices.letter}/came-back` },
  ],
  '/families/:id/notices': [
    { as: 'caseworker', at: ({ family }) => `/families/${family['P-BABY']}/notices` },
    { as: 'caseworker', at: ({ family }) => `/families/${family['P-HELD']}/notices` },
  ],
  '/administration/languages': [{ as: 'administrator', at: '/administration/languages' }],
  '/administration/languages/:language': [
    { as: 'administrator', at: '/administration/languages/es' },
    { as: 'auditor', at: '/administration/languages/ar' },
  ],
  '/administration/sending': [{ as: 'administrator', at: '/administration/sending' }],
  '/administration/sending/change': [{ as: 'administrator', at: '/administration/sending/change' }],
  '/administration/sending/test': [{ as: 'administrator', at: '/administration/sending/test' }],
};
