import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

/** Tells an administrator that somebody changed the same thing meanwhile. */
export const changedMeanwhile = defineProblem('changed_meanwhile', {
  status: 409,
  title: 'Somebody changed this while you had it open',
  whatToDo: 'Look at what is there now, beside what you typed. Send it again if it is still right.',
});
/** Tells an administrator that their own account is for another administrator to change. */
export const ownAccount = defineProblem('own_account', {
  status: 403,
  title: 'You cannot change your own roles or account',
  whatToDo: 'Ask another administrator.',
});
/** Tells an administrator that nobody would be left who can let people in. */
export const lastAdministrator = defineProblem('last_administrator', {
  status: 409,
  title: 'This is the last administrator',
  whatToDo: 'Make somebody else an administrator first.',
});
/** Tells an administrator that the operator's account is for nobody to sign in with. */
export const operatorAccount = defineProblem('operator_account', {
  status: 409,
  title: 'Nobody signs in as the operator',
  whatToDo: 'Add the person who needs to sign in, with an account of their own.',
});
/** Tells an administrator that a team of that name is here. */
export const teamExists = defineProblem('team_exists', {
  status: 409,
  title: 'There is already a team of that name',
  whatToDo: 'Use another name, or change the team that is here.',
});
/** Tells an administrator that the number is of no team here. */
export const noSuchTeam = defineProblem('no_such_team', {
  status: 404,
  title: 'There is no such team here',
  whatToDo: 'Choose one of the teams on the page about your service.',
});
/** Tells a second person that something is not, or no longer, open to decide. */
export const notWaitingForYou = defineProblem('proposal_not_waiting', {
  status: 409,
  title: 'This does not wait for a decision',
  whatToDo: 'Look at it again: somebody may have decided already.',
});
/** Tells a person that the number is of no proposal here. */
export const noSuchProposal = defineProblem('no_such_proposal', {
  status: 404,
  title: 'There is no such proposal here',
  whatToDo: 'Use one that a page of administration lists as waiting.',
});
/** Tells a person that the number is of no token of that person. */
export const noSuchToken = defineProblem('no_such_token', {
  status: 404,
  title: 'There is no such token here',
  whatToDo: 'Use one that the page of that person lists.',
});
/** Tells a person that they proposed this themselves. */
export const ownProposal = defineProblem('proposed_by_yourself', {
  status: 403,
  title: 'You proposed this yourself',
  whatToDo: 'Ask a second person to decide about it.',
});
/** Tells a person that one proposal of the kind is already waiting. */
export const alreadyProposed = defineProblem('already_proposed', {
  status: 409,
  title: 'Something like this already waits for a second person',
  whatToDo: 'Have the waiting proposal decided first.',
});

whenConstraintBreaks('ck_nobody_changes_their_own_account', () => ownAccount('This is your own account.'));
whenConstraintBreaks('guard_last_administrator_stays', () => lastAdministrator('Nobody could let people in any more.'));
whenConstraintBreaks('guard_operator_cannot_sign_in', () =>
  operatorAccount('The operator’s account is what the command line imports under.'),
);
whenConstraintBreaks('uq_team_name', () =>
  teamExists('The name is taken.', [{ field: 'name', reason: 'A team has this name.' }]),
);
for (const name of ['limit', 'rate', 'originator']) {
  whenConstraintBreaks(`uq_${name}_proposal_one_open`, () => alreadyProposed('One proposal at a time.'));
  whenConstraintBreaks(`ck_${name}_proposal_needs_two_people`, () => ownProposal('Two people are needed.'));
}
