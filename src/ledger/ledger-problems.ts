import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

/** Tells finance that nothing may be posted into a month any more. */
export const monthClosed = defineProblem('month_closed', {
  status: 409,
  title: 'That month is closed',
  whatToDo: 'Post it in the open month, or have two people open the month again.',
});
/** Tells finance what keeps a month open. */
export const monthNotReady = defineProblem('month_not_ready', {
  status: 409,
  title: 'That month cannot be closed yet',
  whatToDo: 'Look at the checklist of the month: each line that is not done says where to go.',
});
export const noSuchMonth = defineProblem('no_such_month', {
  status: 404,
  title: 'There is no such closed month',
  whatToDo: 'Look at the list of months, and use one that is closed there.',
});
export const codesMissing = defineProblem('journal_codes_missing', {
  status: 409,
  title: 'Some accounts have no codes in the council’s general ledger',
  whatToDo: 'Give each account named below its cost centre and subjective code, then make the journal.',
});
export const nothingToJournal = defineProblem('nothing_to_journal', {
  status: 409,
  title: 'Everything up to that day is in a journal already',
  whatToDo: 'Choose a later day, or download the journal that is there.',
});
export const noSuchJournal = defineProblem('no_such_journal', {
  status: 404,
  title: 'There is no such journal here',
  whatToDo: 'Use the number of a journal in the list.',
});
export const noSuchAccount = defineProblem('no_account_for_codes', {
  status: 404,
  title: 'There is no such account to give codes to',
  whatToDo: 'Use an account in the list of codes.',
});

whenConstraintBreaks('guard_closed_month_stands', () => monthClosed('Its books stand as they were closed.'));
whenConstraintBreaks('guard_month_is_closed_once', () => monthClosed('Somebody has closed it already.'));
whenConstraintBreaks('ck_month_is_over_when_it_closes', () => monthNotReady('It is not over.'));
whenConstraintBreaks('guard_month_closes_with_nothing_in_suspense', () =>
  monthNotReady('Something of the bank’s is not matched or written off.'),
);
whenConstraintBreaks('uq_month_reopening_once', () => monthClosed('Somebody proposed already to open it again.'));
