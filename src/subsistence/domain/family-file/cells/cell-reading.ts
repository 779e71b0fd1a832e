import type { PlainDate } from '../../../../kernel/index.ts';
import type { FamilyFileColumn } from '../columns/column.ts';

/** Tells a caseworker what is wrong with one cell and what to do about it. */
export interface CellProblem {
  readonly reason: string;
  readonly whatToDo: string;
}

/** Reads one filled cell, already trimmed, into the form Mainstay keeps, or says what is wrong with it. */
export type CellReader = (text: string, column: FamilyFileColumn, today: PlainDate) => string | CellProblem;

const SCIENTIFIC = /^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i;

/** Shows a caseworker what they wrote, short and on one line. Never used for bank details, names or contacts. */
export function quoted(text: string): string {
  // oxlint-disable-next-line no-control-regex -- a mark that cannot be printed must not reach a terminal
  const printable = text.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ');
  return `"${printable.length > 40 ? `${printable.slice(0, 40)}…` : printable}"`;
}

/** Tells a caseworker what to write in a column. */
export function writeAllowed(column: FamilyFileColumn): string {
  return `Write ${column.allowed.charAt(0).toLowerCase()}${column.allowed.slice(1)}`;
}

/** Says that a spreadsheet shortened a long number, when it did: its last digits are lost for the caseworker. */
export function shortenedNumber(text: string, column: FamilyFileColumn): CellProblem | undefined {
  if (!SCIENTIFIC.test(text)) return undefined;
  return {
    reason: `A spreadsheet has shortened this ${column.name} to scientific notation such as 1.23E+07; digits are lost.`,
    whatToDo: 'Set the column to Text in the spreadsheet, type the number again in full, and save.',
  };
}
