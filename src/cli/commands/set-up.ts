import { AddBudget, financialYearOf } from '../../funds/index.ts';
import { bringUpToDate, setUpCouncil } from '../../house/index.ts';
import {
  AddUser,
  CreateSetUpCode,
  CreateToken,
  type NewAuthority,
  RevokeToken,
  SetLimit,
  userByEmail,
} from '../../identity/index.ts';
import { Money, plainDate, type Role, roles } from '../../kernel/index.ts';
import { setNotify } from './set-notify.ts';
import { SetOriginator } from '../../payments/index.ts';
import { AddRates, rateComponents } from '../../subsistence/index.ts';
import { Clock, UnitOfWork } from '../../platform/index.ts';
import { type CliAnswer, type CliCommand, type Given, UsageError } from '../command.ts';

const council = { council: { type: 'string' } } as const;
const payer = {
  'service-user-number': { type: 'string' },
  'sort-code': { type: 'string' },
  'account-number': { type: 'string' },
  'account-name': { type: 'string' },
  'reference-prefix': { type: 'string' },
} as const;

/** Where families ask for help: an administrator can also write it down later. */
function whereToAsk(given: Given): Pick<NewAuthority, 'helpPhone' | 'returnAddress'> {
  const helpPhone = given.text('help-phone');
  const returnAddress = given.values['return-address'] as string[] | undefined;
  return { ...(helpPhone ? { helpPhone } : {}), ...(returnAddress ? { returnAddress } : {}) };
}

function originator(given: Given) {
  return {
    ...{ serviceUserNumber: given.needed('service-user-number'), sortCode: given.needed('sort-code') },
    ...{ accountNumber: given.needed('account-number'), accountName: given.needed('account-name') },
    referencePrefix: given.text('reference-prefix') ?? 'MS',
  };
}

function userIn(text: string): { email: string; name: string; roles: Role[] } {
  const [email, name, given] = text.split(':');
  const held = (given ?? '').split(',').filter(Boolean) as Role[];
  const unknown = held.find((role) => !roles.includes(role));
  if (!email || !name || held.length === 0 || unknown)
    throw new UsageError(`"${text}" is not EMAIL:NAME:ROLE[,ROLE] with roles among ${roles.join(', ')}.`);
  return { email, name, roles: held };
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

const createUser: CliCommand = {
  ...{
    name: 'create-user',
    usage: '--user EMAIL:NAME:ROLE[,ROLE] [--council C]',
    words: 0,
    options: { ...council, user: { type: 'string' } },
  },
  summary: 'Adds a person and their roles.',
  async run(given: Given): Promise<CliAnswer> {
    const user = userIn(given.needed('user'));
    return { answer: { id: await (await given.house()).get(AddUser).run(await given.machine(), user) } };
  },
};

const createToken: CliCommand = {
  ...{ name: 'create-token', usage: '--email E [--days N] [--council C] [--json]', words: 0 },
  summary: 'Makes a token for a person, shown once, for the API and for the commands that need a person.',
  options: { ...council, email: { type: 'string' }, days: { type: 'string' } },
  async run(given: Given): Promise<CliAnswer> {
    const days = Number(given.text('days') ?? '90');
    if (!Number.isInteger(days) || days < 1 || days > 366) throw new UsageError('--days must be from 1 to 366.');
    const house = await given.house();
    return {
      answer: { token: await house.get(CreateToken).run(await given.machine(), given.needed('email'), 'cli', days) },
    };
  },
};

const createSetUpCode: CliCommand = {
  ...{ name: 'create-set-up-code', usage: '--email E [--council C] [--json]', words: 0 },
  summary: 'Makes a code, shown once, with which a person signs in for the first time, at /sign-in/first-time.',
  options: { ...council, email: { type: 'string' } },
  async run(given: Given): Promise<CliAnswer> {
    const house = await given.house();
    return { answer: { code: await house.get(CreateSetUpCode).run(await given.machine(), given.needed('email')) } };
  },
};

const revokeTokens: CliCommand = {
  ...{
    name: 'revoke-tokens',
    usage: '--email E [--council C]',
    words: 0,
    options: { ...council, email: { type: 'string' } },
  },
  summary: 'Ends every token of a person at once.',
  async run(given: Given): Promise<CliAnswer> {
    return {
      answer: { ended: await (await given.house()).get(RevokeToken).run(await given.machine(), given.needed('email')) },
    };
  },
};

const setLimit: CliCommand = {
  ...{
    name: 'set-limit',
    usage: '--role R --kind support-plan|section-17-run --amount A [--from DATE] [--council C]',
    words: 0,
  },
  summary: 'Sets up to how much a role may approve, from a day on. Older limits stay on record.',
  options: {
    ...council,
    role: { type: 'string' },
    kind: { type: 'string' },
    amount: { type: 'string' },
    from: { type: 'string' },
  },
  async run(given: Given): Promise<CliAnswer> {
    const house = await given.house();
    const kind = given.needed('kind');
    if (kind !== 'support-plan' && kind !== 'section-17-run')
      throw new UsageError('--kind must be support-plan or section-17-run.');
    const from = given.text('from');
    const effectiveFrom = from ? plainDate(from) : house.get(Clock).today();
    const limit = {
      role: given.needed('role') as Role,
      kind,
      amount: Money.gbp(given.needed('amount')),
      effectiveFrom,
    } as const;
    await house.get(SetLimit).run(await given.machine(), limit);
    return { answer: { ...limit, amount: limit.amount.toString() } };
  },
};

const addBudget: CliCommand = {
  ...{ name: 'add-budget', usage: '--fund CODE --amount A --year 2026-27 --reason R [--council C]', words: 0 },
  summary: 'Puts budget into a fund.',
  options: {
    ...council,
    fund: { type: 'string' },
    amount: { type: 'string' },
    year: { type: 'string' },
    reason: { type: 'string' },
  },
  async run(given: Given): Promise<CliAnswer> {
    const budget = { fundCode: given.needed('fund'), amount: Money.gbp(given.needed('amount')) };
    const why = { financialYear: given.needed('year'), reason: given.needed('reason') };
    return { answer: await (await given.house()).get(AddBudget).run(await given.machine(), { ...budget, ...why }) };
  },
};

const setOriginator: CliCommand = {
  name: 'set-originator',
  words: 0,
  options: { ...council, ...payer },
  usage:
    '--service-user-number N --sort-code S --account-number A --account-name N [--reference-prefix P] [--council C]',
  summary:
    'Says who the council is to the bank. The prefix stands on families’ statements: it must say nothing of why.',
  async run(given: Given): Promise<CliAnswer> {
    await (await given.house()).get(SetOriginator).run(await given.machine(), originator(given));
    return { answer: { set: true } };
  },
};

const addRate: CliCommand = {
  ...{ name: 'add-rate', words: 0 },
  usage:
    '--component C --weekly W --from DATE --rationale R --proposed-by EMAIL --approved-by EMAIL [--table guide] [--council C]',
  summary: 'Adds a weekly rate from a day on. Older versions stay: a day is priced with the rate of that day.',
  details: ['Components: person, pregnant, under-1, age-1-to-3. Two people stand behind each rate.'],
  options: {
    ...council,
    table: { type: 'string' },
    component: { type: 'string' },
    weekly: { type: 'string' },
    from: { type: 'string' },
    rationale: { type: 'string' },
    'proposed-by': { type: 'string' },
    'approved-by': { type: 'string' },
  },
  async run(given: Given): Promise<CliAnswer> {
    const [house, actor] = [await given.house(), await given.machine()];
    const people = await house.get(UnitOfWork).read(actor, async (tx) => ({
      proposedBy: (await userByEmail(tx, given.needed('proposed-by'))).id,
      approvedBy: (await userByEmail(tx, given.needed('approved-by'))).id,
    }));
    const component = rateComponents.find((each) => each === given.needed('component'));
    if (!component) throw new UsageError(`--component must be one of ${rateComponents.join(', ')}.`);
    const rate = {
      rateTable: given.text('table') ?? 'guide',
      component,
      effectiveFrom: plainDate(given.needed('from')),
    };
    const weekly = Money.gbp(given.needed('weekly'));
    await house.get(AddRates).run(actor, [{ ...rate, ...people, weekly, rationale: given.needed('rationale') }]);
    return { answer: { ...rate, weekly: weekly.toString() } };
  },
};

/** Commands that set things up. */
export const setUpCommands: readonly CliCommand[] = [
  ...[
    migrateCommand,
    createCouncil,
    createUser,
    createToken,
    createSetUpCode,
    revokeTokens,
    setLimit,
    setNotify,
    addBudget,
    addRate,
    setOriginator,
  ],
];
