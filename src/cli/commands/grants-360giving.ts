import { writeFile } from 'node:fs/promises';
import { Authorities } from '../../identity/index.ts';
import { grantsFor360Giving, LookAtSpend } from '../../reporting/index.ts';
import type { CliAnswer, CliCommand, Given } from '../command.ts';

/** Writes the grants of a financial year as a council publishes them to 360Giving. */
export const grants360Giving: CliCommand = {
  ...{ name: 'grants-360giving', words: 1 },
  usage: 'FILE --prefix 360G-COUNCIL --funder GB-LAE-CODE [--year 2026-27] [--council C] [--json]',
  summary: 'Writes the grants of a financial year to a CSV file, as they are published to 360Giving.',
  details: [
    '--prefix is the one 360Giving gave the council; --funder is its number at org-id.guide.',
    'No row says who was helped. What a fund awarded in a month to fewer than five households is left out, and counted.',
  ],
  options: Object.fromEntries(
    ['prefix', 'funder', 'year', 'council', 'token'].map((name) => [name, { type: 'string' as const }]),
  ),
  async run(given: Given): Promise<CliAnswer> {
    const [prefix, funder] = [given.needed('prefix'), given.needed('funder')];
    const actor = (given.text('token') ?? process.env.MAINSTAY_TOKEN) ? await given.person() : await given.machine();
    const house = await given.house();
    const { grants, leftOut, year } = await house.get(LookAtSpend).grantsToPublish(actor, given.text('year'));
    const { name: council } = await house.get(Authorities).find(given.text('council'));
    const file = given.words[0] as string;
    await writeFile(file, grantsFor360Giving(grants, { prefix, funder, council }));
    return { answer: { file, year, grants: grants.length, leftOut } };
  },
};
