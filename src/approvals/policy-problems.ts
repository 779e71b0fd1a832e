import { ownProposalToSetUp, proposalWaits } from '../identity/index.ts';
import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

/** Tells an administrator that signatures are asked for from the day they are proposed or later. */
export const policyDayRefused = defineProblem('policy_day_refused', {
  status: 422,
  title: 'Signatures cannot be asked for from that day on',
  whatToDo: 'Choose today or a later day.',
});

whenConstraintBreaks('uq_policy_one_open', () => proposalWaits('One proposal from one amount at a time.'));
whenConstraintBreaks('ck_policy_needs_two_people', () => ownProposalToSetUp('Two people are needed.'));
