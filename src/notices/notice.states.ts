import type { Transitions } from '../kernel/index.ts';

export type NoticeState = 'drafted' | 'serving' | 'call_needed' | 'received' | 'withdrawn';
export type NoticeCommand = 'serve' | 'ask_for_a_call' | 'receive' | 'withdraw';

/** The life of a notice: drafted with what it is about, served, received. `call_needed` is a person's task. */
export const noticeStates: Transitions<NoticeState, NoticeCommand> = {
  drafted: { serve: 'serving', ask_for_a_call: 'call_needed', withdraw: 'withdrawn' },
  serving: { receive: 'received', ask_for_a_call: 'call_needed', withdraw: 'withdrawn' },
  call_needed: { serve: 'serving', receive: 'received', withdraw: 'withdrawn' },
  received: {},
  withdrawn: {},
};
