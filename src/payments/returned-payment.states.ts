import type { Transitions } from '../kernel/index.ts';

export type ReturnState = 'open' | 'reissued' | 'closed';
export type ReturnCommand = 'reissue' | 'close';

/** A payment that came back: paid again under a new number, or closed by a person who says why not. */
export const returnStates: Transitions<ReturnState, ReturnCommand> = {
  open: { reissue: 'reissued', close: 'closed' },
  reissued: {},
  closed: {},
};
