import { Money, type PlainDate, weekdayNumber } from '../../kernel/index.ts';
import type { DateWords } from './words.ts';

const ISOLATE_LTR = '\u2066';
const ISOLATE_RTL = '\u2067';
const END_ISOLATE = '\u2069';

/** Writes an amount as families see it on a bank statement: `£1,298.36`. */
export function amountText(amount: string): string {
  const [pounds, pence] = Money.gbp(amount).toString().split('.') as [string, string];
  return `£${pounds.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${pence}`;
}

/**
 * Writes a day out for a family: `Tuesday 1 December`.
 *
 * The digits are those of their bank statements and of the cash machine, in every language. The names are words of the
 * language that a person approves, so they are ours: those of the platform change with its release, and a letter must
 * read tomorrow as it was approved today.
 */
export function dateText(date: PlainDate, words: DateWords, length: 'long' | 'short' | 'dated'): string {
  const isShort = length === 'short';
  const months = (isShort ? words.shortMonths : words.months).split('|');
  return words[length]
    .replace('{weekday}', weekdayText(weekdayNumber(date), isShort ? words.shortWeekdays : words.weekdays))
    .replace('{day}', `${dayAndMonth(date).day}`)
    .replace('{month}', months[dayAndMonth(date).month - 1] as string)
    .replace('{year}', date.slice(0, 4));
}

/** Gives the name of a weekday, Monday = 1, out of a language's list. */
export function weekdayText(weekday: number, names: string): string {
  return names.split('|')[weekday - 1] as string;
}

/** Writes a day in digits alone, for a reader of any language: `1/12`. */
export function digitsText(date: PlainDate): string {
  const { day, month } = dayAndMonth(date);
  return `${day}/${month}`;
}

/** Keeps amounts, telephone numbers and names in their own order inside right-to-left text. */
export function isolated(text: string, direction: 'ltr' | 'rtl'): string {
  return `${direction === 'ltr' ? ISOLATE_LTR : ISOLATE_RTL}${text}${END_ISOLATE}`;
}

function dayAndMonth(date: PlainDate): { day: number; month: number } {
  return { day: Number(date.slice(8)), month: Number(date.slice(5, 7)) };
}
