import { Temporal } from 'temporal-polyfill';
import { vendoredBankHolidays, workingCalendarOf } from '../../calendar/index.ts';
import { postages } from '../../identity/index.ts';
import { isPostage, letterArrival } from '../../notices/index.ts';
import { type CliAnswer, type CliCommand, type Given, UsageError } from '../command.ts';
import { recorded } from './without-database.ts';

/** Shows when a letter comes through the door. */
export const arrival: CliCommand = {
  ...{ name: 'arrival', usage: 'DATETIME [--postage second] [--council C] [--json]', words: 1 },
  summary: 'Shows the first and last day a letter handed to GOV.UK Notify then can reach a family.',
  details: [
    'DATETIME is like 2026-12-23T12:00 (in London) or 2026-12-23T12:00:00Z. Postage: first, second or economy.',
    'With --council the bank holidays on record are used; otherwise those that came with this release.',
  ],
  options: { postage: { type: 'string' }, council: { type: 'string' } },
  async run(given: Given): Promise<CliAnswer> {
    const uploadedAt = momentIn(given.words[0] as string);
    const postage = given.text('postage') ?? 'second';
    if (!isPostage(postage)) throw new UsageError(`--postage must be one of: ${postages.join(', ')}.`);
    const { bacs: englandAndWales } = given.text('council') ? await recorded(given) : { bacs: released() };
    const { earliest, latest } = letterArrival(uploadedAt, postage, englandAndWales);
    return { answer: { earliest, latest } };
  },
};

function released() {
  return workingCalendarOf(vendoredBankHolidays(), 'england-and-wales');
}

function momentIn(text: string): Date {
  const hasTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text);
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
  try {
    if (!hasTime) throw new RangeError('there is no time of day');
    const instant = hasZone
      ? Temporal.Instant.from(text)
      : Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/London').toInstant();
    return new Date(instant.epochMilliseconds);
  } catch {
    throw new UsageError(`"${text}" is not a day with a time, such as 2026-12-23T12:00.`);
  }
}
