import { readCamt053 } from './camt053.ts';
import type { CsvProfile } from './csv-layout.ts';
import { profileOf, readCsvStatement } from './csv-statement.ts';
import { textOf } from './file-text.ts';
import { readMt940 } from './mt940.ts';
import { FileFaults } from './statement-draft.ts';
import type { StatementRead } from './statement-read.ts';

/**
 * Reads a bank's statement file, whichever layout it comes in, for a finance officer: all of it, or nothing.
 * @param own the council's own layouts of CSV files
 * @throws statement_refused, and nothing else, whatever the bytes
 */
export function readStatementFile(bytes: Uint8Array, own: readonly CsvProfile[] = []): StatementRead[] {
  const text = textOf(bytes).replace(/^\uFEFF/, '');
  if (/^\s*</.test(text)) return readCamt053(text);
  if (/^\s*(?:\{1:|:20:)/.test(text)) return readMt940(text);
  const profile = profileOf(text, own);
  if (profile) return readCsvStatement(text, profile);
  const faults = new FileFaults();
  faults.add(1, 'it is neither camt.053 nor MT940, and its first row is the header of no CSV layout that is known');
  faults.refuseAny();
  return [];
}
