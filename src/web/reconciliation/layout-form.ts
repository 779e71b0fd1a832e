import { z } from 'zod';
import { daysWritten } from '../../payments/index.ts';
import { words } from '../../platform/index.ts';
import { type Form, read } from '../pages/index.ts';

/** What parts the columns of a file, as it is chosen and as it is. */
const delimiters = { comma: ',', semicolon: ';', tab: '\t', bar: '|' } as const;
/** Which way round amounts are. */
export const amountKinds = ['out-and-in', 'out-below', 'out-above', 'says'] as const;

const MOST_CELLS = 40;
const cell = z.string().trim().max(60).default('');
const firstPart = z.object({
  name: words(60),
  delimiter: z.enum(['comma', 'semicolon', 'tab', 'bar'], 'Choose what stands between the columns.'),
  sample: z.string().trim().min(1, 'Paste the first lines of a file of the bank.').max(20_000, 'Paste fewer lines.'),
});
const secondPart = z.object({
  ...{ day: cell, written: z.enum(daysWritten, 'Choose how days are written.') },
  ...{
    account: cell,
    sortCode: cell,
    fixed: z
      .string()
      .default('')
      .transform((text) => text.replaceAll(/[\s-]/g, '')),
  },
  amounts: z.enum(amountKinds, 'Choose which way round amounts are.'),
  ...{ out: cell, in: cell, amount: cell, side: cell, outSays: cell },
  mark: z.enum(['.', ',']).default('.'),
  ...{ balance: cell, reference: cell, details: cell },
});

/** A layout as a form asks for it: the bank, some lines of its file, and the columns those begin with. */
export interface LayoutAsked {
  readonly name: string;
  readonly sample: string;
  readonly header: readonly string[];
}

/** Reads what bank it is and what its file begins with. @throws input_refused */
export function layoutAsked(form: Form): LayoutAsked & { readonly delimiter: string } {
  const { name, sample, delimiter } = read(firstPart, form);
  const mark = delimiters[delimiter];
  const [first = ''] = sample.split(/\r?\n/, 1);
  const header = first.replaceAll('"', '').split(mark).slice(0, MOST_CELLS);
  return { name, sample, delimiter: mark, header: header.map((text) => text.trim()).filter((text) => text !== '') };
}

/** Reads which column is what, as a layout that is still to be checked. @throws input_refused */
export function layoutIn(form: Form): { name: string; sample: string; layout: unknown } {
  const { name, sample, header, delimiter } = layoutAsked(form);
  const given = read(secondPart, form);
  const amounts = {
    'out-and-in': { out: given.out, in: given.in },
    'out-below': { signed: given.amount },
    'out-above': { signed: given.amount, outIs: 'above nought' },
    says: { plain: given.amount, side: given.side, outSays: given.outSays },
  }[given.amounts];
  const columns = [given.sortCode, given.account].filter((text) => text !== '');
  const layout = {
    ...{ delimiter, header, day: { column: given.day, written: given.written }, amount: amounts, mark: given.mark },
    account: columns.length > 0 ? columns : { fixed: given.fixed },
    ...{ balance: given.balance, reference: given.reference },
    details: given.details === '' ? [] : [given.details],
  };
  return { name, sample, layout };
}
