import type { Transitions } from '../kernel/index.ts';

export type AwardState = 'active' | 'closed' | 'cancelled';
export type AwardCommand = 'close' | 'cancel';

/** The life of an award: closed when all of it is paid or given back, cancelled when nothing was paid. */
export const awardStates: Transitions<AwardState, AwardCommand> = {
  active: { close: 'closed', cancel: 'cancelled' },
  closed: {},
  cancelled: {},
};

export type InstalmentState = 'due' | 'paid' | 'cancelled';
export type InstalmentCommand = 'pay' | 'cancel';

/** The life of an instalment. */
export const instalmentStates: Transitions<InstalmentState, InstalmentCommand> = {
  due: { pay: 'paid', cancel: 'cancelled' },
  paid: {},
  cancelled: {},
};
