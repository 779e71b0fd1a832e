import { type CellReader, shortenedNumber } from './cell-reading.ts';

// What was written is never repeated here: these are ways to find a family.

/** UK mobile numbers after the country code: 071–075, 077–079, and 07624 on the Isle of Man; 070 and 076 are not. */
const MOBILE = /^(?:\+44|0044|44|)0?(7(?:[1-57-9]\d{8}|624\d{6}))$/;
const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\]+\.[^\s@."(),:;<>[\]\\]{2,}$/;
const longestEmail = 254;
const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]?|GIR)(\d[ABD-HJLNP-UW-Z]{2})$/;

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
  const number = MOBILE.exec(digits)?.[1];
  if (number) return `+44${number}`;
  return {
    reason: 'That is not a UK mobile number.',
    whatToDo: 'Write eleven digits starting with 07, or +44 and ten digits; leave it blank when there is none.',
  };
};

/** Reads one email address the family may be told things at; kept as written. */
export const readEmail: CellReader = (text) => {
  if (text.length <= longestEmail && EMAIL.test(text) && !text.includes('..')) return text;
  return {
    reason: 'That is not an email address.',
    whatToDo: 'Write one address, for example name@example.org; leave it blank when there is none.',
  };
};

/** Reads the postcode letters to the family go to; kept in upper case with one space. */
export const readPostcode: CellReader = (text) => {
  const parts = POSTCODE.exec(text.replaceAll(/\s/g, '').toUpperCase());
  if (parts) return `${parts[1]} ${parts[2]}`;
  return { reason: 'That is not a UK postcode.', whatToDo: 'Write the whole postcode, for example SE1 1AA.' };
};
