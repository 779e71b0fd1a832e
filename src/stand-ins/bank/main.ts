import { Account } from './account.ts';
import { Bank } from './bank.ts';
import { type BankOptions, HELP, readOptions } from './options.ts';

const LOOKS_EVERY_MILLISECONDS = 20;

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(`${HELP}\n`);
  else open(options);
} catch (error) {
  process.exitCode = 2;
  process.stderr.write(`${(error as Error).message}\n\n${HELP}\n`);
}

function open({ folder, openingPence }: BankOptions): void {
  const bank = new Bank(folder, openingPence === undefined ? undefined : new Account(openingPence));
  setInterval(() => bank.look(), LOOKS_EVERY_MILLISECONDS);
  if (process.connected) process.send?.({ started: folder });
  else process.stdout.write(`${folder}\n`);
  // Started by another process: when that one is gone, so is this one.
  if (process.send) process.once('disconnect', () => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(0));
}
