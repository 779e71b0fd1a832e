import { readFileSync } from 'node:fs';
import { checkAccount, modulusTablesIn } from '../../src/families/index.ts';
import type { DomainError } from '../../src/kernel/index.ts';
import { readTables } from '../../src/families/domain/modulus/read-tables.ts';
import { weights } from '../support/modulus-tables.ts';

const [, ...vectors] = readFileSync(new URL('../../../test/vectors/modulus.csv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split(','));

const never = (sortCode: string, exception?: number): string => weights(sortCode, 'MOD10', { u: 1 }, exception);
const always = (sortCode: string, exception?: number): string => weights(sortCode, 'MOD11', {}, exception);
const lastIsNought = { h: 1 };

/** The made-up banks, one for each exception: the last two digits of the sort code are its number. */
const tables = readTables(
  [
    ...[weights('000000', 'MOD10', { a: 3, h: 1 }), weights('000020', 'MOD11', { a: 1, h: -1 })],
    ...[weights('000021', 'DBLAL', { a: 9, h: 1 }), always('100022'), never('100022')],
    weights('000001', 'DBLAL', lastIsNought, 1),
    ...[weights('000002', 'MOD11', lastIsNought, 2), weights('000002', 'MOD11', { u: 1, h: 1 }, 9)],
    ...[always('000003'), weights('000003', 'DBLAL', lastIsNought, 3)],
    weights('000004', 'MOD11', { a: 2 }, 4),
    ...[weights('000050', 'MOD11', { u: 1, a: 1 }, 5), weights('000050', 'DBLAL', { u: 1, a: 1 }, 5)],
    ...[weights('000051', 'MOD11', { u: 1, a: 1 }, 5), weights('000051', 'DBLAL', { u: 1, a: 1 }, 5)],
    ...[weights('000006', 'MOD11', lastIsNought, 6), weights('000006', 'DBLAL', lastIsNought, 6)],
    weights('100007', 'MOD10', { u: 1, b: 1, h: 1 }, 7),
    weights('000008', 'MOD10', { v: 1, h: 1 }, 8),
    ...[weights('100010', 'MOD11', { a: 1, h: 1 }, 10), never('100010', 11)],
    ...[never('100011', 10), weights('100011', 'DBLAL', lastIsNought, 11)],
    ...[never('100012', 12), weights('100012', 'MOD10', lastIsNought, 13)],
    weights('000014', 'MOD11', lastIsNought, 14),
  ].join('\n'),
  '000050 200000',
);

const cases: [what: string, sortCode: string, accounts: Record<string, 'valid' | 'invalid'>][] = [
  ['multiples of ten', '000000', { '10000007': 'valid', '10000008': 'invalid' }],
  ['multiples of eleven, with a weight below nought', '000020', { '10000001': 'valid', '00000001': 'invalid' }],
  ['the digits of each product', '000021', { '50000001': 'valid', '50000005': 'invalid' }],
  ['both rows where there are two', '100022', { '00000000': 'invalid' }],
  ['exception 1: 27 is added', '000001', { '00000003': 'valid', '00000000': 'invalid' }],
  [
    'exceptions 2 and 9: other weights by the first digit and the seventh; else the sort code 309634',
    '000002',
    {
      ...{ '00000000': 'valid', '00000001': 'invalid', '00000008': 'valid' },
      ...{ '20000004': 'valid', '20000000': 'invalid', '10000096': 'valid', '10000090': 'invalid' },
    },
  ],
  [
    'exception 3: no second check where the third digit is 6 or 9',
    '000003',
    { '00600001': 'valid', '00900001': 'valid', '00500001': 'invalid', '00500000': 'valid' },
  ],
  [
    'exception 4: what is left is the last two digits',
    '000004',
    { '50000010': 'valid', '40000008': 'valid', '50000000': 'invalid', '00000000': 'valid' },
  ],
  [
    'exception 5: two check digits, by the sort code that counts instead',
    '000050',
    { '00000098': 'valid', '00000097': 'invalid', '00000088': 'invalid', '00000000': 'invalid' },
  ],
  [
    'exception 5: nought where nothing is left, and none where one is left of eleven',
    '000051',
    { '00000000': 'valid', '00000001': 'invalid', '10000009': 'invalid', '10000099': 'invalid', '20000098': 'valid' },
  ],
  [
    'exception 6: accounts in other money are not checked',
    '000006',
    { '40000022': 'valid', '80000022': 'valid', '90000022': 'invalid', '30000022': 'invalid', '40000012': 'invalid' },
  ],
  [
    'exception 7: only the end of the account where its seventh digit is 9',
    '100007',
    { '01000090': 'valid', '01000091': 'invalid', '01000000': 'invalid', '00000009': 'valid' },
  ],
  ['exception 8: the sort code 090126 counts', '000008', { '00000001': 'valid', '00000000': 'invalid' }],
  [
    'exception 10: only the end of the account where it begins with 09 or 99 and its seventh digit is 9',
    '100010',
    { '99000090': 'valid', '09000090': 'valid', '90000090': 'invalid', '99000080': 'invalid', '19000090': 'invalid' },
  ],
  ['exception 11: the second check is enough', '100011', { '00000000': 'valid', '00000001': 'invalid' }],
  ['exceptions 12 and 13: either check is enough', '100012', { '00000000': 'valid', '00000001': 'invalid' }],
  [
    'exception 14: a last digit of 0, 1 or 9 may go, and a nought comes in front',
    '000014',
    { '00000001': 'valid', '00000109': 'valid', '00000002': 'invalid', '00000019': 'invalid' },
  ],
];

describe('The check of an account number', () => {
  for (const [what, sortCode, accounts] of cases)
    for (const [accountNumber, result] of Object.entries(accounts))
      it(`counts ${what}: ${accountNumber} is ${result}`, () => {
        expect(checkAccount(tables, { sortCode, accountNumber })).toBe(result);
      });

  it('says that an account of a bank the tables do not speak of is not checked', () => {
    expect(checkAccount(tables, { sortCode: '999999', accountNumber: '00000000' })).toBe('not-checked');
  });

  it('counts no sort code outside a range', () => {
    const range = readTables('000010 000012 MOD10 0 0 0 0 0 0 0 0 0 0 0 0 0 1', '');
    const of = (sortCode: string) => checkAccount(range, { sortCode, accountNumber: '00000001' });
    expect(['000009', '000010', '000011', '000012', '000013'].map(of)).toEqual([
      ...['not-checked', 'invalid', 'invalid', 'invalid', 'not-checked'],
    ]);
  });
});

describe("The banks' own vectors", () => {
  const folder = process.env.MODULUS_TABLES;
  it(`come out right${folder ? '' : ' (left unproved here: MODULUS_TABLES names no folder with the tables)'}`, async () => {
    expect(vectors.length).toBe(17);
    if (!folder) return;
    const real = await modulusTablesIn(folder);
    for (const [, sortCode = '', accountNumber = '', valid, description] of vectors) {
      const result = checkAccount(real, { sortCode, accountNumber });
      expect([description, result]).toEqual([description, valid === 'Y' ? 'valid' : 'invalid']);
    }
  });
});

function wrongIn(weightsText: string, substitutes = ''): [string | undefined, number | undefined][] {
  try {
    readTables(weightsText, substitutes);
    return [];
  } catch (error) {
    if ((error as DomainError).code !== 'modulus_tables_refused') throw error;
    return (error as DomainError).items.map(({ column, line }) => [column, line]);
  }
}

describe('Modulus tables', () => {
  const line = '000000 000000 MOD10 0 0 0 0 0 0 0 0 0 0 0 0 0 1';
  it.each([
    ['a sort code of five digits', line.replace('000000', '00000')],
    ['a range that runs backwards', line.replace('000000', '000001')],
    ['a method nobody knows', line.replace('MOD10', 'MOD12')],
    ['thirteen weights', line.slice(0, -2)],
    ['sixteen numbers', `${line} 1 1`],
    ['an exception nobody knows', `${line} 15`],
    ['a weight with a point', line.replace(/1$/, '1.5')],
    ['nothing at all', '\n'],
  ])('are refused with %s', (_, text) => {
    expect(wrongIn(text)).not.toEqual([]);
  });

  it('are refused with the line of what cannot be read, in both files', () => {
    expect(wrongIn(`${line}\nnonsense`, '000000 1')).toEqual([
      ['weights', 2],
      ['substitutes', 1],
    ]);
  });
});
