import { addDays, type PlainDate, plainDate } from '../../kernel/index.ts';

/** Names the month of a day: `2026-11`. */
export function monthOf(day: PlainDate): string {
  return day.slice(0, 7);
}

/** Gives the first and the last day of a month. @param month written `2026-11` */
export function daysOfMonth(month: string): { from: PlainDate; to: PlainDate } {
  const from = plainDate(`${month}-01`);
  return { from, to: addDays(plainDate(`${monthOf(addDays(from, 31))}-01`), -1) };
}
