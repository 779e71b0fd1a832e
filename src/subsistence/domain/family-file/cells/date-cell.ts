import { isPlainDate } from '../../../../kernel/index.ts';
import { type CellProblem, type CellReader, quoted } from './cell-reading.ts';

const ISO = /^\d{4}-\d{2}-\d{2}$/;
const firstDay = '1900-01-01';
const mostYearsAhead = 30;

/** Reads a day a caseworker wrote as 2026-12-01, from 1900 to thirty years ahead; it never guesses another order. */
export const readDate: CellReader = (text, column, today) => {
  if (!ISO.test(text)) return { reason: notIso(text), whatToDo: inIsoOrder(text) };
  if (!isPlainDate(text)) {
    return { reason: `${quoted(text)} is not a day of the calendar.`, whatToDo: 'Check the month and the day.' };
  }
  if (text < firstDay) return { reason: `${text} is before 1900.`, whatToDo: 'Check the year.' };
  const lastYear = Number(today.slice(0, 4)) + mostYearsAhead;
  return Number(text.slice(0, 4)) > lastYear ? tooFarAhead(text, column.name) : text;
};

function notIso(text: string): string {
  if (/^\d{5}$/.test(text)) return `${quoted(text)} is the number a spreadsheet keeps for a date.`;
  if (/^\d{4}-\d{2}-\d{2}[T ]/.test(text)) return `${quoted(text)} has a time after the date.`;
  if (/^\d{1,2}[/.-]\d{1,2}[/.-](\d{2}|\d{4})$/.test(text))
    return `${quoted(text)} is not in the order year-month-day.`;
  return `${quoted(text)} is not a date.`;
}

function inIsoOrder(text: string): string {
  const format = 'Write the date as year-month-day, for example 2026-12-01';
  return /^\d{5}$/.test(text) ? `Set the column to Text in the spreadsheet. ${format}.` : `${format}.`;
}

function tooFarAhead(text: string, column: string): CellProblem {
  const whatToDo = column === 'support_to' ? 'For support until further notice, leave it blank.' : 'Check the year.';
  return { reason: `${text} is more than ${mostYearsAhead} years ahead.`, whatToDo };
}
