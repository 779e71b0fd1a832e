import type { Transitions } from '../kernel/index.ts';

export type PlanChangeState = 'proposed' | 'approved' | 'declined' | 'changes_asked' | 'withdrawn';
export type PlanChangeCommand = 'approve' | 'decline' | 'ask_changes' | 'withdraw' | 'propose';

/** The life of a change of an approved support plan. */
export const planChangeStates: Transitions<PlanChangeState, PlanChangeCommand> = {
  proposed: { approve: 'approved', decline: 'declined', ask_changes: 'changes_asked', withdraw: 'withdrawn' },
  changes_asked: { propose: 'proposed', withdraw: 'withdrawn' },
  approved: {},
  declined: {},
  withdrawn: {},
};
