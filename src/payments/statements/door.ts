// What payments shows of its statements; the room's own door passes it on.
export { ImportStatement, type StatementsImported } from './actions/import-statement.action.ts';
export { readStatementFile } from './parse/read-statement-file.ts';
export { MOST_STATEMENT_BYTES } from './parse/file-text.ts';
export type { LineRead, StatementRead } from './parse/statement-read.ts';
export * from './statement-problems.ts';
export {
  linesOfStatement,
  linesToMatchNow,
  listStatements,
  matchingTotals,
  seeReconciliation,
  statementDetail,
  type StatementLineRow,
  type StatementRow,
} from './views/statements.view.ts';
export { type BankLine, type Expected, type Match, pairOf } from './matching/bank-facts.ts';
export { matchLines } from './matching/match-lines.ts';
