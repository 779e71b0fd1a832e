/** Where a second person decides. */
export const decisionUrls = {
  waiting: '/waiting',
  approveChosen: '/waiting/approve-plans',
  plan: '/plans/:id',
  decidePlan: '/plans/:id/decision',
  proposePlanAgain: '/plans/:id/propose-again',
  withdrawPlan: '/plans/:id/withdraw',
  planChange: '/plan-changes/:id',
  decidePlanChange: '/plan-changes/:id/decision',
  proposePlanChangeAgain: '/plan-changes/:id/propose-again',
  withdrawPlanChange: '/plan-changes/:id/withdraw',
  bankDetails: '/bank-details/:id',
  urgent: '/notices/urgent',
  overpayments: '/overpayments',
  overpayment: '/overpayments/:id',
} as const;
