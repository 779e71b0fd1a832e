import type { Transitions } from '../kernel/index.ts';

export type PayDayMoveState = 'proposed' | 'approved' | 'declined' | 'withdrawn';
export type PayDayMoveCommand = 'approve' | 'decline' | 'withdraw';

/** The life of a move of pay days, for one family or many. */
export const payDayMoveStates: Transitions<PayDayMoveState, PayDayMoveCommand> = {
  proposed: { approve: 'approved', decline: 'declined', withdraw: 'withdrawn' },
  approved: {},
  declined: {},
  withdrawn: {},
};

export type PayDayChangeState = 'proposed' | 'waiting' | 'in_force' | 'kept' | 'withdrawn';
export type PayDayChangeCommand = 'approve' | 'take_effect' | 'keep' | 'withdraw';

/** One family's part of it: approved, it waits for its notice; received in time it takes effect, else the old day is kept. */
export const payDayChangeStates: Transitions<PayDayChangeState, PayDayChangeCommand> = {
  proposed: { approve: 'waiting', withdraw: 'withdrawn' },
  waiting: { take_effect: 'in_force', keep: 'kept', withdraw: 'withdrawn' },
  in_force: {},
  kept: {},
  withdrawn: {},
};
