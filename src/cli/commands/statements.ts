import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type CsvProfile,
  ImportStatement,
  layoutFrom,
  MOST_STATEMENT_BYTES,
  readStatementFile,
  statementRefused,
} from '../../payments/index.ts';
import type { CliAnswer, CliCommand, Given } from '../command.ts';

/** Reads a file of at most as many bytes as a statement may have. */
async function statementBytes(name: string): Promise<Buffer> {
  const { size } = await stat(name);
  if (size > MOST_STATEMENT_BYTES)
    throw statementRefused(`${basename(name)} has ${size} bytes; at most ${MOST_STATEMENT_BYTES} are read.`);
  return readFile(name);
}

/** Reads the layout that was given, where one was. @throws statement_layout_refused */
async function layoutsIn(given: Given): Promise<CsvProfile[]> {
  const name = given.text('layout');
  return name === undefined ? [] : [layoutFrom(basename(name), JSON.parse(await readFile(name, 'utf8')))];
}

/** Shows what a statement file says, proved. */
const readStatement: CliCommand = {
  ...{ name: 'read-statement', usage: 'FILE [--layout LAYOUT] [--json]', words: 1 },
  summary: 'Reads a bank statement and proves that opening and lines come to closing. Needs no database.',
  details: [
    'FILE is camt.053, MT940 or a CSV file in a known layout, with one statement in it.',
    'LAYOUT is a JSON file that says how a bank lays out its CSV: delimiter, header, day, account, amount, balance, reference, details.',
  ],
  options: { layout: { type: 'string' } },
  async run(given: Given): Promise<CliAnswer> {
    const name = given.words[0] as string;
    const [statement, ...others] = readStatementFile(await statementBytes(name), await layoutsIn(given));
    if (!statement || others.length > 0)
      throw statementRefused(`There are ${others.length + 1} statements in this file; this command shows one.`);
    const { format, account, opening, closing, lines } = statement;
    const shown = lines.map(({ date, amount, direction, reference }) => ({ date, amount, direction, reference }));
    return { answer: { format, account, opening, closing, lines: shown, proved: true } };
  },
};

const importStatement: CliCommand = {
  ...{ name: 'import-statement', usage: 'FILE [--dry-run] [--token T] [--json]', words: 1 },
  summary: 'Takes in a bank statement, all or nothing, and matches its lines. Finance does it, in their own name.',
  options: { 'dry-run': { type: 'boolean' }, token: { type: 'string' } },
  async run(given: Given): Promise<CliAnswer> {
    const name = given.words[0] as string;
    const bytes = await statementBytes(name);
    const actor = await given.person();
    const dryRun = given.values['dry-run'] === true;
    return { answer: await (await given.house()).get(ImportStatement).run(actor, basename(name), bytes, { dryRun }) };
  },
};

/** Commands about bank statements. */
export const statementCommands: readonly CliCommand[] = [readStatement, importStatement];
