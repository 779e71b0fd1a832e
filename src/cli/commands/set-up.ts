import { financialYearOf } from '../../funds/index.ts';
import { bringUpToDate, setUpCouncil } from '../../house/index.ts';
import type { NewAuthority } from '../../identity/index.ts';
import { Money, roles } from '../../kernel/index.ts';
import { Clock } from '../../platform/index.ts';
import { type CliAnswer, type CliCommand, type Given, UsageError } from '../command.ts';
import { setNotify } from './set-notify.ts';
import { moneyCommands, originator, payer } from './set-up-money.ts';
import { peopleCommands, userIn } from './set-up-people.ts';

/** Where families ask for help: an administrator can also write it down later. */
function whereToAsk(given: Given): Pick<NewAuthority, 'helpPhone' | 'returnAddress'> {
  const helpPhone = given.text('help-phone');
  const returnAddress = given.values['return-address'] as string[] | undefined;
  return { ...(helpPhone ? { helpPhone } : {}), ...(returnAddress ? { returnAddress } : {}) };
}

const migrateCommand: CliCommand = {
  ...{ name: 'migrate', usage: '[--json]', words: 0, database: 'mainstay' },
  summary: 'Brings the database up to this version. Needs DATABASE_OWNER_URL unless the embedded database is used.',
  async run(given: Given): Promise<CliAnswer> {
    const url = given.config.DATABASE_OWNER_URL ?? (await given.ownerUrl());
    return { answer: { ran: await bringUpToDate(url) } };
  },
};

const createCouncil: CliCommand = {
  ...{ name: 'create-council', words: 0, database: 'mainstay' },
  usage:
    '--slug S --name N --user EMAIL:NAME:ROLE … --service-user-number N --sort-code S --account-number A --account-name N [--help-phone P] [--return-address LINE …] [--budget B]',
  summary: 'Sets up a council: people, delegated limits, guide rates, a section 17 fund and its paying account.',
  details: [
    `Roles: ${roles.join(', ')}. Proposing, approving and releasing take three different people.`,
    '--division england-and-wales|scotland|northern-ireland  --plan-limit and --run-limit: up to how much a manager approves.',
  ],
  options: {
    ...{
      slug: { type: 'string' },
      name: { type: 'string' },
      division: { type: 'string' },
      user: { type: 'string', multiple: true },
    },
    ...{ 'help-phone': { type: 'string' }, 'return-address': { type: 'string', multiple: true } },
    ...{ budget: { type: 'string' }, 'plan-limit': { type: 'string' }, 'run-limit': { type: 'string' }, ...payer },
  },
  async run(given: Given): Promise<CliAnswer> {
    const users = ((given.values.user as string[] | undefined) ?? []).map(userIn);
    if (users.length === 0) throw new UsageError('--user is needed at least once: somebody must stand for the rates.');
    const house = await given.house();
    const budget = given.text('budget');
    const made = await setUpCouncil(house, await given.ownerUrl(), {
      ...{ slug: given.needed('slug'), name: given.needed('name'), users, originator: originator(given) },
      ...whereToAsk(given),
      division: (given.text('division') ?? 'england-and-wales') as 'england-and-wales',
      ...(budget
        ? { budget: { amount: Money.gbp(budget), financialYear: financialYearOf(house.get(Clock).today()) } }
        : {}),
      limits: {
        run: Money.gbp(given.text('run-limit') ?? '100000.00'),
        plan: Money.gbp(given.text('plan-limit') ?? '1000.00'),
      },
    });
    return { answer: { council: given.needed('slug'), id: made.authorityId } };
  },
};

/** Commands that set things up. */
export const setUpCommands: readonly CliCommand[] = [
  migrateCommand,
  createCouncil,
  ...peopleCommands,
  setNotify,
  ...moneyCommands,
];
