import type { Transitions } from '../kernel/index.ts';

export type ProposalState = 'proposed' | 'approved' | 'declined' | 'withdrawn';
export type ProposalCommand = 'approve' | 'decline' | 'withdraw';

/** The life of a proposal to put money into a fund, or to move it. */
export const proposalStates: Transitions<ProposalState, ProposalCommand> = {
  proposed: { approve: 'approved', decline: 'declined', withdraw: 'withdrawn' },
  approved: {},
  declined: {},
  withdrawn: {},
};
