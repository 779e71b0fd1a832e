import type { Addresses } from './addresses.ts';

/** Where the pages of this journey are found in the scene. */
export const approvalsAddresses: Addresses = {
  '/my-limits': [
    { as: 'manager', at: '/my-limits' },
    { as: 'finance2', at: '/my-limits' },
  ],
  '/my-limits/stand-ins/new': [{ as: 'manager2', at: '/my-limits/stand-ins/new' }],
  '/approvals/:id': [
    { as: 'manager2', at: ({ approvals }) => `/approvals/${approvals.halfSigned}` },
    { as: 'auditor', at: ({ approvals }) => `/approvals/${approvals.halfSigned}` },
  ],
  '/administration/signatures': [{ as: 'administrator', at: '/administration/signatures' }],
  '/administration/signatures/new': [{ as: 'administrator', at: '/administration/signatures/new' }],
  '/administration/signatures/:id': [
    { as: 'finance', at: ({ approvals }) => `/administration/signatures/${approvals.signatureRule}` },
  ],
  '/administration/closed-approvals': [{ as: 'administrator', at: '/administration/closed-approvals' }],
  '/administration/closed-approvals/new': [{ as: 'administrator', at: '/administration/closed-approvals/new' }],
  '/administration/closed-approvals/:id/lift': [
    {
      as: 'administrator',
      at: ({ approvals }) => `/administration/closed-approvals/${approvals.closedApprovals}/lift`,
    },
  ],
};
