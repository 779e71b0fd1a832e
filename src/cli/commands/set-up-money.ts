import { AddBudget } from '../../funds/index.ts';
import { userByEmail } from '../../identity/index.ts';
import { Money, plainDate } from '../../kernel/index.ts';
import { SetOriginator } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { AddRates, rateComponents } from '../../subsistence/index.ts';
import { type CliAnswer, type CliCommand, type Given, UsageError } from '../command.ts';

const council = { council: { type: 'string' } } as const;

/** What says who a council is to the bank. */
export const payer = {
  'service-user-number': { type: 'string' },
  'sort-code': { type: 'string' },
  'account-number': { type: 'string' },
  'account-name': { type: 'string' },
  'reference-prefix': { type: 'string' },
} as const;

/** Reads who the council is to the bank, as its options say it. */
export function originator(given: Given) {
  return {
    ...{ serviceUserNumber: given.needed('service-user-number'), sortCode: given.needed('sort-code') },
    ...{ accountNumber: given.needed('account-number'), accountName: given.needed('account-name') },
    referencePrefix: given.text('reference-prefix') ?? 'MS',
  };
}

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

/** Commands about a council's money: budget, rates and the account it pays from. */
export const moneyCommands: readonly CliCommand[] = [addBudget, addRate, setOriginator];
