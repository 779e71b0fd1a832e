import type { Transitions } from '../kernel/index.ts';

/** Every state of what a family asked for from its own page. */
export const familyRequestStateNames = ['open', 'taken_up', 'answered'] as const;
export type FamilyRequestState = (typeof familyRequestStateNames)[number];
export type FamilyRequestCommand = 'take_up' | 'answer';

/** The life of a family's request: it becomes an application, or is answered in words. */
export const familyRequestStates: Transitions<FamilyRequestState, FamilyRequestCommand> = {
  open: { take_up: 'taken_up', answer: 'answered' },
  taken_up: {},
  answered: {},
};
