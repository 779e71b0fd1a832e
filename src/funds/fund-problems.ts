import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

/** Tells an approver that the fund does not have the money. */
export const fundOverspent = defineProblem('fund_overspent', {
  status: 409,
  title: 'There is not enough left in the fund',
  whatToDo: 'Put budget into the fund, hold some payments, or choose another fund. Nothing was changed.',
});
/** Tells an administrator that the code, or the place of usual section 17 fund, is taken. */
export const fundExists = defineProblem('fund_exists', {
  status: 409,
  title: 'There is already such a fund',
  whatToDo: 'Choose another code; only one fund can be the usual one for section 17.',
});
/** Tells somebody that no fund of this council has that code or number. */
export const noSuchFund = defineProblem('no_such_fund', {
  status: 404,
  title: 'There is no such fund',
  whatToDo: 'Use the code of a fund of this council, or add the fund first.',
});
/** Tells a finance officer that somebody else changed the fund meanwhile. */
export const fundMovedOn = defineProblem('fund_moved_on', {
  status: 409,
  title: 'The fund has changed since you opened the page',
  whatToDo: 'Look at its rules as they are now, and change them again if that is still right.',
});
/** Tells a finance officer that other rules of the fund wait already. */
export const rulesProposed = defineProblem('fund_rules_already_proposed', {
  status: 409,
  title: 'Rules for this fund wait for a second person already',
  whatToDo: 'Have those agreed or refused first.',
});
/** Tells a finance officer that no proposal of this council has that number. */
export const noSuchProposal = defineProblem('no_such_fund_proposal', {
  status: 404,
  title: 'There is no such proposal',
  whatToDo: 'Look at the list of proposals and use a number shown there.',
});
/** Tells a finance officer that a second person is needed. */
export const ownMoney = defineProblem('own_fund_proposal', {
  status: 403,
  title: 'You cannot decide on money you proposed',
  whatToDo: 'Ask an administrator or another finance officer. You can take the proposal back.',
});
/** Tells a finance officer that only its proposer takes a proposal back. */
export const notYourProposal = defineProblem('not_your_fund_proposal', {
  status: 403,
  title: 'Only the person who proposed this can take it back',
  whatToDo: 'Decline it instead, with your reason.',
});
/** Tells a second person that the proposal waits no more. */
export const proposalDecided = defineProblem('fund_proposal_decided', {
  status: 409,
  title: 'This proposal is not waiting any more',
  whatToDo: 'Look at it again: what became of it, and who decided, is shown there.',
});
/** Tells a finance officer that a move would take more of a year than the year has. */
export const yearTooSmall = defineProblem('budget_of_year_too_small', {
  status: 409,
  title: 'The fund has less budget than that for the year',
  whatToDo: 'Move less, or choose another year. Nothing was changed.',
});
/** Tells a finance officer that money moves between two funds, not within one. */
export const sameFund = defineProblem('same_fund', {
  status: 422,
  title: 'Money moves between two funds',
  whatToDo: 'Choose another fund to move it to.',
});

whenConstraintBreaks('uq_rules_proposal_one_open', () => rulesProposed('One proposal at a time.'));
whenConstraintBreaks('ck_account_is_never_overdrawn', () => fundOverspent('The fund would be overspent.'));
whenConstraintBreaks('uq_fund_code', () =>
  fundExists('The code is taken.', [{ field: 'code', reason: 'Another fund has this code.' }]),
);
whenConstraintBreaks('uq_fund_one_section_17_default', () =>
  fundExists('Another fund is the usual one for section 17.'),
);
whenConstraintBreaks('ck_nobody_decides_their_own_money', () => ownMoney('You proposed this yourself.'));
whenConstraintBreaks('guard_proposal_is_immutable', (refusal) => proposalDecided(refusal.message));
whenConstraintBreaks('guard_move_is_within_the_budget_of_its_year', () =>
  yearTooSmall('The fund the money comes from has less budget for that year.'),
);
