import { isEmail, ukMobile, ukPostcode } from '../../../../families/index.ts';
import { type CellReader, shortenedNumber } from './cell-reading.ts';

// What was written is never repeated here: these are ways to find a family.

/** Reads a UK mobile number the family may be told things on; kept as E.164, `+447700900123`. */
export const readMobile: CellReader = (text, column) => {
  const shortened = shortenedNumber(text, column);
  if (shortened) return shortened;
  const digits = text.replaceAll(/[\s().-]/g, '');
  if (/^7\d{9}$/.test(digits)) {
    return {
      reason: 'The mobile number starts with 7: a spreadsheet may have dropped the zero at the front.',
      whatToDo: 'Check it, set the column to Text, and write it as 07700 900123.',
    };
  }
  const number = ukMobile(digits);
  if (number) return number;
  return {
    reason: 'That is not a UK mobile number.',
    whatToDo: 'Write eleven digits starting with 07, or +44 and ten digits; leave it blank when there is none.',
  };
};

/** Reads one email address the family may be told things at; kept as written. */
export const readEmail: CellReader = (text) => {
  if (isEmail(text)) return text;
  return {
    reason: 'That is not an email address.',
    whatToDo: 'Write one address, for example name@example.org; leave it blank when there is none.',
  };
};

/** Reads the postcode letters to the family go to; kept in upper case with one space. */
export const readPostcode: CellReader = (text) => {
  const postcode = ukPostcode(text);
  if (postcode) return postcode;
  return { reason: 'That is not a UK postcode.', whatToDo: 'Write the whole postcode, for example SE1 1AA.' };
};
