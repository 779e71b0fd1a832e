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
export const aboveFamilyLimit = defineProblem('above_family_limit', {
  status: 403,
  title: 'This would give the family more than your limit for one family',
  whatToDo:
    'Ask somebody whose limit for one family reaches further, or none has: what the family was given counts too.',
});
export const workedOnIt = defineProblem('worked_on_it', {
  status: 403,
  title: 'You worked on what this is about',
  whatToDo: 'Ask somebody who had no part in it.',
});
export const alreadySigned = defineProblem('already_signed', {
  status: 409,
  title: 'You have signed this already',
  whatToDo: 'Each signature is by another person. Ask one of those who can still sign.',
});
export const notYourSignature = defineProblem('another_role_signs', {
  status: 403,
  title: 'What this still needs is a signature in another role',
  whatToDo: 'Ask somebody who holds that role and a limit for it.',
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
export const noSuchRequest = defineProblem('no_such_request', {
  status: 404,
  title: 'There is no such request for approval here',
  whatToDo: 'Use one that the page of what waits leads to.',
});

whenConstraintBreaks('ck_nobody_decides_their_own_proposal', () => ownProposal('You proposed this yourself.'));
whenConstraintBreaks('ck_nobody_signs_their_own_proposal', () => ownProposal('You proposed this yourself.'));
whenConstraintBreaks('ck_decision_is_within_the_limit', () => aboveLimit('The amount is more than your limit.'));
whenConstraintBreaks('ck_signature_is_within_the_limit', () => aboveLimit('The amount is more than your limit.'));
whenConstraintBreaks('guard_family_is_given_within_the_limit', () =>
  aboveFamilyLimit('Somebody gave the family more meanwhile.'),
);
whenConstraintBreaks('guard_decider_has_not_touched_it', () => workedOnIt('You had a part in it.'));
whenConstraintBreaks('uq_signature_once_a_person', () => alreadySigned('Your signature is on it.'));
whenConstraintBreaks('uq_signature_once_in_a_name', () => alreadySigned('There is a signature in that name.'));
whenConstraintBreaks('guard_step_is_signed_in_its_role', () => notYourSignature('Your role is not the one asked for.'));
whenConstraintBreaks('pk_decision', () => alreadyDecided('There is a decision on record.'));
whenConstraintBreaks('pk_signature', () => alreadyDecided('Somebody signed in the same moment.'));
whenConstraintBreaks('guard_decision_on_an_open_request', (refusal) => alreadyDecided(refusal.message));
whenConstraintBreaks('uq_request_open_once_a_subject', () => alreadyProposed('There is an open request for it.'));
