import { AddUser, CreateSetUpCode, CreateToken, RevokeToken, SetLimit } from '../../identity/index.ts';
import { Money, plainDate, type Role, roles } from '../../kernel/index.ts';
import { Clock } from '../../platform/index.ts';
import { type CliAnswer, type CliCommand, type Given, UsageError } from '../command.ts';

const council = { council: { type: 'string' } } as const;
const limitKinds = [
  'support-plan',
  'section-17-run',
  'grant-award',
  'grant-emergency',
  'grant-variation',
  'grant-review',
  'grants-run',
] as const;

/** Reads a person from `EMAIL:NAME:ROLE[,ROLE]`.
 * @throws UsageError naming the roles there are
 */
export function userIn(text: string): { email: string; name: string; roles: Role[] } {
  const [email, name, given] = text.split(':');
  const held = (given ?? '').split(',').filter(Boolean) as Role[];
  const unknown = held.find((role) => !roles.some((each) => each === role));
  if (!email || !name || held.length === 0 || unknown)
    throw new UsageError(`"${text}" is not EMAIL:NAME:ROLE[,ROLE] with roles among ${roles.join(', ')}.`);
  return { email, name, roles: held };
}

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
    usage: '--role R --kind KIND --amount A [--from DATE] [--council C]',
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
    const kind = limitKinds.find((each) => each === given.needed('kind'));
    if (!kind) throw new UsageError(`--kind must be one of ${limitKinds.join(', ')}.`);
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

/** Commands about the people of a council: who they are, how they get in, up to how much they approve. */
export const peopleCommands: readonly CliCommand[] = [createUser, createToken, createSetUpCode, revokeTokens, setLimit];
