// What payments shows of its statements; the room's own door passes it on.
export { CloseMonth } from './actions/close-month.action.ts';
export { ImportStatement, type StatementsImported } from './actions/import-statement.action.ts';
export {
  KeepStatementLayout,
  layoutFrom,
  layoutRefused,
  noSuchLayout,
  tryLayout,
} from './actions/keep-layout.action.ts';
export { MatchByHand, type Part } from './actions/match-by-hand.action.ts';
export { OwnException } from './actions/own-exception.action.ts';
export { writeOffCategories, type WriteOffCategory, WriteOffLine } from './actions/write-off.action.ts';
export { monthAsked } from './http/months.controller.ts';
export { bankExpects } from './jobs/match-bank.job.ts';
export { type BankLine, type Expected, type Match, pairOf } from './matching/bank-facts.ts';
export { matchLines } from './matching/match-lines.ts';
export { suggest, type Suggestion } from './matching/suggest.ts';
export { csvLayout, type CsvProfile, daysWritten } from './parse/csv-layout.ts';
export { csvProfiles } from './parse/csv-profiles.ts';
export { MOST_STATEMENT_BYTES } from './parse/file-text.ts';
export { readStatementFile } from './parse/read-statement-file.ts';
export type { LineRead, StatementRead } from './parse/statement-read.ts';
export * from './statement-problems.ts';
export { layoutsInUse, type StatementLayout, statementLayouts } from './store/layout.store.ts';
export {
  type BankLineDetail,
  bankLineDetail,
  writeOffById,
  writeOffsWaiting,
  type WriteOffShown,
} from './views/bank-line.view.ts';
export {
  type BankException,
  bankExceptions,
  countExceptions,
  type ExceptionKind,
  exceptionKinds,
} from './views/exceptions.view.ts';
export { openExpected, type OpenExpected } from './views/expected.view.ts';
export { type ChecklistItem, lastDayOf, monthChecklist } from './views/month-checklist.view.ts';
export {
  linesOfStatement,
  linesToMatchNow,
  listStatements,
  matchingTotals,
  seeReconciliation,
  statementDetail,
  statementOfDocument,
  type StatementLineRow,
  type StatementRow,
} from './views/statements.view.ts';
export { type ThreeWayProof, threeWayProof } from './views/three-way.view.ts';
export { VerifyStatements } from './views/verify-statements.view.ts';
