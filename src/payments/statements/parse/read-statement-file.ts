import { FileFaults } from './statement-draft.ts';
import { readCamt053 } from './camt053.ts';
import { textOf } from './file-text.ts';
import type { StatementRead } from './statement-read.ts';

/**
 * Reads a bank's statement file, whichever layout it comes in, for a finance officer: all of it, or nothing.
 * @throws statement_refused, and nothing else, whatever the bytes
 */
export function readStatementFile(bytes: Uint8Array): StatementRead[] {
  const text = textOf(bytes).replace(/^\uFEFF/, '');
  if (/^\s*</.test(text)) return readCamt053(text);
  const faults = new FileFaults();
  faults.add(1, 'the file is none of the layouts that are read: camt.053');
  faults.refuseAny();
  return [];
}
