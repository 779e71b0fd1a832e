import { DomainError, type ProblemItem, plainDate } from '../../src/kernel/index.ts';
import { describeFamilyFile } from '../../src/subsistence/domain/family-file/describe-family-file.ts';
import { familyFileColumns } from '../../src/subsistence/domain/family-file/family-file-columns.ts';
import type { FamilyInFile } from '../../src/subsistence/domain/family-file/family-in-file.ts';
import { largestFileBytes } from '../../src/subsistence/domain/family-file/file-bytes.ts';
import { type FamilyFile, readFamilyFile } from '../../src/subsistence/domain/family-file/read-family-file.ts';
import { type RowOfFamilyFile, allColumns, familyFileOf } from '../support/family-file-writer.ts';

const today = plainDate('2026-12-01');

const amina: RowOfFamilyFile = {
  family_reference: 'FAM-0001',
  member_name: 'Amina Example',
  date_of_birth: '1991-04-02',
  relationship: 'lead',
  pay_day: 'thursday',
  support_from: '2026-06-01',
};
const bilal: RowOfFamilyFile = {
  family_reference: 'FAM-0001',
  member_name: 'Bilal Example',
  date_of_birth: '2020-02-29',
  relationship: 'child',
};
const bank = { sort_code: '204512', account_number: '01234567', account_name: 'A Example' };
const address = { address_line_1: '1 High Street', town: 'London', postcode: 'SE1 1AA' };

function read(rows: readonly RowOfFamilyFile[]): FamilyFile {
  return readFamilyFile(familyFileOf(rows), today);
}

function onlyFamily(lead: RowOfFamilyFile, ...others: RowOfFamilyFile[]): FamilyInFile {
  const family = read([{ ...amina, ...lead }, ...others]).families[0];
  if (!family) throw new Error('there is no family');
  return family;
}

function refusalOf(bytes: Uint8Array | string): DomainError {
  try {
    readFamilyFile(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, today);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'family_file_refused') return error;
    throw error;
  }
  throw new Error('the file was not refused');
}

function problemsOf(rows: readonly RowOfFamilyFile[]): readonly ProblemItem[] {
  return refusalOf(familyFileOf(rows)).items;
}

const header = allColumns.join(',');

describe('a family file that is right', () => {
  it('gives the family, its members and what is said for it', () => {
    const rows = [
      {
        ...amina,
        ...bank,
        ...address,
        due_date: '2027-03-01',
        weekly_top_up: '12.5',
        top_up_reason: 'Milk, "formula"',
      },
      { ...bilal, joined_on: '2026-07-01', left_on: '2026-08-01' },
    ];
    const { families, rows: count, sha256 } = read(rows);
    expect(count).toBe(2);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.parse(JSON.stringify(families))).toEqual([
      {
        reference: 'FAM-0001',
        line: 2,
        standard: 'subsistence',
        frequency: 'weekly',
        payDay: 'thursday',
        support: { from: '2026-06-01', to: null },
        paidUpTo: '2026-06-01',
        language: 'en',
        contact: 'no',
        address: { lines: ['1 High Street'], town: 'London', postcode: 'SE1 1AA' },
        bank: { sortCode: '204512', accountNumber: '01234567', accountName: 'A Example' },
        members: [
          {
            line: 2,
            name: 'Amina Example',
            born: '1991-04-02',
            due: '2027-03-01',
            relationship: 'lead',
            topUp: { weekly: '12.50', reason: 'Milk, "formula"' },
          },
          {
            line: 3,
            name: 'Bilal Example',
            born: '2020-02-29',
            relationship: 'child',
            joinedOn: '2026-07-01',
            leftOn: '2026-08-01',
          },
        ],
      },
    ]);
  });

  it('fingerprints the bytes as they came', () => {
    const marked = readFamilyFile(familyFileOf([amina], { mark: true }), today);
    expect(marked.families).toEqual(read([amina]).families);
    expect(marked.sha256).not.toBe(read([amina]).sha256);
  });

  for (const lineEnd of ['\n', '\r\n', '\r'] as const) {
    it(`accepts lines ended by ${JSON.stringify(lineEnd)}, with and without the last`, () => {
      for (const lastLineEnd of [true, false]) {
        const { families } = readFamilyFile(familyFileOf([amina, bilal], { lineEnd, lastLineEnd }), today);
        expect(families[0]?.members.map((member) => member.line)).toEqual([2, 3]);
      }
    });
  }

  it('accepts columns in any order and in any capital letters, and only the required ones', () => {
    const columns = ['Support_From', ' PAY_DAY ', 'relationship', 'member_name', 'family_reference'];
    const bytes = Buffer.from(`${columns.join(',')}\n2026-06-01,Thursday,LEAD,Amina Example,FAM-0001\n`);
    expect(readFamilyFile(bytes, today).families[0]).toMatchObject({ payDay: 'thursday', reference: 'FAM-0001' });
  });

  it('leaves out blank rows and keeps counting lines', () => {
    const bytes = Buffer.from(
      `${header}\n\n${','.repeat(31)}\nF1,A,,,lead,,,,,monday,2026-06-01${','.repeat(21)}\n ,,\n`,
    );
    const file = readFamilyFile(bytes, today);
    expect([file.rows, file.families[0]?.line]).toEqual([1, 4]);
  });

  it('accepts a later row that repeats what the first says, however it is written', () => {
    const family = onlyFamily(
      { ...bank, frequency: 'weekly' },
      { ...bilal, pay_day: 'Thursday', sort_code: '20-45-12', standard: 'subsistence', paid_up_to: '2026-06-01' },
    );
    expect(family.members).toHaveLength(2);
  });

  it('accepts the same person twice when the two stays are apart', () => {
    const first = { ...bilal, left_on: '2026-07-01' };
    expect(onlyFamily({}, first, { ...bilal, joined_on: '2026-09-01' }).members).toHaveLength(3);
  });

  it('accepts a row for a baby who is expected', () => {
    const rows = [amina, { ...bilal, date_of_birth: '', due_date: '2027-01-01' }];
    expect(readFamilyFile(familyFileOf(rows), today).families[0]?.members[1]).toMatchObject({ due: '2027-01-01' });
  });

  it('accepts a family without a bank account', () => {
    expect(onlyFamily({}).bank).toBeUndefined();
  });

  const kept: readonly (readonly [RowOfFamilyFile, object])[] = [
    [{ member_name: '=SUM(A1) @home' }, { members: [{ name: '=SUM(A1) @home' }] }],
    [{ member_name: ' Zoë\n  Example ' }, { members: [{ name: 'Zoë Example' }] }],
    [
      { standard: 'Welfare', frequency: 'four-weekly' },
      { standard: 'welfare', frequency: 'four-weekly' },
    ],
    [
      { support_to: '2026-12-31', paid_up_to: '2026-11-30' },
      { support: { to: '2026-12-31' }, paidUpTo: '2026-11-30' },
    ],
    [
      { language: 'TIR', contact: 'Discreet' },
      { language: 'tir', contact: 'discreet' },
    ],
    [
      { language: 'tir', reads: 'EN' },
      { language: 'tir', reads: 'en' },
    ],
    [
      { contact: 'yes', mobile: '07700 900123', safe_channels: 'Call, SMS', safe_checked_on: '2026-06-01' },
      { safeChannels: ['sms', 'call'], safeCheckedOn: '2026-06-01' },
    ],
    [{ safe_channels: 'none' }, { safeChannels: [] }],
    [{ ...address, contact: 'discreet', safe_channels: 'letter' }, { safeChannels: ['letter'] }],
    [{ mobile: '07700 900123' }, { mobile: '+447700900123' }],
    [{ mobile: '+44 (0)7700 900-123' }, { mobile: '+447700900123' }],
    [{ mobile: '0044 7700 900123' }, { mobile: '+447700900123' }],
    [{ email: "o'neil+x@example.co.uk" }, { email: "o'neil+x@example.co.uk" }],
    [{ ...address, address_line_2: 'Flat 2', postcode: 'se11aa' }, { address: { lines: ['1 High Street', 'Flat 2'] } }],
    [{ ...address, postcode: 'w1a  0ax' }, { address: { postcode: 'W1A 0AX' } }],
    [{ postcode: 'SE1 1AA' }, { address: { lines: [], postcode: 'SE1 1AA' } }],
    [{ ...bank, sort_code: '20 45 12' }, { bank: { sortCode: '204512' } }],
    [
      { ward: 'North', team: 'NRPF', fund: 'CRF' },
      { ward: 'North', team: 'NRPF', fund: 'CRF' },
    ],
    [{ date_of_birth: '', due_date: '2027-01-01' }, { members: [{ due: '2027-01-01' }] }],
  ];
  for (const [cells, expected] of kept) {
    it(`keeps ${JSON.stringify(cells)} as ${JSON.stringify(expected)}`, () => {
      expect(onlyFamily(cells)).toMatchObject(expected);
    });
  }
});

describe('a wrong cell on the first row of a family', () => {
  const wrong: readonly (readonly [RowOfFamilyFile, string, RegExp, RegExp])[] = [
    [{ family_reference: 'FAM 1' }, 'family_reference', /character a reference may not have/, /Write up to 35 letters/],
    [{ family_reference: 'F'.repeat(36) }, 'family_reference', /longer than 35/, /up to 35/],
    [{ family_reference: '' }, 'family_reference', /is blank/, /Fill it in/],
    [{ member_name: ' ' }, 'member_name', /is blank/, /Fill it in/],
    [{ member_name: 'x'.repeat(101) }, 'member_name', /has 101 characters; it may have 100/, /Shorten/],
    [{ member_name: 'Jos\ufffd' }, 'member_name', /letter .* was lost/, /CSV UTF-8/],
    [{ member_name: 'A\u0007B' }, 'member_name', /cannot be printed/, /Type it again/],
    [{ relationship: 'mother' }, 'relationship', /"mother" is not a relationship/, /lead, partner, child or other/],
    [{ relationship: '' }, 'relationship', /is blank/, /lead, partner, child or other/],
    [{ date_of_birth: '31/12/1990' }, 'date_of_birth', /not in the order year-month-day/, /for example 2026-12-01/],
    [{ date_of_birth: '33238' }, 'date_of_birth', /number a spreadsheet keeps/, /column to Text/],
    [{ date_of_birth: '1990-12-31 00:00' }, 'date_of_birth', /has a time after/, /year-month-day/],
    [{ date_of_birth: 'spring' }, 'date_of_birth', /"spring" is not a date/, /year-month-day/],
    [{ date_of_birth: '1990-02-29' }, 'date_of_birth', /not a day of the calendar/, /Check the month/],
    [{ date_of_birth: '1899-12-31' }, 'date_of_birth', /before 1900/, /Check the year/],
    [{ date_of_birth: '2026-12-02' }, 'date_of_birth', /in the future/, /its due_date instead/],
    [{ due_date: '2027-10-04' }, 'due_date', /more than ten months ahead/, /Check the date/],
    [{ date_of_birth: '2017-06-02', due_date: '2027-06-01' }, 'due_date', /under 10 on the due date/, /move it/],
    [{ standard: 'basic' }, 'standard', /"basic" is not a standard/, /subsistence or welfare/],
    [{ frequency: 'monthly' }, 'frequency', /is not a frequency/, /weekly, fortnightly or four-weekly/],
    [{ frequency: 'four weekly' }, 'frequency', /is not a frequency/, /Did you mean four-weekly/],
    [{ pay_day: 'sunday' }, 'pay_day', /"sunday" is not a pay_day/, /^Write monday/],
    [{ pay_day: '' }, 'pay_day', /pay_day is blank/, /monday/],
    [{ support_from: '' }, 'support_from', /support_from is blank/, /first day of support/],
    [{ support_to: '2026-06-01' }, 'support_to', /not after it starts on 2026-06-01/, /Check both dates/],
    [{ support_to: '9999-12-31' }, 'support_to', /more than 30 years ahead/, /leave it blank/],
    [{ paid_up_to: '2026-05-31' }, 'paid_up_to', /before support starts on 2026-06-01/, /first day not yet paid/],
    [{ support_to: '2026-11-01', paid_up_to: '2026-11-02' }, 'paid_up_to', /after support ends/, /at most 2026-11-01/],
    [{ paid_up_to: '2036-11-30' }, 'paid_up_to', /more than a year ahead/, /Check the year/],
    [{ support_to: '2026-11-01', joined_on: '2026-11-01' }, 'joined_on', /not before support ends/, /Check both dates/],
    [{ joined_on: '1991-04-01' }, 'joined_on', /before the date of birth 1991-04-02/, /later day/],
    [
      { joined_on: '2026-07-01', left_on: '2026-07-01' },
      'left_on',
      /not after joining on 2026-07-01/,
      /Check the dates/,
    ],
    [{ left_on: '2026-06-01' }, 'left_on', /not after the first day of support/, /delete the row/],
    [{ weekly_top_up: '5' }, 'top_up_reason', /weekly_top_up and no reason/, /Write why/],
    [{ top_up_reason: 'Milk' }, 'weekly_top_up', /top_up_reason and no top-up/, /delete the reason/],
    [{ language: 'Arabic' }, 'language', /not a language code/, /ar \(Arabic\)/],
    [{ contact: 'maybe' }, 'contact', /"maybe" is not a contact/, /yes, no or discreet/],
    [
      { contact: 'yes', safe_channels: 'pigeon' },
      'safe_channels',
      /"pigeon" is not a way/,
      /sms, email, letter and call/,
    ],
    [{ contact: 'yes', safe_channels: 'none' }, 'safe_channels', /contact is not no/, /a way that is safe/],
    [{ safe_channels: 'call letter', ...address }, 'safe_channels', /Nothing is sent/, /call, none/],
    [{ contact: 'yes', safe_channels: 'sms' }, 'safe_channels', /sms is safe, but mobile is blank/, /leave sms out/],
    [{ safe_checked_on: '2030-01-01' }, 'safe_checked_on', /in the future/, /leave it blank/],
    [{ reads: 'English' }, 'reads', /not a language code/, /ar \(Arabic\)/],
    [{ mobile: '7700900123' }, 'mobile', /dropped the zero/, /07700 900123/],
    [{ mobile: '020 7946 0000' }, 'mobile', /not a UK mobile number/, /starting with 07/],
    [{ mobile: '07000 900123' }, 'mobile', /not a UK mobile number/, /leave it blank/],
    [{ mobile: '4.47701E+11' }, 'mobile', /scientific notation/, /column to Text/],
    [{ email: 'a@b' }, 'email', /not an email address/, /name@example.org/],
    [{ email: 'a@example.org; b@example.org' }, 'email', /not an email address/, /one address/],
    [{ ...address, postcode: 'SE1' }, 'postcode', /not a UK postcode/, /SE1 1AA/],
    [{ ...address, postcode: 'NS1 1AA' }, 'postcode', /not a UK postcode/, /SE1 1AA/],
    [
      { ...address, address_line_1: 'No fixed abode' },
      'address_line_1',
      /Leave the address empty/,
      /leave all of it blank/,
    ],
    [{ ...address, town: 'BFPO 12' }, 'town', /UK addresses only/, /leave all of it blank/],
    [{ fund: 'f'.repeat(61) }, 'fund', /61 characters; it may have 60/, /Shorten/],
    [{ ...bank, sort_code: '20451' }, 'sort_code', /five digits: a spreadsheet may have dropped/, /all six digits/],
    [{ ...bank, sort_code: '20/45/12' }, 'sort_code', /not six digits/, /20-45-12/],
    [{ ...bank, sort_code: '20-4512' }, 'sort_code', /not six digits/, /20-45-12/],
    [
      { ...bank, account_number: '1234567' },
      'account_number',
      /seven digits: .* zero at the front/,
      /all eight digits/,
    ],
    [{ ...bank, account_number: '123456' }, 'account_number', /It has 6/, /eight digits/],
    [{ ...bank, account_number: '1234 5678' }, 'account_number', /not eight digits/, /without spaces/],
    [{ ...bank, account_number: '1.23E+07' }, 'account_number', /scientific notation/, /type the number again/],
    [{ ...bank, account_name: '' }, 'account_name', /blank, but there is sort_code, account_number/, /together/],
    [{ ...bank, sort_code: '' }, 'sort_code', /the bank details cannot be used/, /leave all of them blank/],
  ];
  for (const [cells, column, reason, whatToDo] of wrong) {
    it(`refuses ${JSON.stringify(cells)} at ${column}`, () => {
      expect(problemsOf([{ ...amina, ...cells }])).toEqual([
        { line: 2, column, reason: expect.stringMatching(reason), whatToDo: expect.stringMatching(whatToDo) },
      ]);
    });
  }

  const amounts: readonly (readonly [string, RegExp, RegExp])[] = [
    ['£5', /currency sign/, /digits only/],
    ['5,00', /comma where the point should be/, /a point before the pence/],
    ['1,250.00', /has a comma/, /without commas/],
    ['1e3', /scientific notation/, /column to Text/],
    ['5.125', /more than two decimals/, /whole pence/],
    ['-5', /negative/, /above zero/],
    ['(5.00)', /negative/, /above zero/],
    ['0', /top-up of nothing/, /leave weekly_top_up and top_up_reason blank/],
    ['0.00', /top-up of nothing/, /blank/],
    ['10000', /more than 9999.99/, /where the point is/],
    ['05', /not an amount of money/, /12.50/],
    ['five', /not an amount of money/, /12.50/],
  ];
  for (const [amount, reason, whatToDo] of amounts) {
    it(`refuses a top-up of ${amount}`, () => {
      expect(problemsOf([{ ...amina, weekly_top_up: amount, top_up_reason: 'Milk' }])).toEqual([
        {
          line: 2,
          column: 'weekly_top_up',
          reason: expect.stringMatching(reason),
          whatToDo: expect.stringMatching(whatToDo),
        },
      ]);
    });
  }

  it('never repeats bank details or ways to find a family', () => {
    const secret = { ...bank, account_number: '9876543', sort_code: '20451', mobile: '020 7946', email: 'x y@z' };
    const told = JSON.stringify(problemsOf([{ ...amina, ...secret, ...address, postcode: 'Q99 9QQ9' }]));
    for (const value of ['9876543', '20451', '7946', 'x y@z', 'Q99']) expect(told).not.toContain(value);
  });
});

describe('rows that do not make a family', () => {
  const wrong: readonly (readonly [string, RowOfFamilyFile[], number, string, RegExp, RegExp])[] = [
    [
      'no lead',
      [{ ...amina, relationship: 'other' }, bilal],
      2,
      'relationship',
      /No member .* is its lead/,
      /Write lead/,
    ],
    [
      'two leads',
      [amina, { ...amina, member_name: 'Carim Example' }],
      3,
      'relationship',
      /has a lead already, on line 2/,
      /Leave one lead/,
    ],
    [
      'a child without a birth',
      [amina, { ...bilal, date_of_birth: '' }],
      3,
      'date_of_birth',
      /no date of birth/,
      /Write/,
    ],
    ['another value later', [amina, { ...bilal, pay_day: 'friday' }], 3, 'pay_day', /first row .* on line 2/, /line 2/],
    [
      'a value only later',
      [amina, { ...bilal, fund: 'CRF' }],
      3,
      'fund',
      /not what the first row/,
      /leave it blank here/,
    ],
    ['a wrong value later', [amina, { ...bilal, pay_day: 'payday' }], 3, 'pay_day', /not a pay_day/, /monday/],
    ['the same member twice', [amina, bilal, bilal], 4, 'member_name', /same member is on line 3/, /Delete one/],
    [
      'a reference written differently',
      [amina, { ...bilal, family_reference: 'fam-0001' }],
      3,
      'family_reference',
      /written differently on line 2/,
      /same capital letters/,
    ],
    [
      'a later row without the reference',
      [amina, { ...bilal, family_reference: '' }],
      3,
      'family_reference',
      /is blank/,
      /Fill it in/,
    ],
    [
      'a family in two places',
      [amina, { ...amina, family_reference: 'FAM-0002' }, bilal],
      4,
      'family_reference',
      /"FAM-0001" on line 4 began on line 2/,
      /Put all rows of a family together/,
    ],
  ];
  for (const [name, rows, line, column, reason, whatToDo] of wrong) {
    it(`refuses ${name}`, () => {
      expect(problemsOf(rows)).toEqual([
        { line, column, reason: expect.stringMatching(reason), whatToDo: expect.stringMatching(whatToDo) },
      ]);
    });
  }

  it('gives every problem in the order of the lines', () => {
    const rows = [
      { ...amina, pay_day: 'sunday', relationship: 'partner' },
      { ...bilal, date_of_birth: '2026-13-01', weekly_top_up: '£5' },
      { ...amina, family_reference: 'FAM-0002', email: 'nobody' },
    ];
    expect(problemsOf(rows).map((item) => [item.line, item.column])).toEqual([
      [2, 'pay_day'],
      [2, 'relationship'],
      [3, 'date_of_birth'],
      [3, 'weekly_top_up'],
      [3, 'top_up_reason'],
      [4, 'email'],
    ]);
  });

  it('lists a thousand problems and counts them all', () => {
    const rows = Array.from({ length: 1500 }, (_, index) => ({
      ...amina,
      family_reference: `F${index}`,
      pay_day: 'x',
    }));
    const refusal = refusalOf(familyFileOf(rows));
    expect(refusal.items).toHaveLength(1000);
    expect(refusal.message).toBe(
      'The family file has 1,500 problems; nothing was imported. The first 1000 are listed.',
    );
    expect(refusal.kind.status).toBe(422);
  });
});

describe('the line of a problem', () => {
  for (const lineEnd of ['\n', '\r\n', '\r'] as const) {
    it(`counts the lines inside quotes when lines end in ${JSON.stringify(lineEnd)}`, () => {
      const reason = { weekly_top_up: '5', top_up_reason: `Milk${lineEnd}${lineEnd}and nappies` };
      const rows = [
        { ...amina, ...reason },
        { ...bilal, ...reason },
        { ...bilal, relationship: 'x' },
      ];
      expect(refusalOf(familyFileOf(rows, { lineEnd })).items.map((item) => item.line)).toEqual([8]);
    });
  }
});

describe('a header that is wrong', () => {
  const required = ['family_reference', 'member_name', 'relationship', 'pay_day', 'support_from'];
  for (const missing of required) {
    it(`refuses a file without ${missing}`, () => {
      const columns = allColumns.filter((name) => name !== missing);
      expect(refusalOf(familyFileOf([amina], { columns })).items).toEqual([
        {
          line: 1,
          column: missing,
          reason: `The column ${missing} is missing.`,
          whatToDo: expect.stringContaining(`Add a column named ${missing}.`),
        },
      ]);
    });
  }

  it('suggests the nearest name for an unknown column', () => {
    expect(refusalOf(familyFileOf([], { columns: [...allColumns, 'sort code', 'shoe_size', ''] })).items).toEqual([
      {
        line: 1,
        column: 'sort code',
        reason: 'There is no column named "sort code".',
        whatToDo: expect.stringMatching(/Did you mean sort_code/),
      },
      { line: 1, column: 'shoe_size', reason: expect.any(String), whatToDo: expect.stringMatching(/Delete it/) },
      { line: 1, reason: 'Column 35 has no name.', whatToDo: expect.stringMatching(/Delete the empty column/) },
    ]);
  });

  it('refuses a column that is there twice', () => {
    expect(refusalOf(familyFileOf([], { columns: [...allColumns, 'Pay_Day'] })).items).toEqual([
      {
        line: 1,
        column: 'pay_day',
        reason: 'The column pay_day is there twice: column 10 and column 33.',
        whatToDo: expect.stringMatching(/Delete the one/),
      },
    ]);
  });
});

describe('a file that cannot be read', () => {
  const row = familyFileOf([amina]);
  const utf16 = Buffer.from(`\ufeff${header}\n`, 'utf16le');
  const whole: readonly (readonly [string, Uint8Array | string, number | undefined, RegExp, RegExp])[] = [
    ['an empty file', '', undefined, /is empty/, /Export/],
    ['a file of blank lines', ' \n\r\n', undefined, /is empty/, /Export/],
    ['a file of commas', ',,\n,,\n', undefined, /is empty/, /Export/],
    ['a header and no rows', `${header}\n`, 1, /only the names of the columns/, /Export/],
    ['UTF-16', utf16, 1, /UTF-16/, /CSV UTF-8/],
    ['UTF-16, big end first', Buffer.from(utf16).swap16(), 1, /UTF-16/, /CSV UTF-8/],
    ['a workbook', Buffer.from('PK\u0003\u0004rest'), undefined, /workbook/, /save it as/],
    ['a NUL byte', `${header}\nF1,A\u0000`, 2, /NUL byte/, /CSV UTF-8/],
    ['Latin-1', Buffer.from(`${header}\r\nF1,Zo\u00eb\r\n`, 'latin1'), 2, /not UTF-8/, /CSV UTF-8/],
    ['semicolons', header.replaceAll(',', ';'), 1, /semicolons/, /separated by commas/],
    ['tabs', header.replaceAll(',', '\t'), 1, /tabs/, /separated by commas/],
    ['vertical bars', header.replaceAll(',', '|'), 1, /vertical bars/, /separated by commas/],
    ['sep= on top', `sep=,\n${header}\n`, 1, /sep=/, /Delete the first line/],
    ['no header', 'FAM-0001,Amina Example,lead\n', 1, /does not name the columns/, /family_reference/],
    ['a quotation mark in the header', `family_reference,mem"ber\n${header}\n`, 1, /middle of a value/, /twice/],
  ];
  for (const [name, bytes, line, reason, whatToDo] of whole) {
    it(`refuses ${name}`, () => {
      expect(refusalOf(bytes).items).toEqual([
        {
          ...(line && { line }),
          reason: expect.stringMatching(reason),
          whatToDo: expect.stringMatching(whatToDo),
        },
      ]);
    });
  }

  it('refuses a file over 200 MB', () => {
    expect(refusalOf(new Uint8Array(largestFileBytes + 1)).items[0]?.reason).toMatch(/larger than 200 MB/);
  });

  it('names every line that is not UTF-8, whatever the line ends', () => {
    const text = [header, 'F1,Zo\u00eb', 'F2,Zoe', 'F3,Ren\u00e9'].join('\r');
    expect(refusalOf(Buffer.from(text, 'latin1')).items.map((item) => item.line)).toEqual([2, 4]);
  });

  it('says that a file which stops inside its last row was cut short', () => {
    const cut = row.subarray(0, row.length - 10);
    expect(refusalOf(cut).items).toEqual([
      {
        line: 2,
        reason: expect.stringMatching(/stops in the middle of this row: it has 23 cells .* 32/),
        whatToDo: expect.stringMatching(/cut short/),
      },
    ]);
  });

  it('says that a row in the middle has too many cells, and blames nothing else on the family', () => {
    const bytes = `${Buffer.from(row).toString()}F1,Example, Amina${','.repeat(30)}\nF2,B,,,lead,,,,,monday,2026-06-01${','.repeat(21)}\n`;
    expect(refusalOf(bytes).items).toEqual([
      {
        line: 3,
        reason: 'This row has 33 cells and the first line has 32.',
        whatToDo: expect.stringMatching(/double quotes/),
      },
    ]);
  });

  it('does not blame a family for what an unreadable row may have said', () => {
    const bytes = `${header}\nF1,"A" B,${','.repeat(27)}\n`.replace('"A" B', 'A "B"');
    const rest = Buffer.from(familyFileOf([{ ...bilal, fund: 'CRF' }]))
      .toString()
      .split('\n')[1];
    expect(refusalOf(`${bytes}${rest}\n`).items).toEqual([
      {
        line: 2,
        column: 'member_name',
        reason: expect.stringMatching(/middle of a value/),
        whatToDo: expect.any(String),
      },
    ]);
  });

  it('says where a quotation mark opens that is never closed', () => {
    const bytes = Buffer.from(familyFileOf([amina, bilal]))
      .toString()
      .replace('Bilal', '"Bilal');
    const refusal = refusalOf(bytes);
    expect(refusal.items).toEqual([
      { line: 3, column: 'member_name', reason: expect.stringMatching(/never closed/), whatToDo: expect.any(String) },
    ]);
    expect(refusal.message).toMatch(/What comes after line 3 could not be checked/);
  });

  it('says where a quoted value opens that goes on after its closing mark', () => {
    const bytes = Buffer.from(familyFileOf([amina, bilal]))
      .toString()
      .replace('Bilal', '"Bi"lal');
    expect(refusalOf(bytes).items.map((item) => [item.line, item.column])).toEqual([[3, 'member_name']]);
  });

  it('stops at a row that is too long to be a row', () => {
    const bytes = `${header}\nF1,"${'Example\n'.repeat(20_000)}`;
    expect(refusalOf(bytes).items).toEqual([
      {
        line: 2,
        column: 'member_name',
        reason: expect.stringMatching(/longer than 100,000/),
        whatToDo: expect.any(String),
      },
    ]);
  });
});

describe('the description of a family file', () => {
  it('has the rules and one line for each column', () => {
    const lines = describeFamilyFile();
    for (const { name } of familyFileColumns)
      expect(lines.filter((line) => line.startsWith(`${name} (`))).toHaveLength(1);
    expect(lines).toContain(
      'pay_day (first row of the family, required): The day of the week the family is paid. Write monday, tuesday, wednesday, thursday or friday.',
    );
    expect(lines.find((line) => line.startsWith('contact ('))).toMatch(/Blank means no\.$/);
  });
});
