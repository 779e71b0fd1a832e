import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { addDays, plainDate } from '../../src/kernel/index.ts';
import { bacsText } from '../../src/payments/rails/bacs/bacs-text.ts';
import { type Standard18Submission, writeStandard18 } from '../../src/payments/rails/bacs/standard18.ts';

const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));
const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });
const readable = anyText.map((text) => `x${text}`);
const anyDay = fc.integer({ min: 0, max: 1_000 }).map((days) => addDays(plainDate('2026-01-01'), days));

const credit = fc.record({
  sortCode: digits(6),
  account: digits(8),
  amountPence: fc.bigInt({ min: 1n, max: 2_000_000_000n }),
  reference: anyText,
  name: readable,
});
const submission: fc.Arbitrary<Standard18Submission> = fc.record({
  serial: digits(6).filter((serial) => serial !== '000000'),
  serviceUserNumber: digits(6),
  originator: fc.record({ sortCode: digits(6), account: digits(8), name: readable }),
  createdOn: anyDay,
  expiresOn: anyDay,
  processingDay: anyDay,
  fileNumber: fc.integer({ min: 1, max: 999 }),
  items: fc.array(credit, { minLength: 1, maxLength: 40 }),
});

const linesOf = (bytes: Buffer) => bytes.toString('latin1').split('\r\n');

describe('any Bacs file', () => {
  it('has labels of 80 characters and records of 100, in letters the banks read, each line ended', () => {
    fc.assert(
      fc.property(submission, (file) => {
        const lines = linesOf(writeStandard18(file).bytes);
        expect(lines.pop()).toBe('');
        const labels = [...lines.slice(0, 4), ...lines.slice(-3)];
        expect(labels.every((line) => /^[A-Z0-9.&/ -]{80}$/.test(line))).toBe(true);
        expect(labels.map((line) => line.slice(0, 4)).join(' ')).toBe('VOL1 HDR1 HDR2 UHL1 EOF1 EOF2 UTL1');
        expect(lines.slice(4, -3).every((line) => /^[0-9]{31} {4}[0-9]{11}[A-Z0-9.&/ -]{54}$/.test(line))).toBe(true);
      }),
    );
  });

  it('debits the council once, for exactly what it pays', () => {
    fc.assert(
      fc.property(submission, (file) => {
        const written = writeStandard18(file);
        const records = linesOf(written.bytes).slice(4, -4);
        const contra = records.pop() ?? '';
        const sum = records.reduce((pence, line) => pence + BigInt(line.slice(35, 46)), 0n);
        expect(records.every((line) => line.slice(14, 17) === '099')).toBe(true);
        expect(contra.slice(0, 17)).toBe(`${file.originator.sortCode}${file.originator.account}017`);
        expect(BigInt(contra.slice(35, 46))).toBe(sum);
        expect(written.creditPence).toBe(sum);
      }),
    );
  });

  it('counts what it holds', () => {
    fc.assert(
      fc.property(submission, (file) => {
        const written = writeStandard18(file);
        const lines = linesOf(written.bytes).slice(0, -1);
        const count = [...file.items].length;
        const pence = written.creditPence.toString().padStart(13, '0');
        expect(written).toMatchObject({ lines: count + 8, creditCount: count });
        expect(lines).toHaveLength(count + 8);
        expect(lines.at(-1)).toBe(`UTL1${pence}${pence}0000001${String(count).padStart(7, '0')}${' '.repeat(36)}`);
      }),
    );
  });

  it('is the same bytes every time it is written', () => {
    fc.assert(
      fc.property(submission, (file) => {
        const written = writeStandard18(file);
        expect(writeStandard18(file)).toEqual(written);
        expect(createHash('sha256').update(written.bytes).digest('hex')).toBe(written.sha256);
      }),
    );
  });

  it('keeps every payment in order, to the account and the penny', () => {
    fc.assert(
      fc.property(submission, (file) => {
        const records = linesOf(writeStandard18(file).bytes).slice(4, -5);
        const sent = records.map((line) => [line.slice(0, 6), line.slice(6, 14), BigInt(line.slice(35, 46))]);
        expect(sent).toEqual([...file.items].map((item) => [item.sortCode, item.account, item.amountPence]));
      }),
    );
  });
});

describe('any text for the banks', () => {
  it('fills its width with letters the banks read, and does not change when written again', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, width) => {
        const once = bacsText(text, width).text;
        expect(once).toMatch(new RegExp(`^[A-Z0-9.&/ -]{${width}}$`));
        expect(bacsText(once, width)).toEqual({ text: once, truncated: false });
      }),
    );
  });
});
