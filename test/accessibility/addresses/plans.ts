import type { Addresses } from './addresses.ts';
import type { PageScene } from '../../support/page-scene.ts';

const newPlan =
  (step: string) =>
  ({ family }: PageScene) =>
    `/families/${family['P-NO-BANK']}/plans/new${step}`;
const change =
  (kind: string) =>
  ({ changedPlan }: PageScene) =>
    `/plans/${changedPlan}/change${kind}`;

/** Where the pages of this journey are found in the scene. */
export const plansAddresses: Addresses = {
  '/families/:id/plans/new': [{ as: 'caseworker', at: newPlan('') }],
  '/families/:id/plans/new/:step': ['days', 'standard', 'top-ups', 'amount', 'pay-day', 'fund', 'check'].map(
    (step) => ({
      ...{ as: 'caseworker', at: newPlan(`/${step}`) },
    }),
  ),
  '/plans/:id/change': [
    { as: 'caseworker', at: change('') },
    { as: 'caseworker', at: ({ waitingPlanChange: { planId } }) => `/plans/${planId}/change` },
  ],
  '/plans/:id/change/:kind': ['end', 'top-up', 'end-top-up', 'override', 'standard'].map((kind) => ({
    ...{ as: 'caseworker', at: change(`/${kind}`) },
  })),
  '/plans/:id/check-change': [{ as: 'caseworker', at: ({ changedPlan }) => `/plans/${changedPlan}/check-change` }],
  '/plan-changes/:id': [
    { as: 'caseworker', at: ({ changeInNotice }) => `/plan-changes/${changeInNotice}` },
    { as: 'manager', at: ({ waitingPlanChange }) => `/plan-changes/${waitingPlanChange.id}` },
    { as: 'caseworker', at: ({ waitingPlanChange }) => `/plan-changes/${waitingPlanChange.id}` },
  ],
  '/notices/urgent': [{ as: 'manager', at: '/notices/urgent' }],
  '/overpayments': [
    { as: 'manager', at: '/overpayments' },
    { as: 'auditor', at: '/overpayments?show=settled' },
  ],
  '/overpayments/:id': [{ as: 'manager', at: ({ overpayment }) => `/overpayments/${overpayment}` }],
  '/overpayments/:id/recovery': [
    { as: 'caseworker', at: ({ overpayment }) => `/overpayments/${overpayment}/recovery` },
  ],
  '/overpayments/:id/recovery/check': [
    { as: 'caseworker', at: ({ overpayment }) => `/overpayments/${overpayment}/recovery/check` },
  ],
  '/overpayments/:id/give-up': [{ as: 'manager', at: ({ overpayment }) => `/overpayments/${overpayment}/give-up` }],
  '/recoveries/:id': [
    { as: 'manager', at: ({ recovery }) => `/recoveries/${recovery.id}` },
    { as: 'caseworker', at: ({ recovery }) => `/recoveries/${recovery.id}` },
  ],
  '/families/:id/put-right': [
    { as: 'caseworker', at: ({ family }) => `/families/${family['P-ARREARS']}/put-right` },
    { as: 'caseworker', at: ({ family }) => `/families/${family['P-WELFARE']}/put-right` },
  ],
  '/payments/:id/put-right': [{ as: 'finance', at: ({ paidLine }) => `/payments/${paidLine}/put-right` }],
  '/administration/recovery-floor': [{ as: 'administrator', at: '/administration/recovery-floor' }],
  '/administration/recovery-floor/new': [{ as: 'administrator', at: '/administration/recovery-floor/new' }],
  '/administration/recovery-floor/:id': [
    { as: 'finance', at: ({ recovery }) => `/administration/recovery-floor/${recovery.floor}` },
  ],
  '/what-would-a-family-get': [{ as: 'caseworker', at: '/what-would-a-family-get' }],
  '/families/import': [{ as: 'caseworker', at: '/families/import' }],
  '/families/import/check': [{ as: 'caseworker', at: '/families/import/check' }],
};
