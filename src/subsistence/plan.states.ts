import type { Transitions } from '../kernel/index.ts';

export type PlanState = 'proposed' | 'approved' | 'declined' | 'changes_asked' | 'withdrawn';
export type PlanCommand = 'approve' | 'decline' | 'ask_changes' | 'withdraw' | 'propose';

/** The life of a support plan. Once approved it ends by its days, never by its state. */
export const planStates: Transitions<PlanState, PlanCommand> = {
  proposed: { approve: 'approved', decline: 'declined', ask_changes: 'changes_asked', withdraw: 'withdrawn' },
  changes_asked: { propose: 'proposed', withdraw: 'withdrawn' },
  approved: {},
  declined: {},
  withdrawn: {},
};
