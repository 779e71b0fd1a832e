import { Money } from '../../../../kernel/index.ts';
import { type CellReader, quoted, shortenedNumber } from './cell-reading.ts';

const AMOUNT = /^(0|[1-9]\d{0,11})(\.\d{1,2})?$/;
const most = Money.gbp('9999.99');

/** What people and spreadsheets write instead of pounds and pence, in the order it is looked for. */
const mistakes: readonly (readonly [RegExp, string, string])[] = [
  [/[£$€]/, 'has a currency sign', 'Write digits only, for example 12.50.'],
  [/^-|^\(.*\)$/, 'is negative', 'A top-up only adds to what a family is paid: write an amount above zero.'],
  [/^\d+,\d{1,2}$/, 'has a comma where the point should be', 'Write a point before the pence, for example 12.50.'],
  [/,/, 'has a comma', 'Write it without commas, for example 1250.00.'],
  [/^\d*\.\d{3,}$/, 'has more than two decimals', 'Write whole pence, for example 12.50.'],
];

/** Reads a weekly amount a caseworker wrote: pounds and pence as text, from 0.01 to 9999.99, kept with two decimals. */
export const readMoney: CellReader = (text, column) => {
  const shortened = shortenedNumber(text, column);
  if (shortened) return shortened;
  for (const [pattern, reason, whatToDo] of mistakes) {
    if (pattern.test(text)) return { reason: `${quoted(text)} ${reason}.`, whatToDo };
  }
  if (!AMOUNT.test(text)) {
    return { reason: `${quoted(text)} is not an amount of money.`, whatToDo: 'Write it as 12.50 or 12.' };
  }
  const amount = Money.gbp(text);
  if (amount.isZero()) {
    const whatToDo = 'When there is no top-up, leave weekly_top_up and top_up_reason blank.';
    return { reason: 'A top-up of nothing is not a top-up.', whatToDo };
  }
  if (amount.compare(most) > 0) {
    return { reason: `${quoted(text)} is more than 9999.99 a week.`, whatToDo: 'Check where the point is.' };
  }
  return amount.toString();
};
