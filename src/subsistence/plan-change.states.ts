import type { Transitions } from '../kernel/index.ts';

export type PlanChangeState = 'proposed' | 'waiting' | 'approved' | 'kept' | 'declined' | 'changes_asked' | 'withdrawn';
export type PlanChangeCommand =
  'approve' | 'wait' | 'take_effect' | 'keep' | 'decline' | 'ask_changes' | 'withdraw' | 'propose';

/**
 * The life of a change of an approved support plan. `approved` is in effect.
 *
 * What takes something away waits until its notice was received in time; else the plan is kept as it is.
 */
export const planChangeStates: Transitions<PlanChangeState, PlanChangeCommand> = {
  proposed: {
    ...{ approve: 'approved', wait: 'waiting' },
    ...{ decline: 'declined', ask_changes: 'changes_asked', withdraw: 'withdrawn' },
  },
  changes_asked: { propose: 'proposed', withdraw: 'withdrawn' },
  waiting: { take_effect: 'approved', keep: 'kept', withdraw: 'withdrawn' },
  kept: { withdraw: 'withdrawn' },
  approved: {},
  declined: {},
  withdrawn: {},
};
