import { z } from 'zod';
import { type PlainDate, type ProblemItem, defineProblem, isPlainDate } from '../../kernel/index.ts';

/** The parts of the United Kingdom that keep bank holidays of their own, named as GOV.UK names them. */
export const divisions = ['england-and-wales', 'scotland', 'northern-ireland'] as const;
/** Names a part of the United Kingdom whose bank holidays a council keeps. */
export type Division = (typeof divisions)[number];

/** One day off: its date, and the name people know it by. */
export interface BankHoliday {
  readonly date: PlainDate;
  readonly title: string;
}

/** Every division's bank holidays, each list in date order and never empty. */
export type BankHolidays = { readonly [D in Division]: readonly BankHoliday[] };

/** Tells an operator that a file is not GOV.UK's list of bank holidays. */
export const notBankHolidays = defineProblem('not_bank_holidays', {
  status: 422,
  title: 'That is not a list of bank holidays',
  whatToDo: 'Download https://www.gov.uk/bank-holidays.json again and give the file as it came. Nothing was changed.',
});

const event = z.object({
  title: z.string().trim().min(1),
  date: z.string().refine(isPlainDate, 'This is not a day of the calendar, written like 2026-12-25.'),
  notes: z.string(),
  bunting: z.boolean(),
});

const divisionOf = <D extends Division>(division: D) =>
  z.object({
    division: z.literal(division),
    events: z.array(event).min(1).superRefine(noDayTwice),
  });

/** Describes GOV.UK's own file, for whoever refreshes the calendar. @source https://www.gov.uk/bank-holidays.json */
export const bankHolidaysFile = z.object({
  'england-and-wales': divisionOf('england-and-wales'),
  scotland: divisionOf('scotland'),
  'northern-ireland': divisionOf('northern-ireland'),
});

/**
 * Reads GOV.UK's bank holidays for the operator who refreshes the calendar: all of the file or none of it.
 *
 * @param text the whole JSON file; fields Mainstay does not know are let be
 * @throws not_bank_holidays with an item for each wrong place: not JSON, a division missing or empty,
 *   a day that does not exist, a day twice in one division
 */
export function readBankHolidays(text: string): BankHolidays {
  const parsed = bankHolidaysFile.safeParse(parseJson(text));
  if (!parsed.success) {
    const items = parsed.error.issues.map((issue): ProblemItem => ({
      field: issue.path.join('.'),
      reason: issue.message,
    }));
    const places = items.length === 1 ? 'one place' : `${items.length} places`;
    throw notBankHolidays(`The file is not GOV.UK's list of bank holidays: it is wrong in ${places}.`, items);
  }
  const file = parsed.data;
  return {
    'england-and-wales': inDateOrder(file['england-and-wales'].events),
    scotland: inDateOrder(file.scotland.events),
    'northern-ireland': inDateOrder(file['northern-ireland'].events),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notBankHolidays('The file is not JSON.', [{ reason: 'It cannot be read as JSON at all.' }]);
  }
}

function noDayTwice(events: readonly { date: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { date }] of events.entries()) {
    if (seen.has(date)) {
      context.addIssue({ code: 'custom', path: [index, 'date'], message: `${date} is in this division twice.` });
    }
    seen.add(date);
  }
}

function inDateOrder(events: readonly { date: string; title: string }[]): readonly BankHoliday[] {
  return events
    .map(({ date, title }) => ({ date: date as PlainDate, title }))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
}
