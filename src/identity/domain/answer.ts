import { z } from 'zod';
import { notWaitingForYou, ownProposal } from '../people-problems.ts';

/** What a second person says to a proposal, over HTTP. */
export const answering = z.object({
  outcome: z.enum(['approved', 'refused']),
  reason: z.string().trim().max(500).default(''),
});

/** What a second person says to a proposal, and why. */
export type Answer = z.output<typeof answering>;

/** Stops a person who decides about their own proposal, or about one that is decided. @throws proposed_by_yourself, proposal_not_waiting */
export function mustBeForAnother(proposal: { readonly state: string; readonly proposedBy: string }, me: string): void {
  if (proposal.state !== 'open') throw notWaitingForYou(`It is ${proposal.state}.`);
  if (proposal.proposedBy === me) throw ownProposal('Two people are needed.');
}
