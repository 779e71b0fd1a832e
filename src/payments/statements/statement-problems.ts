import { defineProblem } from '../../kernel/index.ts';
import { whenConstraintBreaks } from '../../platform/index.ts';

/** Tells a finance officer what is wrong with a statement file, by line. Nothing of it was taken in. */
export const statementRefused = defineProblem('statement_refused', {
  status: 422,
  title: 'That statement cannot be taken in',
  whatToDo: 'Nothing was changed. Put right each place named below, or ask the bank for the file again.',
});
/** Tells a finance officer that a statement is here already. */
export const statementTakenBefore = defineProblem('statement_taken_before', {
  status: 409,
  title: 'This statement has been taken in before',
  whatToDo: 'Nothing was changed. Look for it under Statements; ask the bank if it should be another one.',
});
/** Tells a finance officer that a statement is of an account the council does not pay from. */
export const statementOfAnotherAccount = defineProblem('statement_of_another_account', {
  status: 422,
  title: 'That statement is of another account',
  whatToDo: 'Take in the statement of the account the council pays from. An administrator sets it under Pay days.',
});
export const matchedAlready = defineProblem('matched_already', {
  status: 409,
  title: 'That is more than is left to match',
  whatToDo: 'Somebody or the rules may have matched it meanwhile. Look at the line again.',
});
export const noSuchStatement = defineProblem('no_such_statement', {
  status: 404,
  title: 'There is no such statement here',
  whatToDo: 'Use the number of a statement of this council; GET /api/v1/bank-statements lists them.',
});
export const noSuchLineOfTheBank = defineProblem('no_such_bank_line', {
  status: 404,
  title: 'There is no such bank line here',
  whatToDo: 'Use the number of a line of one of this council’s statements.',
});
export const noSuchMatch = defineProblem('no_such_match', {
  status: 404,
  title: 'There is no such match here',
  whatToDo: 'Look at the line again, and use a match that stands there.',
});
export const cannotBeMatched = defineProblem('cannot_be_matched', {
  status: 422,
  title: 'These do not belong together',
  whatToDo: 'A line that went out pays something that was sent; a line that came in is something that was to come.',
});

whenConstraintBreaks('uq_statement_file_once', () => statementTakenBefore('A file with the same bytes is on record.'));
whenConstraintBreaks('uq_statement_once', () =>
  statementTakenBefore('A statement with the same reference is on record.'),
);
whenConstraintBreaks('uq_statement_says_something_new', () =>
  statementTakenBefore('A statement of the same days and balances is on record.'),
);
whenConstraintBreaks('guard_statement_days_are_new', () =>
  statementTakenBefore('Some of its days are in a statement that is on record.'),
);
whenConstraintBreaks('guard_statement_is_of_our_account', () =>
  statementOfAnotherAccount('Its sort code and account number are not the council’s.'),
);
for (const name of ['guard_line_is_matched_once', 'guard_expected_is_matched_once'])
  whenConstraintBreaks(name, () => matchedAlready('More would be matched than there is.'));
whenConstraintBreaks('uq_match_is_taken_back_once', () => noSuchMatch('Somebody has taken it back already.'));
whenConstraintBreaks('guard_match_joins_a_line_to_what_it_paid', () =>
  cannotBeMatched('There is nothing of that number that the bank was to show that way.'),
);
whenConstraintBreaks('uq_write_off_one_open', () =>
  matchedAlready('Somebody proposed already to write this line off.'),
);
