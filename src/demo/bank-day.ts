import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays, earlier, later, Money, type PlainDate } from '../kernel/index.ts';
import type { Api } from './api.ts';
import { type LineToShow, writeCamt053 } from './statement-file.ts';
import type { Teller } from './weekly-run.ts';

/** What came of the bank's statement. */
export interface Reconciled {
  readonly matched: number;
  readonly unmatched: number;
  /** Pounds between the three books; nought when they tie. */
  readonly difference: string;
}

interface Sent {
  readonly id: string;
  readonly label: string;
  readonly direction: 'debit' | 'credit';
  readonly amount: string;
  readonly due: PlainDate;
  readonly keys: readonly string[];
}

const ACCOUNT = '00009912345678';
const OPENING = '500000.00';
const TO_SPARE_DAYS = 1;

/**
 * Plays the bank: makes a statement of what was sent as a file, as a bank would, and has finance take that file in.
 *
 * @param folder where the file is put
 */
export async function bankDay(api: Api, folder: string, tell: Teller): Promise<Reconciled> {
  const { expected } = await api.get<{ expected: Sent[] }>('finance', '/expected-on-bank');
  if (expected.length === 0) return { matched: 0, unmatched: 0, difference: '0.00' };
  const path = join(folder, 'bank-statement.xml');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path, statementOf(expected), { mode: 0o600 });
  tell.say(`\nThe bank sends a statement: ${path}`);
  const taken = await api.send<{ lines: number; matched: number }>('finance', '/bank-statements', await readFile(path));
  const { lines } = await api.get<{ lines: unknown[] }>('finance', '/bank-statements/to-match');
  const proof = await api.get<{ lines: { difference: string }[] }>('finance', '/three-way-proof');
  const difference = Money.sum(proof.lines.map((line) => sizeOf(Money.gbp(line.difference)))).toString();
  tell.say(`Finn took it in: ${taken.lines} lines, ${taken.matched} matched by themselves, ${lines.length} to match.`);
  tell.say(`Ledger, files and statements differ by £${difference}.`);
  return { matched: taken.matched, unmatched: lines.length, difference };
}

function statementOf(sent: readonly Sent[]): string {
  const lines: LineToShow[] = sent.map(({ due, direction, amount, keys }) => ({
    ...{ date: due, direction, amount, reference: `BACS ${keys[0] ?? ''}`, text: 'DIRECT CREDITS' },
  }));
  const days = sent.map(({ due }) => due);
  const [from, to] = [addDays(days.reduce(earlier), -TO_SPARE_DAYS), days.reduce(later)];
  return writeCamt053({ reference: `DEMO-${to}`, sequence: 1, account: ACCOUNT, from, to, opening: OPENING, lines });
}

function sizeOf(amount: Money): Money {
  return amount.isNegative() ? amount.negated() : amount;
}
