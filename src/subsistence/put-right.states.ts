import type { Transitions } from '../kernel/index.ts';

export type PutRightState = 'open' | 'paid' | 'withdrawn';
export type PutRightCommand = 'pay' | 'withdraw';

/** The life of something that is put right: paid by a run of its own, or taken back once that run is cancelled. */
export const putRightStates: Transitions<PutRightState, PutRightCommand> = {
  open: { pay: 'paid', withdraw: 'withdrawn' },
  paid: {},
  withdrawn: {},
};
