import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DomainError, Money, type PlainDate } from '../../src/kernel/index.ts';
import type { RailName } from '../../src/payments/index.ts';
import type { RailPayment, RailSubmission } from '../../src/payments/rails/rail.ts';
import { rails } from '../../src/payments/rails/rails.ts';
import { fileTemplate } from '../../src/payments/rails/template/file-template.ts';
import { voucherAmounts } from '../../src/payments/rails/voucher/split.ts';

const vector = (name: string): Buffer => readFileSync(join(process.cwd(), 'test/vectors', name));
const day = (text: string): PlainDate => text as PlainDate;

const originator = {
  ...{ serviceUserNumber: '123456', sortCode: '000099', accountNumber: '12345678' },
  ...{ accountName: 'EXAMPLE COUNCIL', referencePrefix: 'MS' },
};
const card = (accountNumber: string) => ({ sortCode: '', accountNumber, accountName: 'A Parent' });
const account = (accountNumber: string, accountName: string) => ({ sortCode: '089999', accountNumber, accountName });

function submission(payments: readonly RailPayment[], more: Partial<RailSubmission> = {}): RailSubmission {
  const days = { inputDay: day('2026-11-20'), processingDay: day('2026-11-23'), entryDay: day('2026-11-24') };
  return { serial: '000042', originator, createdOn: day('2026-11-20'), days, payments, ...more };
}

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    return (error as DomainError).code;
  }
  return undefined;
}

const accounts: RailPayment[] = [
  { payee: account('66374958', 'A Parent'), amountPence: 9836n, reference: 'MS 1001' },
  { payee: account('88837491', "Ọlá O'Brien & Sons"), amountPence: 15704n, reference: 'MS 1002' },
];
const vouchers: RailPayment[] = [
  {
    ...{ payee: { sortCode: '', accountNumber: '', accountName: '=HYPERLINK("x")' }, amountPence: 22000n },
    reference: 'MS 2001',
    vouchers: [
      { reference: 'MS 2002', amountPence: 10000n, expiresOn: day('2027-02-22') },
      { reference: 'MS 2003', amountPence: 10000n, expiresOn: day('2027-02-22') },
      { reference: 'MS 2004', amountPence: 2000n, expiresOn: day('2027-02-22') },
    ],
  },
];
const cards: RailPayment[] = [
  { payee: card('AB123456'), amountPence: 9836n, reference: 'S17 W48' },
  { payee: card('AB123457'), amountPence: 15704n, reference: 'S17 W48' },
];

const golden: [rail: RailName, file: string, payments: readonly RailPayment[], total: string][] = [
  ['prepaid-card', 'prepaid-card-load.txt', cards, '255.40'],
  ['voucher', 'vouchers.csv', vouchers, '220.00'],
  ['faster-payments', 'faster-payments.csv', accounts, '255.40'],
  ['pain001', 'pain001.xml', accounts, '255.40'],
];

describe('A file of each rail', () => {
  it.each(golden)('%s is %s, byte for byte, and the same when written again', (rail, file, payments, total) => {
    const written = rails[rail].write(submission(payments));
    expect(written.bytes.toString('utf8')).toBe(vector(file).toString('utf8'));
    expect(written.bytes.equals(vector(file))).toBe(true);
    expect(rails[rail].write(submission(payments)).sha256).toBe(written.sha256);
    expect(written.sha256).toBe(createHash('sha256').update(vector(file)).digest('hex'));
    expect([written.items, Money.fromPence(written.pence).toString()]).toEqual([payments.length, total]);
  });

  it('says inside what it comes to, where it can be read back', () => {
    expect(rails.pain001.totalIn?.(vector('pain001.xml'))).toBe(25540n);
    expect(rails.bacs.totalIn?.(rails.bacs.write(submission(accounts)).bytes)).toBe(25540n);
  });

  it.each(['prepaid-card', 'voucher', 'faster-payments'] as const)('%s refuses a payment of nothing', (rail) => {
    const nothing = { payee: card('AB123456'), amountPence: 0n, reference: 'MS 1' };
    expect(codeOf(() => rails[rail].write(submission([nothing])))).toBe('rail_refused');
    expect(codeOf(() => rails[rail].write(submission([])))).toBe('rail_refused');
  });

  it('follows the template of the council’s provider: columns, order, delimiter, header and trailer', () => {
    const template = fileTemplate.parse({
      ...{ delimiter: ';', lineEnd: '\n', header: [{ text: 'H' }, { field: 'payDay' }] },
      columns: [{ field: 'line' }, { field: 'name', width: 4 }, { field: 'pence' }, { field: 'account' }],
      trailer: [{ text: 'T' }, { field: 'items' }, { field: 'totalPence' }],
    });
    const written = rails['prepaid-card'].write(submission(cards, { template }));
    expect(written.bytes.toString('utf8')).toBe(
      'H;2026-11-24\n1;A PA;9836;AB123456\n2;A PA;15704;AB123457\nT;2;25540\n',
    );
    expect(written.warnings).toBe(2);
  });

  it('takes no template with a column nobody knows', () => {
    const parsed = fileTemplate.safeParse({ delimiter: ',', lineEnd: '\n', columns: [{ field: 'immigrationStatus' }] });
    expect(parsed.success).toBe(false);
  });
});

describe('A payment by vouchers', () => {
  it.each([
    [22000n, 10000n, [10000n, 10000n, 2000n]],
    [10000n, 10000n, [10000n]],
    [1n, 10000n, [1n]],
    [4918n, 2000n, [2000n, 2000n, 918n]],
  ])('of %s pence, at most %s each, is split into %s', (pence, most, parts) => {
    expect(voucherAmounts(pence, most)).toEqual(parts);
  });

  it('is never of nothing', () => {
    expect(() => voucherAmounts(0n, 100n)).toThrow(RangeError);
    expect(() => voucherAmounts(100n, 0n)).toThrow(RangeError);
  });
});
