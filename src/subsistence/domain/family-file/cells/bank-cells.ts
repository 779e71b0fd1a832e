import { type CellReader, shortenedNumber, writeAllowed } from './cell-reading.ts';

// What was written is never repeated here: these are bank details.

/** Reads a sort code for finance: six digits, written 204512, 20-45-12 or 20 45 12; kept as six digits. */
export const readSortCode: CellReader = (text, column) => {
  const shortened = shortenedNumber(text, column);
  if (shortened) return shortened;
  const digits = text.replaceAll(/[\s-]/g, '');
  if (/^\d{2}([- ]?)\d{2}\1\d{2}$/.test(text) && digits !== '000000') return digits;
  if (/^\d{5}$/.test(digits)) {
    return {
      reason: 'The sort code has five digits: a spreadsheet may have dropped a zero at the front.',
      whatToDo: 'Check it with the family, set the column to Text, and write all six digits.',
    };
  }
  return { reason: 'The sort code is not six digits.', whatToDo: writeAllowed(column) };
};

/** Reads an account number for finance: exactly eight digits. A lost zero is never put back by guessing. */
export const readAccountNumber: CellReader = (text, column) => {
  const shortened = shortenedNumber(text, column);
  if (shortened) return shortened;
  if (/^\d{8}$/.test(text) && text !== '00000000') return text;
  if (/^\d{7}$/.test(text)) {
    return {
      reason: 'The account number has seven digits: a spreadsheet may have dropped a zero at the front.',
      whatToDo: 'Check it with the family, set the column to Text, and write all eight digits.',
    };
  }
  const counted = /^\d+$/.test(text) && text.length !== 8 ? ` It has ${text.length}.` : '';
  return {
    reason: `The account number is not eight digits.${counted}`,
    whatToDo: "Write the eight digits on the family's bank card or statement, without spaces.",
  };
};
