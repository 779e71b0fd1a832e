import { parseArgs } from 'node:util';

/** What the stand-in bank was started with. */
export interface BankOptions {
  /** Files are dropped into `in`, and what the bank says is in `out`. */
  readonly folder: string;
}

export const HELP = `The stand-in bank: takes files from a folder and reports what became of them.

  node dist/src/stand-ins/bank/main.js --folder DIR

DIR/in      drop bank files here: Bacs Standard 18 or a list of Faster Payments; write NAME.part and rename it
DIR/out     NAME.ack (the bank's reference), then input-, arucs- and awacs- reports
DIR/faults  what goes wrong next, as JSON: {"loseAnswers":1,"reject":1,"holdReports":true,"doubleReports":true}

Accounts decide: 99900000, 99900002, 99900003, 99900005 come back with that code, 99900011 with B, 99900012 with C;
of 99900030 and 99900033 the money arrives and the details are reported wrong. All others settle.`;

/** Reads the command line. @throws Error saying what is missing */
export function readOptions(args: readonly string[]): BankOptions | 'help' {
  const { values } = parseArgs({ args: [...args], options: { folder: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return 'help';
  if (!values.folder) throw new Error('--folder DIR is missing.');
  return { folder: values.folder };
}
