import type { Transitions } from '../kernel/index.ts';

export type PrintBatchState = 'made' | 'posted' | 'taken_back';
export type PrintBatchCommand = 'post' | 'take_back';

/** The life of letters printed here together: made, then posted by a named person, or taken back to wait again. */
export const printBatchStates: Transitions<PrintBatchState, PrintBatchCommand> = {
  made: { post: 'posted', take_back: 'taken_back' },
  posted: {},
  taken_back: {},
};
