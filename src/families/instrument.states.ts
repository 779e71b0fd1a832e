import type { Transitions } from '../kernel/index.ts';

export type InstrumentState = 'proposed' | 'approved' | 'refused';
export type InstrumentCommand = 'approve' | 'refuse';

/** The life of a version of bank details. */
export const instrumentStates: Transitions<InstrumentState, InstrumentCommand> = {
  proposed: { approve: 'approved', refuse: 'refused' },
  approved: {},
  refused: {},
};
