import type { Transitions } from '../kernel/index.ts';

export type ApprovalState = 'open' | 'approved' | 'sent_back' | 'void';
export type ApprovalCommand = 'approve' | 'send_back' | 'void';

/** The life of a request for approval. */
export const approvalStates: Transitions<ApprovalState, ApprovalCommand> = {
  open: { approve: 'approved', send_back: 'sent_back', void: 'void' },
  approved: { void: 'void' },
  sent_back: {},
  void: {},
};
