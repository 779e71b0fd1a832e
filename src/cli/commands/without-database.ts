import { readFile } from 'node:fs/promises';
import {
  bacsDays,
  Calendars,
  type Division,
  mustBeKnown,
  vendoredBankHolidays,
  workingCalendarOf,
} from '../../calendar/index.ts';
import { plainDate } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { workOut } from '../../subsistence/index.ts';
import { type CliAnswer, type CliCommand, type Given, UsageError } from '../command.ts';

/** Shows the three Bacs days of a pay date. */
export const calendar: CliCommand = {
  ...{ name: 'calendar', usage: 'DATE [--division D | --council C] [--json]', words: 1 },
  summary: 'Shows when the money of a nominal pay date arrives, and the Bacs days before it.',
  details: [
    'A pay date on a weekend or bank holiday is paid on the last working day before it.',
    'With --council the bank holidays on record are used; otherwise those that came with this release',
    '(--division england-and-wales, scotland or northern-ireland; default england-and-wales).',
  ],
  options: { division: { type: 'string' }, council: { type: 'string' } },
  async run(given: Given): Promise<CliAnswer> {
    const date = plainDate(given.words[0] as string);
    const { council, bacs } = given.text('council') ? await recorded(given) : released(given);
    mustBeKnown(date, bacs);
    const { entryDay, processingDay, inputDay } = bacsDays(date, council, bacs);
    return { answer: { entryDay, processingDay, inputDay } };
  },
};

/** Finds the holidays on record, for a command that was given a council. */
export async function recorded(given: Given) {
  const actor = await given.machine();
  const { division } = await given.council();
  const house = await given.house();
  return house.get(UnitOfWork).read(actor, (tx) => house.get(Calendars, { strict: false }).of(tx, division));
}

function released(given: Given) {
  const division = given.text('division') ?? 'england-and-wales';
  const holidays = vendoredBankHolidays();
  if (!Object.hasOwn(holidays, division))
    throw new UsageError(`--division must be one of: ${Object.keys(holidays).join(', ')}.`);
  return {
    council: workingCalendarOf(holidays, division as Division),
    bacs: workingCalendarOf(holidays, 'england-and-wales'),
  };
}

/** Works out what a household would be owed. */
export const entitlement: CliCommand = {
  ...{ name: 'entitlement', usage: 'FILE [--json]', words: 1 },
  summary: 'Works out what a household is owed for some days, at the guide rates. FILE may be - for standard input.',
  details: [
    'FILE is JSON: {"from","to","standard","members":[{"relationship","born"|"due","joined"?,"left"?}],"topUps"?:[{"weekly","reason"}]}',
    'Days are closed-open: "to" is the first day not paid for. Money is decimal text.',
  ],
  async run(given: Given): Promise<CliAnswer> {
    const name = given.words[0] as string;
    const text = name === '-' ? await standardInput() : await readFile(name, 'utf8');
    return { answer: workOut(parsed(text, name)) };
  },
};

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name} is not JSON: ${(error as Error).message}`);
  }
}
