/** Where a second person decides. */
export const decisionUrls = {
  waiting: '/waiting',
  plan: '/plans/:id',
  approvePlan: '/plans/:id/approve',
  declinePlan: '/plans/:id/decline',
  proposePlanAgain: '/plans/:id/propose-again',
  bankDetails: '/bank-details/:id',
} as const;
