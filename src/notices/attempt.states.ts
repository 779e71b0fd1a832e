import type { Transitions } from '../kernel/index.ts';

export type AttemptState = 'queued' | 'sending' | 'accepted' | 'delivered' | 'failed' | 'withdrawn';
export type AttemptCommand = 'take' | 'put_back' | 'accept' | 'deliver' | 'fail' | 'withdraw';

/** The life of one attempt to tell a family. A delivery heard of late still counts: it is the better news. */
export const attemptStates: Transitions<AttemptState, AttemptCommand> = {
  queued: { take: 'sending', deliver: 'delivered', fail: 'failed', withdraw: 'withdrawn' },
  sending: { put_back: 'queued', accept: 'accepted', fail: 'failed' },
  accepted: { deliver: 'delivered', fail: 'failed' },
  failed: { deliver: 'delivered' },
  delivered: {},
  withdrawn: {},
};
