import type { Addresses } from './addresses.ts';

/** Where the pages of this journey are found in the scene. */
export const administrationAddresses: Addresses = {
  '/administration': [
    { as: 'administrator', at: '/administration' },
    { as: 'finance', at: '/administration' },
  ],
  '/administration/people': [
    { as: 'administrator', at: '/administration/people' },
    { as: 'administrator', at: '/administration/people?role=manager&active=no' },
  ],
  '/administration/people/new': [{ as: 'administrator', at: '/administration/people/new' }],
  '/administration/people/new/check': [{ as: 'administrator', at: '/administration/people/new/check' }],
  '/administration/people/:id': [
    { as: 'administrator', at: ({ house }) => `/administration/people/${house.council.userIds.caseworker}` },
    { as: 'administrator', at: ({ house }) => `/administration/people/${house.council.userIds.administrator}` },
  ],
  '/administration/people/:id/roles': [
    { as: 'administrator', at: ({ house }) => `/administration/people/${house.council.userIds.manager}/roles` },
  ],
  '/administration/people/:id/account': [
    { as: 'administrator', at: ({ house }) => `/administration/people/${house.council.userIds.caseworker}/account` },
  ],
  '/administration/people/:id/team': [
    { as: 'administrator', at: ({ house }) => `/administration/people/${house.council.userIds.manager}/team` },
  ],
  '/administration/limits': [{ as: 'administrator', at: '/administration/limits' }],
  '/administration/limits/new': [{ as: 'administrator', at: '/administration/limits/new' }],
  '/administration/limits/proposals/:id': [
    { as: 'finance', at: ({ administration }) => `/administration/limits/proposals/${administration.limitProposal}` },
  ],
  '/administration/service': [{ as: 'administrator', at: '/administration/service' }],
  '/administration/service/structure': [{ as: 'administrator', at: '/administration/service/structure' }],
  '/administration/teams/new': [{ as: 'administrator', at: '/administration/teams/new' }],
  '/administration/teams/:id': [
    { as: 'administrator', at: ({ administration }) => `/administration/teams/${administration.team}` },
  ],
  '/administration/rates': [{ as: 'administrator', at: '/administration/rates' }],
  '/administration/rates/new': [{ as: 'administrator', at: '/administration/rates/new?table=guide' }],
  '/administration/rates/new/check': [{ as: 'administrator', at: '/administration/rates/new/check' }],
  '/administration/rates/proposals/:id': [
    {
      as: 'administrator',
      at: ({ administration }) => `/administration/rates/proposals/${administration.rateProposal}`,
    },
  ],
  '/administration/notices': [
    { as: 'administrator', at: '/administration/notices' },
    { as: 'auditor', at: '/administration/notices' },
  ],
  '/administration/notices/help': [{ as: 'administrator', at: '/administration/notices/help' }],
  '/administration/notices/periods': [{ as: 'administrator', at: '/administration/notices/periods' }],
  '/administration/pay-days': [{ as: 'administrator', at: '/administration/pay-days' }],
  '/administration/pay-days/change': [{ as: 'administrator', at: '/administration/pay-days/change' }],
  '/administration/pay-days/account/new': [{ as: 'administrator', at: '/administration/pay-days/account/new' }],
  '/administration/pay-days/account/:id': [
    {
      as: 'finance',
      at: ({ administration }) => `/administration/pay-days/account/${administration.originatorProposal}`,
    },
  ],
  '/administration/branding': [{ as: 'administrator', at: '/administration/branding' }],
};
