import { readFile } from 'node:fs/promises';
import { Money } from '../../kernel/index.ts';
import { SetRails } from '../../payments/index.ts';
import { type CliAnswer, type CliCommand, type Given, UsageError } from '../command.ts';

const council = { council: { type: 'string' } } as const;
const RAILS = ['prepaid-card', 'voucher', 'faster-payments'] as const;

const setRailTemplate: CliCommand = {
  ...{ name: 'set-rail-template', usage: 'FILE --rail R --provider NAME [--council C]', words: 1 },
  summary: 'Has the files of a rail written as its provider wants them: columns, order, delimiter, header and trailer.',
  details: [
    'FILE is JSON; src/payments/rails/README.md says what goes into it. Rails: prepaid-card, voucher, faster-payments.',
  ],
  options: { ...council, rail: { type: 'string' }, provider: { type: 'string' } },
  async run(given: Given): Promise<CliAnswer> {
    const rail = RAILS.find((each) => each === given.needed('rail'));
    if (!rail) throw new UsageError(`--rail is one of ${RAILS.join(', ')}.`);
    const template: unknown = JSON.parse(await readFile(given.words[0] as string, 'utf8'));
    const set = (await given.house()).get(SetRails);
    return { answer: await set.template(await given.machine(), rail, given.needed('provider'), template) };
  },
};

const setVoucherTerms: CliCommand = {
  ...{ name: 'set-voucher-terms', usage: '--most A --days N [--council C]', words: 0 },
  summary: 'Says what one cash-out voucher may come to, and for how many days it can be cashed.',
  options: { ...council, most: { type: 'string' }, days: { type: 'string' } },
  async run(given: Given): Promise<CliAnswer> {
    const days = given.needed('days');
    if (!/^\d{1,3}$/.test(days)) throw new UsageError('--days is a whole number of days.');
    const set = (await given.house()).get(SetRails);
    return { answer: await set.voucherTerms(await given.machine(), Money.gbp(given.needed('most')), Number(days)) };
  },
};

/** How money leaves by other ways than Bacs. */
export const railCommands = [setRailTemplate, setVoucherTerms];
