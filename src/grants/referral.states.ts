import type { Transitions } from '../kernel/index.ts';

/** Every state of a referral, in the order it usually goes through them. */
export const referralStateNames = ['received', 'taken_up', 'decided', 'closed'] as const;
export type ReferralState = (typeof referralStateNames)[number];
export type ReferralCommand = 'take_up' | 'close' | 'decide';

/** The life of a referral. `decide` is the database's: it follows the decision on the application. */
export const referralStates: Transitions<ReferralState, ReferralCommand> = {
  received: { take_up: 'taken_up', close: 'closed' },
  taken_up: { decide: 'decided' },
  decided: {},
  closed: {},
};
