import { type NameCheckAnswer, nameCheckAnswers } from '../../families/index.ts';
import { addDays, type PlainDate } from '../../kernel/index.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Europe/London', day: 'numeric', month: 'long', year: 'numeric' },
  ...{ hour: 'numeric', minute: '2-digit', hour12: true },
});

/** Writes money for a reader: `£1,234.50`, with a true minus. @param amount decimal text */
export function money(amount: string | { toString(): string } | null | undefined): string {
  if (amount === null || amount === undefined || amount === '') return '';
  const [, sign, pounds = '0', pence = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(String(amount)) ?? [];
  if (sign === undefined) return String(amount);
  return `${sign ? '−' : ''}£${pounds.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${pence.padEnd(2, '0')}`;
}

/** Writes a day in full: `1 December 2026`. */
export function day(date: PlainDate | null | undefined): string {
  const parts = partsOf(date);
  return parts ? `${parts.day} ${MONTHS[parts.month - 1]} ${parts.year}` : '';
}

/** Writes a day with its weekday: `Tuesday 1 December 2026`. */
export function dayLong(date: PlainDate | null | undefined): string {
  return date ? `${weekday(date)} ${day(date)}` : '';
}

/** Writes a day for a table: `1 Dec 2026`. */
export function dayShort(date: PlainDate | null | undefined): string {
  const parts = partsOf(date);
  return parts ? `${parts.day} ${MONTHS[parts.month - 1]?.slice(0, 3)} ${parts.year}` : '';
}

/** Writes the days in a text as a reader reads them: what a program says of itself has them as `2026-12-01`. */
export function withDays(text: string | null | undefined): string {
  return (text ?? '').replaceAll(/\d{4}-\d\d-\d\d/g, (written) => dayShort(written as PlainDate));
}

/** Writes a month: `December 2026`. @param text written `2026-12` */
export function monthName(text: string | null | undefined): string {
  return text ? day(`${text}-01` as PlainDate).slice(2) : '';
}

/** Writes a month for a table: `Dec 2026`. @param text written `2026-12` */
export function monthShort(text: string | null | undefined): string {
  return text ? dayShort(`${text}-01` as PlainDate).slice(2) : '';
}

/** Writes the month a day is in: `December 2026`. */
export function monthOf(date: PlainDate | null | undefined): string {
  return monthName(date?.slice(0, 7));
}

/** Gives the day before: the last day of something that counts up to, not including, a day. */
export function dayBefore(date: PlainDate | null | undefined): PlainDate | undefined {
  return date ? addDays(date, -1) : undefined;
}

/** Names the weekday of a day. */
export function weekday(date: PlainDate): string {
  return WEEKDAYS[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? '';
}

/** Writes a moment as the council's clocks show it: `24 November 2026 at 9:05am`. */
export function moment(at: Date | string | null | undefined): string {
  if (!at) return '';
  const written = CLOCK.format(new Date(at)).replaceAll(/\s/g, ' ');
  return written.replace(/,? (?:at )?(\d+:\d\d) ([ap]m)$/i, ' at $1$2');
}

/** Writes a whole number: `12,345`. */
export function count(n: number | string | null | undefined): string {
  return n === null || n === undefined ? '' : String(n).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** Writes a code as words: `earlier-run-open` becomes `Earlier run open`. */
export function words(code: string | null | undefined): string {
  const text = (code ?? '').replaceAll(/[-_]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function partsOf(date: string | null | undefined): { year: number; month: number; day: number } | undefined {
  const [, year, month, dayOfMonth] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date ?? '') ?? [];
  return year ? { year: Number(year), month: Number(month), day: Number(dayOfMonth) } : undefined;
}

/** Says how often a plan is paid. @param days 7, 14 or 28 */
export function frequency(days: number): string {
  return { 7: 'Every week', 14: 'Every two weeks', 28: 'Every four weeks' }[days] ?? `Every ${days} days`;
}

/** Names the weekday of a number. @param n 1 = Monday */
export function payDayName(n: number): string {
  return WEEKDAYS[n % 7] ?? '';
}

/** Says how a family may be written to or called. @param contact yes, no or discreet */
export function contactRule(contact: string): string {
  const rules: Record<string, string> = {
    yes: 'Yes',
    no: 'No: nothing is sent',
    discreet: 'Discreetly: say nothing of support',
  };
  return rules[contact] ?? contact;
}

const WAYS: Readonly<Record<string, string>> = {
  ...{ sms: 'text message', email: 'e-mail', letter: 'letter', call: 'phone call' },
};

/** Names ways of telling a family: `Text message, letter`. @param between what stands between two, such as ", then " */
export function waysNamed(ways: string | readonly string[] | null | undefined, between = ', '): string {
  const list = typeof ways === 'string' ? ways.split(',') : (ways ?? []);
  const named = list.map((way) => WAYS[way] ?? way).join(between);
  return named ? named.charAt(0).toUpperCase() + named.slice(1) : 'None';
}

/** Writes a UK mobile number as people say it: `07700 900123`. */
export function phone(number: string | null | undefined): string {
  return (number ?? '').replace(/^\+44(\d{4})(\d{6})$/, '0$1 $2');
}

/** Writes a sort code in pairs: `00-00-14`. */
export function sortCode(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{2})+$)/g, '-');
}

const NAME_CHECKS: Readonly<Record<string, string>> = {
  ...{ match: 'Match', 'close-match': 'Close match', 'no-match': 'No match', unavailable: 'Could not be checked' },
};

/** Says what came of a check of the name on an account: `No match: there is no such account`. */
export function nameCheckSaid(code: NameCheckAnswer): string {
  const { result, meaning } = nameCheckAnswers[code];
  const kind = NAME_CHECKS[result];
  return kind ? `${kind}: ${meaning.charAt(0).toLowerCase()}${meaning.slice(1)}` : 'Not checked: nobody asked the bank';
}

/** Says what came of the check of an account number. @param result valid or not-checked */
export function modulusSaid(result: string): string {
  return result === 'valid'
    ? 'Checked: the number can exist at its bank'
    : "Not checked: the banks' tables are not loaded here, or say nothing of this bank";
}

/** Writes what an amount rests on: a rate, a reason, or the lower amount it is kept for. @param basis as an explanation has it */
export function basis(text: string): string {
  const [, fall] = /^kept-until-told (\d+)$/.exec(text) ?? [];
  return fall ? `kept as before until the family is told (lower amount ${fall})` : text;
}
