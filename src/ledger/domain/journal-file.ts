import { Money, type PlainDate } from '../../kernel/index.ts';

/** A posting with the codes of its two sides. */
export interface CodedPosting {
  readonly n: number;
  readonly day: PlainDate;
  readonly document: string;
  readonly kind: string;
  readonly leg: number;
  readonly amount: string;
  readonly debit: { readonly account: string; readonly costCentre: string; readonly subjective: string };
  readonly credit: CodedPosting['debit'];
}

const HEAD = ['batch', 'line', 'date', 'cost_centre', 'subjective', 'debit', 'credit', 'reference', 'account', 'kind'];

/**
 * Writes a journal for the council's general ledger: two lines for each posting, and control totals at the end.
 *
 * The same postings make the same bytes. References are our own numbers: nothing in it tells of a family.
 */
export function writeJournal(batch: number, postings: readonly CodedPosting[]): string {
  const rows = postings.flatMap((posting) => [sideOf(batch, posting, 'debit'), sideOf(batch, posting, 'credit')]);
  const total = Money.sum(postings.map((each) => Money.gbp(each.amount))).toString();
  const control = [batch, rows.length, '', 'CONTROL', 'TOTAL', total, total, '', '', ''];
  return [HEAD, ...rows, control].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

function sideOf(batch: number, posting: CodedPosting, side: 'debit' | 'credit'): (string | number)[] {
  const { account, costCentre, subjective } = posting[side];
  const line = posting.n * 2 - (side === 'debit' ? 1 : 0);
  return [
    ...[batch, line, posting.day, costCentre, subjective],
    ...(side === 'debit' ? [posting.amount, ''] : ['', posting.amount]),
    ...[`MS-${posting.document}-${posting.kind}-${posting.leg}`, account, posting.kind],
  ];
}

/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
function cellOf(value: string | number): string {
  const text = String(value);
  const safe = /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
