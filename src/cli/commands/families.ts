import { readFile } from 'node:fs/promises';
import { Authorities } from '../../identity/index.ts';
import { Clock, UnitOfWork } from '../../platform/index.ts';
import {
  ApprovePlans,
  describeFamilyFile,
  ImportFamilies,
  readFamilyFile,
  waitingPlans,
} from '../../subsistence/index.ts';
import type { CliAnswer, CliCommand, Given } from '../command.ts';

const importFamilies: CliCommand = {
  ...{ name: 'import-families', usage: 'FILE [--dry-run] [--council C] [--json]', words: 1 },
  summary: 'Takes in families from a CSV file, all or nothing. Their plans and bank details wait for a second person.',
  details: describeFamilyFile(),
  options: { 'dry-run': { type: 'boolean' }, council: { type: 'string' } },
  async run(given: Given): Promise<CliAnswer> {
    const bytes = await readFile(given.words[0] as string);
    const today = new Clock(given.config.MAINSTAY_TODAY).today();
    const dryRun = given.values['dry-run'] === true;
    // What is wrong with the file itself is said first, whether or not there is a council to take it.
    const file = readFamilyFile(bytes, today);
    const councils = await (await given.house()).get(Authorities).all();
    if (councils.length === 0 && dryRun) {
      const note = 'The file is right by itself. There is no council yet to compare references and funds with.';
      return { answer: { families: file.families.length, members: file.rows, dryRun, note } };
    }
    const imported = await (
      await given.house()
    )
      .get(ImportFamilies)
      .run(await given.operator(), bytes, today, { dryRun });
    return { answer: imported };
  },
};

const waiting: CliCommand = {
  ...{ name: 'waiting-plans', usage: '[--council C] [--json]', words: 0, options: { council: { type: 'string' } } },
  summary: 'Lists support plans that wait for a second person.',
  async run(given: Given): Promise<CliAnswer> {
    const actor = await given.machine();
    const plans = await (await given.house()).get(UnitOfWork).read(actor, (tx) => waitingPlans(tx, 500));
    return { answer: { plans } };
  },
};

const approve: CliCommand = {
  ...{ name: 'approve-plans', usage: '[PLAN] [--reason R] [--token T] [--json]', words: -1 },
  summary: 'Approves one support plan, or all that are within your limit, as the second person.',
  options: { reason: { type: 'string' }, token: { type: 'string' } },
  async run(given: Given): Promise<CliAnswer> {
    const actor = await given.person();
    const plans = (await given.house()).get(ApprovePlans);
    const reason = given.text('reason') ?? '';
    const [planId] = given.words;
    return { answer: planId ? await plans.one(actor, planId, reason) : await plans.all(actor, reason) };
  },
};

/** Commands about families and their plans. */
export const familyCommands: readonly CliCommand[] = [importFamilies, waiting, approve];
