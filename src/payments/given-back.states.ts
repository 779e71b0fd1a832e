import type { Transitions } from '../kernel/index.ts';

export type GivenBackState = 'expected' | 'withdrawn';
export type GivenBackCommand = 'withdraw';

/** Money that is given back: expected, until a bank line is matched to it, and taken as received; withdrawn when it did not come. */
export const givenBackStates: Transitions<GivenBackState, GivenBackCommand> = {
  expected: { withdraw: 'withdrawn' },
  withdrawn: {},
};
