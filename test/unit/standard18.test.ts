import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DomainError, type PlainDate, addDays, plainDate } from '../../src/kernel/index.ts';
import { bacsText } from '../../src/payments/rails/bacs/bacs-text.ts';
import { always, blank, recordWriter } from '../../src/payments/rails/bacs/record-layout.ts';
import { totalProblems } from '../../src/payments/rails/bacs/standard18-refusals.ts';
import {
  type Standard18Credit,
  type Standard18Submission,
  writeStandard18,
} from '../../src/payments/rails/bacs/standard18.ts';

const golden = readFileSync(new URL('../../../test/vectors/bacs-golden-single-day.txt', import.meta.url));
const dayOf2026 = (dayOfYear: number) => addDays(plainDate('2026-01-01'), dayOfYear - 1);

const ada: Standard18Credit = {
  sortCode: '204512',
  account: '12345678',
  amountPence: 250_000n,
  reference: 'PAY EMP-0001',
  name: 'ADA WIDGET',
};
const bo: Standard18Credit = {
  sortCode: '601613',
  account: '87654321',
  amountPence: 182_150n,
  reference: 'PAY EMP-0002',
  name: 'BO SAVER',
};
const submission: Standard18Submission = {
  serial: '000007',
  serviceUserNumber: '123456',
  originator: { sortCode: '601613', account: '12345678', name: 'ACME LTD' },
  createdOn: dayOf2026(226),
  expiresOn: dayOf2026(240),
  processingDay: dayOf2026(233),
  fileNumber: 7,
  items: [ada, bo],
};

function refusalOf(change: Partial<Standard18Submission>): DomainError {
  try {
    writeStandard18({ ...submission, ...change });
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

const refusedFields = (change: Partial<Standard18Submission>) => refusalOf(change).items.map((item) => item.field);

function lineOf(change: Partial<Standard18Submission>, index: number): string {
  const lines = writeStandard18({ ...submission, ...change })
    .bytes.toString('latin1')
    .split('\r\n');
  return lines[index] ?? '';
}

describe('a Bacs file for one processing day', () => {
  it('is the public example byte for byte', () => {
    const file = writeStandard18(submission);
    expect(file.bytes.toString('latin1')).toBe(golden.toString('latin1'));
    expect(file.bytes.equals(golden)).toBe(true);
  });

  it('comes with its control totals and hash', () => {
    expect(writeStandard18(submission)).toMatchObject({
      lines: 10,
      creditCount: 2,
      creditPence: 432_150n,
      sha256: createHash('sha256').update(golden).digest('hex'),
      warnings: [],
    });
  });

  it('keeps every byte in order when it is longer than a chunk', () => {
    const items = Array.from({ length: 5_001 }, (_, index) => ({ ...ada, amountPence: BigInt(index + 1) }));
    const { bytes, lines, sha256 } = writeStandard18({ ...submission, items });
    const credits = bytes.toString('latin1').split('\r\n').slice(4, 5_005);
    expect(credits.map((line) => Number(line.slice(35, 46)))).toEqual(items.map((item) => Number(item.amountPence)));
    expect(lines).toBe(5_009);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  it('reads its items once', () => {
    function* once() {
      yield ada;
      yield bo;
    }
    expect(writeStandard18({ ...submission, items: once() }).bytes.equals(golden)).toBe(true);
  });

  it('carries the audit print id and numbers itself 001 unless told', () => {
    expect(lineOf({ fileNumber: undefined, auditPrintId: 'MS42' }, 3)).toBe(
      `UHL1 26233999999    000000001 DAILY  001       MS42   ${' '.repeat(26)}`,
    );
  });

  it('warns of a name or a reference it cut, by place and without repeating it', () => {
    const long = { ...bo, name: 'BARTHOLOMEW SAVINGTON', reference: 'ROLL NUMBER 1234567' };
    const file = writeStandard18({ ...submission, items: [ada, long] });
    expect(file.warnings).toEqual([
      { index: 1, field: 'name' },
      { index: 1, field: 'reference' },
    ]);
    expect(lineOf({ items: [ada, long] }, 5).slice(64)).toBe('ROLL NUMBER 123456BARTHOLOMEW SAVING');
  });

  it("warns when the council's own name is cut", () => {
    const originator = { ...submission.originator, name: 'LONDON BOROUGH OF HACKNEY' };
    expect(writeStandard18({ ...submission, originator }).warnings).toEqual([{ field: 'originator.name' }]);
  });

  it('takes the largest amount a record can carry', () => {
    expect(lineOf({ items: [{ ...ada, amountPence: 99_999_999_999n }] }, 5).slice(35, 46)).toBe('99999999999');
  });
});

describe('a Bacs file is refused', () => {
  const notDate = undefined as unknown as PlainDate;
  const originator = submission.originator;
  const refused: [why: string, change: Partial<Standard18Submission>, field: string][] = [
    ['with a serial of noughts', { serial: '000000' }, 'serial'],
    ['with a blank serial', { serial: '      ' }, 'serial'],
    ['with a short serial', { serial: '00007' }, 'serial'],
    ['with a long serial', { serial: '0000007' }, 'serial'],
    ['with a serial the banks cannot read', { serial: '00000é' }, 'serial'],
    ['with a short service user number', { serviceUserNumber: '12345' }, 'serviceUserNumber'],
    ['without a processing day', { processingDay: notDate }, 'processingDay'],
    ['without a day of creation', { createdOn: notDate }, 'createdOn'],
    ['with a day of expiry that does not exist', { expiresOn: '2026-02-30' as PlainDate }, 'expiresOn'],
    ['with file number 0', { fileNumber: 0 }, 'fileNumber'],
    ['with file number 1000', { fileNumber: 1_000 }, 'fileNumber'],
    ['with an audit print id that is too long', { auditPrintId: '12345678' }, 'auditPrintId'],
    [
      "when the council's sort code is short",
      { originator: { ...originator, sortCode: '60161' } },
      'originator.sortCode',
    ],
    [
      "when the council's account is short",
      { originator: { ...originator, account: '1234567' } },
      'originator.account',
    ],
    ["when the council's name is blank", { originator: { ...originator, name: ' ' } }, 'originator.name'],
    ['with nobody to pay', { items: [] }, 'items'],
    ['for an amount of nothing', { items: [{ ...ada, amountPence: 0n }] }, 'items.0.amountPence'],
    ['for a negative amount', { items: [bo, { ...ada, amountPence: -1n }] }, 'items.1.amountPence'],
    ['for a sort code with dashes', { items: [{ ...ada, sortCode: '20-45-12' }] }, 'items.0.sortCode'],
    ['for a sort code ending in a new line', { items: [{ ...ada, sortCode: '204512\n' }] }, 'items.0.sortCode'],
    ['for an account of seven digits', { items: [{ ...ada, account: '1234567' }] }, 'items.0.account'],
    ['for an account in other digits', { items: [{ ...ada, account: '١٢٣٤٥٦٧٨' }] }, 'items.0.account'],
    ['for a name with no letter a bank can read', { items: [{ ...ada, name: 'فاطمة' }] }, 'items.0.name'],
  ];
  for (const [why, change, field] of refused) {
    it(why, () => {
      expect(refusalOf(change).code).toBe('bacs_refused');
      expect(refusedFields(change)).toEqual([field]);
    });
  }

  it('for an amount, and so a total, one penny too large', () => {
    expect(refusedFields({ items: [{ ...ada, amountPence: 100_000_000_000n }] })).toEqual([
      'items.0.amountPence',
      'items',
    ]);
  });

  it('for a total one penny too large', () => {
    const items = [
      { ...ada, amountPence: 99_999_999_999n },
      { ...bo, amountPence: 1n },
    ];
    expect(refusedFields({ items })).toEqual(['items']);
  });

  it('for more payments than the trailer can count', () => {
    expect(totalProblems(9_999_999, 1n)).toEqual([]);
    expect(totalProblems(10_000_000, 1n)).toHaveLength(1);
  });

  it('with every wrong place listed at once', () => {
    const items = [{ ...ada, account: '1', amountPence: 0n }, bo, { ...bo, sortCode: '', name: '' }];
    expect(refusedFields({ serial: '', items })).toEqual([
      'serial',
      'items.0.account',
      'items.0.amountPence',
      'items.2.sortCode',
      'items.2.name',
    ]);
  });

  it('without repeating anybody’s account', () => {
    const told = JSON.stringify(refusalOf({ items: [{ ...ada, account: '987654321' }] }).items);
    expect(told).not.toContain('987654321');
  });
});

describe('text for the banks', () => {
  const vectors: [written: string, sent: string][] = [
    ["O'BRIEN", 'O BRIEN'],
    ['Ọlá', 'OLA'],
    ['O’Brien', 'O BRIEN'],
    ['Müller & Söhne', 'MULLER & SOHNE'],
    ['Ngũgĩ', 'NGUGI'],
    ['Straße', 'STRASSE'],
    ['İşık', 'ISIK'],
    ['A/B-C.D & 9', 'A/B-C.D & 9'],
    ['a_b', 'A B'],
    ['Ada 👩🏾 Obi', 'ADA    OBI'],
    ["'Abdi ", 'ABDI'],
    ['one\r\ntwo', 'ONE  TWO'],
    ['', ''],
    ['王', ''],
  ];
  for (const [written, sent] of vectors) {
    it(`writes ${JSON.stringify(written)} as ${JSON.stringify(sent)}`, () => {
      expect(bacsText(written, 18)).toEqual({ text: sent.padEnd(18), truncated: false });
    });
  }

  it('says when it cuts, and does not when the text just fits', () => {
    expect(bacsText('ABCDEFGHIJKLMNOPQR', 18)).toEqual({ text: 'ABCDEFGHIJKLMNOPQR', truncated: false });
    expect(bacsText('ABCDEFGHIJKLMNOPQRS', 18)).toEqual({ text: 'ABCDEFGHIJKLMNOPQR', truncated: true });
  });

  it('does not call trailing spaces a cut', () => {
    expect(bacsText('ABC   ', 3)).toEqual({ text: 'ABC', truncated: false });
  });
});

describe('a table of fields', () => {
  it('does not load with a gap, an overlap or the wrong width', () => {
    expect(() => recordWriter(4, [blank(1, 2), blank(4, 4)])).toThrow('starts at 4, not 3');
    expect(() => recordWriter(4, [blank(1, 2), blank(2, 4)])).toThrow('starts at 2, not 3');
    expect(() => recordWriter(5, [blank(1, 4)])).toThrow('end at 4, not 5');
  });

  it('writes no line when a text does not fill its field', () => {
    expect(() => recordWriter<never>(4, [always(1, 4, 'VOL')])({})).toThrow('were given 3 characters');
  });
});
