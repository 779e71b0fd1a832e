import type { CellKind } from '../columns/column.ts';
import { readAccountNumber, readSortCode } from './bank-cells.ts';
import type { CellReader } from './cell-reading.ts';
import { readEmail, readMobile, readPostcode } from './contact-cells.ts';
import { readDate } from './date-cell.ts';
import { readMoney } from './money-cell.ts';
import { readWays } from './ways-cell.ts';
import { readChoice, readLanguage, readReference, readText } from './text-cells.ts';

/** Gives the parser the reader for each kind of column. */
export const cellReaders: Readonly<Record<CellKind, CellReader>> = {
  reference: readReference,
  text: readText,
  choice: readChoice,
  date: readDate,
  money: readMoney,
  'sort code': readSortCode,
  'account number': readAccountNumber,
  mobile: readMobile,
  email: readEmail,
  postcode: readPostcode,
  language: readLanguage,
  ways: readWays,
};
