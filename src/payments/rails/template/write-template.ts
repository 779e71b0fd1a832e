import { createHash } from 'node:crypto';
import { Money } from '../../../kernel/index.ts';
import { bacsText } from '../bacs/bacs-text.ts';
import { railRefused } from '../rail-refused.ts';
import type { RailFile, RailPayment, RailSubmission } from '../rail.ts';
import type { fileFields, FileTemplate, lineFields } from './file-template.ts';

const WIDEST = 140;

type LineValues = Readonly<Record<(typeof lineFields)[number], string>>;
type FileValues = Readonly<Record<(typeof fileFields)[number], string>>;

/**
 * Writes a file as a template says, for the rails whose providers each want their own.
 *
 * Every text is in the letters banks read and begins with a letter or digit, so no cell is a formula to a spreadsheet.
 * @throws rail_refused naming each payment that cannot be carried
 */
export function writeTemplate(template: FileTemplate, submission: RailSubmission): RailFile {
  const { payments, serial, days, createdOn } = submission;
  if (payments.length === 0) throw railRefused('There is no payment in it.');
  const wrong = payments.flatMap(({ amountPence }, index) =>
    amountPence > 0n ? [] : [{ field: `payments.${index}`, reason: 'It pays nothing.' }],
  );
  if (wrong.length > 0) throw railRefused(`${wrong.length} payments pay nothing.`, wrong);
  const pence = payments.reduce((sum, { amountPence }) => sum + amountPence, 0n);
  const lines = payments
    .flatMap((payment) => linesOf(payment))
    .map((values, at) => ({ ...values, line: String(at + 1) }));
  const whole: FileValues = {
    ...{ serial, payDay: days.entryDay, createdOn, items: String(lines.length) },
    ...{ total: Money.fromPence(pence).toString(), totalPence: pence.toString() },
  };
  const written = [
    ...(template.header ? [cells(template.header, whole, template)] : []),
    ...lines.map((line) => cells(template.columns, line, template)),
    ...(template.trailer ? [cells(template.trailer, whole, template)] : []),
  ];
  const bytes = Buffer.from(written.map((line) => line + template.lineEnd).join(''), 'latin1');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, sha256, items: payments.length, pence, warnings: cutIn(template, lines) };
}

type Line = Omit<LineValues, 'line'>;

/** One line a payment; or one for each of its vouchers. */
function linesOf({ payee, amountPence, reference, vouchers }: RailPayment): Line[] {
  const details = { name: plain(payee.accountName), sortCode: payee.sortCode, account: payee.accountNumber };
  const parts = vouchers ?? [{ reference, amountPence, expiresOn: '' }];
  return parts.map((part) => ({
    ...{ ...details, reference: plain(part.reference), expires: part.expiresOn },
    ...{ amount: Money.fromPence(part.amountPence).toString(), pence: part.amountPence.toString() },
  }));
}

type Cells<Field extends string> = readonly ({ text: string } | { field: Field; width?: number | undefined })[];

function cells<Field extends string>(
  row: Cells<Field>,
  values: Readonly<Record<Field, string>>,
  { delimiter }: FileTemplate,
): string {
  return row.map((cell) => ('text' in cell ? cell.text : values[cell.field].slice(0, cell.width))).join(delimiter);
}

function plain(text: string): string {
  return bacsText(text, WIDEST)
    .text.trim()
    .replace(/^[^A-Z0-9]+/, '');
}

function cutIn({ columns }: FileTemplate, lines: readonly LineValues[]): number {
  const narrow = columns.flatMap((cell) => ('field' in cell && cell.width !== undefined ? [cell] : []));
  return lines.reduce(
    (sum, line) => sum + narrow.filter(({ field, width = 0 }) => line[field].length > width).length,
    0,
  );
}
