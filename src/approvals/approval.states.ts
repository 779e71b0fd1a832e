import type { Transitions } from '../kernel/index.ts';

export type ApprovalState = 'open' | 'approved' | 'sent_back' | 'declined' | 'void';
export type ApprovalCommand = 'approve' | 'send_back' | 'decline' | 'void';

/** The life of a request for approval. */
export const approvalStates: Transitions<ApprovalState, ApprovalCommand> = {
  open: { approve: 'approved', send_back: 'sent_back', decline: 'declined', void: 'void' },
  approved: { void: 'void' },
  sent_back: {},
  declined: {},
  void: {},
};
