import { CsvError, parse } from 'csv-parse/sync';
import { earlier, isPlainDate, later, Money, type PlainDate } from '../../../kernel/index.ts';
import { amountOf, cut } from './amounts.ts';
import { chainOf, type Step } from './balance-chain.ts';
import type { CsvProfile, DayWritten } from './csv-layout.ts';
import { csvProfiles } from './csv-profiles.ts';
import { FileFaults, StatementDraft } from './statement-draft.ts';
import type { Direction, StatementRead } from './statement-read.ts';

interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Finds the profile whose header the file has: the council's own before those that come with the release. */
export function profileOf(text: string, own: readonly CsvProfile[] = []): CsvProfile | undefined {
  const [first = ''] = text.split(/\r?\n/, 1);
  const plain = (cells: readonly string[]): string => cells.map((cell) => cell.trim().toLowerCase()).join('|');
  return [...own, ...csvProfiles].find(
    ({ delimiter, header }) =>
      plain(
        first
          .replaceAll('"', '')
          .replace(/[,;|\s]+$/, '')
          .split(delimiter),
      ) === plain(header),
  );
}

/**
 * Reads a CSV statement of a known profile for a finance officer. Its running balances prove it, in whatever order it is.
 * @throws statement_refused with line, column and reason
 */
export function readCsvStatement(text: string, profile: CsvProfile): StatementRead[] {
  const faults = new FileFaults();
  const rows = rowsOf(text, profile, faults);
  if (rows.length === 0) faults.add(1, 'there is no line below the header');
  faults.refuseAny();
  const draft = new StatementDraft('csv', faults, 1);
  const steps: Step[] = [];
  const days: PlainDate[] = [];
  for (const row of rows) {
    const read = readRow(row, profile, faults);
    if (!read) continue;
    const account = accountIn(row, profile);
    if (draft.account !== '' && draft.account !== account)
      faults.add(row.line, 'another account than on the lines before');
    draft.account = account;
    draft.add(read.line, row.line);
    days.push(read.line.date);
    steps.push(read.step);
  }
  faults.refuseAny();
  return prove(draft, steps, days, faults);
}

function accountIn({ cells }: Row, { account }: CsvProfile): string {
  return 'fixed' in account ? account.fixed : account.map((column) => cells[column]?.trim() ?? '').join('');
}

function prove(draft: StatementDraft, steps: Step[], days: PlainDate[], faults: FileFaults): StatementRead[] {
  const chain = chainOf(steps);
  if (!chain)
    faults.add(undefined, 'the balances do not follow one another: a line is missing, or was put in', 'balance');
  faults.refuseAny();
  const [from, to] = [days.reduce(earlier), days.reduce(later)];
  draft.opening = chain && { amount: Money.fromPence(chain.opening), date: from };
  draft.closing = chain && { amount: Money.fromPence(chain.closing), date: to };
  draft.reference = `${from} to ${to}`;
  const statement = draft.finish();
  faults.refuseAny();
  if (!statement) return [];
  const mayOpenAt = chain?.mayOpenAt.map((each) => Money.fromPence(each)) ?? [];
  return [mayOpenAt.length > 1 ? { ...statement, mayOpenAt } : statement];
}

function rowsOf(text: string, { delimiter, header }: CsvProfile, faults: FileFaults): Row[] {
  try {
    const found = parse(text, {
      ...{ delimiter, info: true, skip_empty_lines: true, relax_column_count: true, columns: false },
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return found.slice(1).map(({ record, info }) => {
      if (record.slice(header.length).some((cell) => cell !== '') || record.length < header.length)
        faults.add(info.lines, `${record.length} cells, where the header has ${header.length}`);
      return { line: info.lines, cells: Object.fromEntries(header.map((name, index) => [name, record[index] ?? ''])) };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { lines?: number };
    faults.add(lines, `not a CSV file: ${cut(error.message, 120)}`);
    return [];
  }
}

function readRow({ line, cells }: Row, profile: CsvProfile, faults: FileFaults) {
  const day = dayOf(cells[profile.day.column]?.trim() ?? '', profile.day.written);
  if (!day)
    faults.add(
      line,
      `"${cut(cells[profile.day.column] ?? '')}" is no day written ${profile.day.written}`,
      profile.day.column,
    );
  const moved = movedBy({ line, cells }, profile, faults);
  const after = signed({ line, cells }, profile.balance, profile, faults);
  if (!day || !moved || !after) return undefined;
  const [change, stands] = [moved.toPence(), after.toPence()];
  const direction: Direction = moved.isNegative() ? 'debit' : 'credit';
  const details = profile.details.map((column) => cells[column] ?? '').join(' ');
  return {
    line: {
      ...{ date: day, amount: moved.isNegative() ? moved.negated() : moved, direction, details },
      reference: cells[profile.reference] ?? '',
    },
    step: { before: stands - change, after: stands },
  };
}

/** Reads how much a line moved: below nought when it left the account. */
function movedBy(row: Row, profile: CsvProfile, faults: FileFaults): Money | undefined {
  const { amount } = profile;
  const { line, cells } = row;
  if ('signed' in amount) {
    const money = signed(row, amount.signed, profile, faults);
    return amount.outIs === 'above nought' ? money?.negated() : money;
  }
  if ('plain' in amount) {
    const money = signed(row, amount.plain, profile, faults);
    return cells[amount.side]?.trim() === amount.outSays ? money?.negated() : money;
  }
  const [out, into] = [cells[amount.out]?.trim() ?? '', cells[amount.in]?.trim() ?? ''];
  if ((out === '') === (into === '')) {
    faults.add(line, `either "${amount.out}" or "${amount.in}" has an amount`, amount.out);
    return undefined;
  }
  const money = signed(row, out ? amount.out : amount.in, profile, faults);
  return money && out !== '' ? money.negated() : money;
}

function signed(
  { line, cells }: Row,
  column: string,
  { mark = '.' }: CsvProfile,
  faults: FileFaults,
): Money | undefined {
  const text = cells[column]?.trim() ?? '';
  const amount = amountOf(text.replace(/^[-+]/, ''), mark);
  if (typeof amount !== 'string') return text.startsWith('-') ? amount.negated() : amount;
  faults.add(line, amount, column);
  return undefined;
}

function dayOf(text: string, written: DayWritten): PlainDate | undefined {
  const parted = written === 'yearmonthday' ? /^(\d{4})(\d{2})(\d{2})$/ : /^(\w+)[-/. ](\w+)[-/. ](\w+)$/;
  const [, a = '', b = '', c = ''] = parted.exec(text) ?? [];
  const month = String(MONTHS.indexOf(b.slice(0, 3)) / 3 + 1);
  const two = (digits: string): string => digits.padStart(2, '0');
  const day = {
    'day/month/year': `${c}-${two(b)}-${two(a)}`,
    'day/month/short-year': `20${c}-${two(b)}-${two(a)}`,
    'month/day/year': `${c}-${two(a)}-${two(b)}`,
    'year-month-day': `${a}-${two(b)}-${two(c)}`,
    yearmonthday: `${a}-${b}-${c}`,
    'day-month-name-year': `${c}-${two(month)}-${two(a)}`,
  }[written];
  return isPlainDate(day) ? day : undefined;
}
