import type { Transitions } from '../kernel/index.ts';

export type RecoveryState =
  'proposed' | 'waiting' | 'in_effect' | 'kept' | 'paused' | 'done' | 'declined' | 'withdrawn';
export type RecoveryCommand = 'approve' | 'decline' | 'withdraw' | 'take_effect' | 'keep' | 'pause' | 'finish';

/**
 * The life of a recovery that was agreed with a family. `in_effect`, payments are smaller; it ends by itself (`done`) when
 * nothing is left. One that was not told in time is `kept` back, one that was `paused` is agreed again as another.
 */
export const recoveryStates: Transitions<RecoveryState, RecoveryCommand> = {
  proposed: { approve: 'waiting', decline: 'declined', withdraw: 'withdrawn' },
  waiting: { take_effect: 'in_effect', keep: 'kept', withdraw: 'withdrawn' },
  in_effect: { pause: 'paused', finish: 'done' },
  kept: {},
  paused: {},
  done: {},
  declined: {},
  withdrawn: {},
};
