import { defineProblem, type DomainError, type ProblemItem } from '../../kernel/index.ts';

/** Tells a finance officer that a bank's report was refused whole, with the lines that are wrong. */
export const reportRefused = defineProblem('report_refused', {
  status: 422,
  title: 'That report cannot be taken in',
  whatToDo:
    'Nothing was taken in. Fetch the report from the bank again; if it is the same, ask the bank about the lines named.',
});
/** Tells a finance officer that this very report is here already. */
export const reportTakenInBefore = defineProblem('report_taken_in_before', {
  status: 409,
  title: 'This report was taken in before',
  whatToDo: 'There is nothing to do: what it says is here. If the bank sent another, use that file.',
});

const MOST_LISTED = 200;

/** Makes one refusal of everything wrong with a report, in the order of its lines. */
export function refusedReport(items: readonly ProblemItem[]): DomainError {
  const places = items.length === 1 ? 'one place' : `${items.length} places`;
  const inOrder = items.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return reportRefused(`The report is wrong in ${places}; nothing was taken in.`, inOrder.slice(0, MOST_LISTED));
}
