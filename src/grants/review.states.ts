import type { Transitions } from '../kernel/index.ts';

export const reviewStateNames = ['asked', 'in_review', 'upheld', 'overturned', 'withdrawn'] as const;
export type ReviewState = (typeof reviewStateNames)[number];
export type ReviewCommand = 'pass_on' | 'uphold' | 'overturn' | 'withdraw';

/** The life of a review: asked for, passed on to somebody who had no part in the decision, and settled once. */
export const reviewStates: Transitions<ReviewState, ReviewCommand> = {
  asked: { pass_on: 'in_review', withdraw: 'withdrawn' },
  in_review: { uphold: 'upheld', overturn: 'overturned', withdraw: 'withdrawn' },
  upheld: {},
  overturned: {},
  withdrawn: {},
};
