import { parseArgs } from 'node:util';
import { openHouse, prepareDatabase } from '../house/index.ts';
import { DomainError } from '../kernel/index.ts';
import { Relay } from '../outbox/index.ts';
import { explainRefusal, problemDocument, readConfig } from '../platform/index.ts';
import { type CliCommand, Given, UsageError } from './command.ts';
import { arrival } from './commands/arrival.ts';
import { checkOneAccount } from './commands/check-account.ts';
import { familyCommands } from './commands/families.ts';
import { dateCommands } from './commands/dates.ts';
import { grants360Giving } from './commands/grants-360giving.ts';
import { changePayDay } from './commands/pay-days.ts';
import { runCommands } from './commands/runs.ts';
import { railCommands } from './commands/set-rails.ts';
import { setUpCommands } from './commands/set-up.ts';
import { statementCommands } from './commands/statements.ts';
import { checkSms } from './commands/sms-check.ts';
import { spend } from './commands/spend.ts';
import { verify } from './commands/verify.ts';
import { calendar, entitlement } from './commands/without-database.ts';
import { present } from './present.ts';

const commands: readonly CliCommand[] = [
  ...setUpCommands,
  ...dateCommands,
  ...familyCommands,
  ...runCommands,
  ...statementCommands,
  ...railCommands,
  changePayDay,
  calendar,
  entitlement,
  arrival,
  checkOneAccount,
  checkSms,
  spend,
  grants360Giving,
  verify,
];
const EXIT = { done: 0, refused: 1, usage: 2 } as const;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  const json = rest.includes('--json');
  const command = commands.find((each) => each.name === name);
  if (!command) return unknownCommand(name);
  if (rest.includes('--help')) return show(helpOf(command));
  let given: Given | undefined;
  try {
    given = read(command, rest);
    const { answer, exitCode } = await command.run(given);
    process.stdout.write(json ? `${JSON.stringify(answer)}\n` : present(answer));
    return exitCode ?? EXIT.done;
  } catch (error) {
    return tell(explainRefusal(error), json, command);
  } finally {
    await given?.close();
  }
}

function read(command: CliCommand, rest: string[]): Given {
  const options = { ...command.options, json: { type: 'boolean' } } as const;
  const { values, positionals } = parse(rest, options);
  if (command.words >= 0 && positionals.length !== command.words)
    throw new UsageError(
      `${command.name} takes ${command.words} word${command.words === 1 ? '' : 's'} besides its options.`,
    );
  const config = readConfig({ ...process.env, LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' });
  return new Given(
    ...([positionals, values as Given['values'], config] as const),
    async (prepared) => {
      const house = await openHouse(prepared.config, 'cli');
      house.get(Relay).workHere();
      return house;
    },
    () => prepareDatabase(config, command.database),
  );
}

function parse(args: string[], options: NonNullable<CliCommand['options']>) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function tell(error: unknown, json: boolean, command: CliCommand): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${helpOf(command)}`);
    return EXIT.usage;
  }
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
    process.stderr.write(`There is no file "${(error as NodeJS.ErrnoException).path ?? ''}".\n`);
    return EXIT.refused;
  }
  if (!(error instanceof DomainError)) {
    process.stderr.write(`${(error as Error).message}\n`);
    return EXIT.refused;
  }
  if (json) process.stdout.write(`${JSON.stringify(problemDocument(error))}\n`);
  process.stderr.write(`${error.kind.title}. ${error.message}\n${error.kind.whatToDo}\n`);
  for (const { line, column, field, reason, whatToDo } of error.items)
    process.stderr.write(`  ${line ? `line ${line}, ` : ''}${column ?? field ?? ''}: ${reason} ${whatToDo ?? ''}\n`);
  return EXIT.refused;
}

function unknownCommand(name: string | undefined): number {
  const known = name === undefined || ['help', '--help', '-h'].includes(name);
  const list = commands.map((each) => `  ${each.name.padEnd(18)} ${each.summary}`).join('\n');
  const text = `npm run cli -- COMMAND …   (COMMAND --help says more; --json answers as JSON)\n\n${list}\n`;
  if (known) return show(text);
  process.stderr.write(`There is no command "${name}".\n\n${text}`);
  return EXIT.usage;
}

function helpOf(command: CliCommand): string {
  const details = (command.details ?? []).map((line) => `\n${line}`).join('');
  return `npm run cli -- ${command.name} ${command.usage}\n${command.summary}${details}\nExit codes: 0 done, 1 refused, 2 typed wrongly.\n`;
}

function show(text: string): number {
  process.stdout.write(text);
  return EXIT.done;
}
