import { readFile } from 'node:fs/promises';
import { type Division, divisions, readBankHolidays, refreshHolidays } from '../../calendar/index.ts';
import { Authorities } from '../../identity/index.ts';
import { plainDate } from '../../kernel/index.ts';
import { ownerDatabase } from '../../platform/index.ts';
import { AddBankHoliday, DatesAheadTick } from '../../subsistence/index.ts';
import { type CliAnswer, type CliCommand, type Given, UsageError } from '../command.ts';

const refresh: CliCommand = {
  ...{
    name: 'refresh-holidays',
    usage: 'FILE [--dry-run] [--json]',
    words: 1,
    options: { 'dry-run': { type: 'boolean' } },
  },
  summary: 'Replaces the bank holidays with a file from https://www.gov.uk/bank-holidays.json, all or nothing.',
  details: ['Money promised for a day that became a holiday comes earlier, council by council, and families are told.'],
  async run(given: Given): Promise<CliAnswer> {
    const holidays = readBankHolidays(await readFile(given.words[0] as string, 'utf8'));
    const owner = await ownerDatabase(await given.ownerUrl()).initialize();
    const dryRun = given.values['dry-run'] === true;
    const done = await refreshHolidays(owner, holidays, dryRun).finally(() => void owner.destroy());
    return { answer: { ...done, dryRun, ...(dryRun ? {} : { broughtForward: await broughtForward(given) }) } };
  },
};

/** Goes over every council's promises at once, as its clock would within a minute. */
async function broughtForward(
  given: Given,
): Promise<{ council: string; families: number; dates: readonly object[] }[]> {
  const house = await given.house();
  const changed: { council: string; families: number; dates: readonly object[] }[] = [];
  for (const { authorityId, slug } of await house.get(Authorities).all()) {
    const effect = await house.get(DatesAheadTick).replan(authorityId);
    if (effect) changed.push({ council: slug, families: effect.families, dates: effect.dates });
  }
  return changed;
}

const addHoliday: CliCommand = {
  ...{ name: 'add-bank-holiday', words: 0 },
  usage: '--day DATE --title T --reason R [--division D] [--apology A] [--dry-run] [--token T | --council C] [--json]',
  summary: 'Enters a bank holiday that was announced for one year only: money comes earlier, and families are told.',
  details: [`--division: ${divisions.join(', ')}. It is not taken back: use --dry-run first.`],
  options: {
    ...{ council: { type: 'string' }, token: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    ...{ day: { type: 'string' }, title: { type: 'string' }, reason: { type: 'string' } },
    ...{ division: { type: 'string' }, apology: { type: 'string' } },
  },
  async run(given: Given): Promise<CliAnswer> {
    const actor = given.text('token') ? await given.person() : await given.operator();
    const holiday = {
      ...{ division: divisionOf(given), day: plainDate(given.needed('day')), title: given.needed('title') },
      ...{ reason: given.needed('reason'), apology: given.text('apology') },
    };
    const dryRun = given.values['dry-run'] === true;
    const house = await given.house();
    return { answer: { ...(await house.get(AddBankHoliday).run(actor, holiday, { dryRun })), dryRun } };
  },
};

function divisionOf(given: Given): Division {
  const asked = given.text('division') ?? 'england-and-wales';
  const division = divisions.find((each) => each === asked);
  if (!division) throw new UsageError(`--division must be one of ${divisions.join(', ')}.`);
  return division;
}

/** Commands about days. */
export const dateCommands: readonly CliCommand[] = [refresh, addHoliday];
