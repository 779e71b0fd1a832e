import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

export const ownProposal = defineProblem('own_proposal', {
  status: 403,
  title: 'You cannot decide on your own proposal',
  whatToDo: 'Ask somebody else who holds a delegated limit for this.',
});
export const aboveLimit = defineProblem('above_delegated_limit', {
  status: 403,
  title: 'This is above your delegated limit',
  whatToDo: 'Ask somebody whose delegated limit covers the amount.',
});
export const alreadyDecided = defineProblem('already_decided', {
  status: 409,
  title: 'Somebody has already decided this',
  whatToDo: 'Look at it again: the decision and its reason are in its history.',
});
export const changedSinceSeen = defineProblem('changed_since_seen', {
  status: 409,
  title: 'This changed after it was sent for approval',
  whatToDo: 'Look at it as it stands now. It must be sent for approval again.',
});
export const alreadyProposed = defineProblem('already_waiting_for_approval', {
  status: 409,
  title: 'This is already waiting for approval, or approved',
  whatToDo: 'Wait for the decision, or take the present proposal back first.',
});

whenConstraintBreaks('ck_nobody_decides_their_own_proposal', () => ownProposal('You proposed this yourself.'));
whenConstraintBreaks('ck_decision_is_within_the_limit', () => aboveLimit('The amount is more than your limit.'));
whenConstraintBreaks('pk_decision', () => alreadyDecided('There is a decision on record.'));
whenConstraintBreaks('guard_decision_on_an_open_request', (refusal) => alreadyDecided(refusal.message));
whenConstraintBreaks('uq_request_open_once_a_subject', () => alreadyProposed('There is an open request for it.'));
