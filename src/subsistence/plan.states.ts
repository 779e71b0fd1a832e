import type { Transitions } from '../kernel/index.ts';

export type PlanState = 'proposed' | 'approved' | 'declined';
export type PlanCommand = 'approve' | 'decline';

/** The life of a support plan. */
export const planStates: Transitions<PlanState, PlanCommand> = {
  proposed: { approve: 'approved', decline: 'declined' },
  approved: {},
  declined: {},
};
