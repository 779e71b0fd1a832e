import { parseArgs } from 'node:util';

/** What the stand-in bank was started with. */
export interface BankOptions {
  /** Files are dropped into `in`, and what the bank says is in `out`. */
  readonly folder: string;
  /** What stands on the customer's account, in pence; without it the bank keeps no account. */
  readonly openingPence: bigint | undefined;
}

export const HELP = `The stand-in bank: takes files from a folder and reports what became of them.

  node dist/src/stand-ins/bank/main.js --folder DIR [--opening 250000.00]

DIR/in      drop bank files here, of any rail; write NAME.part and rename it
DIR/out     NAME.ack (the bank's reference), then input-, arucs-, awacs- and cashed- reports, and statement- files
DIR/faults  what goes wrong next, as JSON: {"loseAnswers":1,"reject":1,"lose":1,"holdReports":true,"doubleReports":true}
DIR/day     with --opening: closes a day of the bank's, as JSON: {"day":"2026-11-26","statement":"camt.053"}; the file is
            gone when it is done. "statement" is camt.053, mt940, csv or left out. Besides: "isReordered", "isLumped" (all that
            comes back in one line), "isQuiet" (lines say no number of ours), "reportsLate" (so many days), "charge" ("7.50"),
            "isStrange" (a report has a payment nobody made)

Accounts decide: 99900000, 99900002, 99900003, 99900005 come back with that code, 99900011 with B, 99900012 with C;
of 99900030 and 99900033 the money arrives and the details are reported wrong. All others settle. Vouchers are cashed, but
those of a name with FORGETS: their money comes back when their day is past. With --opening what comes back does so the day
after the money left the account; without, at once.`;

/** Reads the command line. @throws Error saying what is missing */
export function readOptions(args: readonly string[]): BankOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: { folder: { type: 'string' }, opening: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return 'help';
  if (!values.folder) throw new Error('--folder DIR is missing.');
  if (values.opening !== undefined && !/^\d+\.\d{2}$/.test(values.opening))
    throw new Error('--opening is pounds and pence, as in 250000.00.');
  return {
    folder: values.folder,
    openingPence: values.opening === undefined ? undefined : BigInt(values.opening.replace('.', '')),
  };
}
