import { z } from 'zod';
import { defineProblem, isPlainDate, type PlainDate } from '../../kernel/index.ts';

const noSuchNumber = defineProblem('no_such_number', {
  status: 404,
  title: 'There is nothing with that number',
  whatToDo: 'Use a number this API gave you.',
});

/** A day in a request, `YYYY-MM-DD`, that exists. */
export const day = z
  .string()
  .refine(
    (text): text is PlainDate => isPlainDate(text),
    'Write a day that exists as year-month-day, for example 2026-12-01.',
  )
  .meta({ type: 'string', format: 'date' });

/** Which page: `after` is the last number of the page before, `limit` how many. */
export const pageQuery = z.object({
  after: z
    .string()
    .regex(/^\d{1,18}$/, 'Use the "next" of the page before.')
    .default('0'),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

/** Reads a document number in an address. @throws no_such_number */
export function number(text: string): string {
  if (!/^\d{1,18}$/.test(text)) throw noSuchNumber('That is not a number.');
  return text;
}

/** Some words a person writes: trimmed, not empty, no control characters, nothing that is half a letter. */
export const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'Write something.')
    .max(most, `Write at most ${most} characters.`)
    .refine((text) => !/\p{Cc}|\p{Cs}/u.test(text), 'Leave out characters that cannot be printed.');

/** Some paragraphs a person writes: as `words`, and lines may end. */
export const paragraphs = (most: number) =>
  z
    .string()
    .trim()
    .transform((text) => text.replaceAll(/\r\n?/g, '\n'))
    .pipe(
      z
        .string()
        .min(1, 'Write something.')
        .max(most, `Write at most ${most} characters.`)
        .refine((text) => !/[^\P{Cc}\n\t]|\p{Cs}/u.test(text), 'Leave out characters that cannot be printed.'),
    );
