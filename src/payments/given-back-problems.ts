import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

/** Tells finance that more is said to come back than ever reached anybody. */
export const moreThanWasPaid = defineProblem('more_than_was_paid', {
  status: 409,
  title: 'That is more than was paid',
  whatToDo: 'Look at what was paid, less what came back and what was given back already, and write down at most that.',
});
/** Tells finance that there is no such money here. */
export const noSuchGivenBack = defineProblem('no_such_given_back', {
  status: 404,
  title: 'There is no such money given back here',
  whatToDo: 'Use a number the award’s page or GET /api/v1/awards/NUMBER lists.',
});
/** Tells finance that the bank shows the money already. */
export const givenBackCame = defineProblem('given_back_came', {
  status: 409,
  title: 'This money came: a bank line is matched to it',
  whatToDo: 'If the line is not this money, take the match back first.',
});
whenConstraintBreaks('guard_given_back_is_at_most_what_was_paid', () =>
  moreThanWasPaid('Somebody wrote some of it down at the same moment.'),
);
whenConstraintBreaks('guard_money_that_came_is_not_withdrawn', () => givenBackCame('It was matched a moment ago.'));
