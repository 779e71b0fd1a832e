import type { Transitions } from '../kernel/index.ts';

export type FamilyMessageState = 'open' | 'answered';
export type FamilyMessageCommand = 'answer';

/** The life of what a family writes from its page: open until a person says what was done. */
export const familyMessageStates: Transitions<FamilyMessageState, FamilyMessageCommand> = {
  open: { answer: 'answered' },
  answered: {},
};
