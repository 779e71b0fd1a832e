import type { Actor } from '../../kernel/index.ts';
import { divisions, LookAtSpend, sortings, spendQuery } from '../../reporting/index.ts';
import { type CliAnswer, type CliCommand, type Given, UsageError } from '../command.ts';

const NARROWING = ['year', 'by', 'sort', 'order', ...divisions] as const;

/** Shows where money went. */
export const spend: CliCommand = {
  ...{ name: 'spend', usage: '[--year 2026-27] [--by WHAT] [--fund N] [--team T] … [--council C] [--json]', words: 0 },
  summary: 'Shows where money went in a financial year: budget, committed, spent, available, forecast.',
  details: [
    `--by ${divisions.join('|')}; the same names narrow, each with what it is to be: --month 2026-12 --standard welfare.`,
    `--sort ${sortings.join('|')} --order ascending|descending. "~none" is what has no team, ward or standard.`,
    'Every figure is the sum of its transfers. The look is recorded, in the name of --token where one is given.',
  ],
  options: Object.fromEntries([...NARROWING, 'council', 'token'].map((name) => [name, { type: 'string' as const }])),
  async run(given: Given): Promise<CliAnswer> {
    const chosen = Object.fromEntries(NARROWING.map((name) => [name, given.text(name)]));
    const asked = spendQuery.safeParse(chosen);
    if (!asked.success)
      throw new UsageError(asked.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`).join(' '));
    return { answer: await (await given.house()).get(LookAtSpend).figures(await actorOf(given), asked.data) };
  },
};

/** The person whose token was given, or the machine, as with everything that is only looked at. */
async function actorOf(given: Given): Promise<Actor> {
  return (given.text('token') ?? process.env.MAINSTAY_TOKEN) ? given.person() : given.machine();
}
