import type { Transitions } from '../kernel/index.ts';

export type FallState = 'waiting' | 'in_effect' | 'kept' | 'replaced';
export type FallCommand = 'take_effect' | 'keep' | 'replace';

/**
 * The life of a fall of a family's amount. `in_effect` is told in time, and holds from its day; while `waiting` and when
 * `kept`, the family goes on getting what it had.
 */
export const fallStates: Transitions<FallState, FallCommand> = {
  waiting: { take_effect: 'in_effect', keep: 'kept', replace: 'replaced' },
  kept: { replace: 'replaced' },
  in_effect: { replace: 'replaced' },
  replaced: {},
};
