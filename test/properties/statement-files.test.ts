import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { writeCamt053 } from '../../src/demo/statement-file.ts';
import { addDays, DomainError, Money, plainDate } from '../../src/kernel/index.ts';
import { type CsvProfile, readStatementFile } from '../../src/payments/index.ts';

const vector = (name: string): Buffer => readFileSync(new URL(`../../../test/vectors/${name}`, import.meta.url));
const SAMPLES = ['statement-camt053.xml', 'statement.mt940', 'statement.csv'].map(vector);
const START = plainDate('2026-11-01');

/** Reads bytes. @returns what came: statements that prove themselves, or a refusal by name; anything else is thrown */
function whatComesOf(bytes: Uint8Array, own: readonly CsvProfile[] = []): 'proved' | 'unproved' | 'refused' {
  try {
    const proved = readStatementFile(bytes, own).every(({ opening, closing, lines }) => {
      const moved = lines.map(({ amount, direction }) => (direction === 'credit' ? amount : amount.negated()));
      return opening.plus(Money.sum(moved)).equals(closing);
    });
    return proved ? 'proved' : 'unproved';
  } catch (error) {
    if (error instanceof DomainError && error.code === 'statement_refused') return 'refused';
    throw error;
  }
}
const isProvedOrRefused = (bytes: Uint8Array): boolean => whatComesOf(bytes) !== 'unproved';

const pence = fc.bigInt({ min: 1n, max: 99_999_999_999n });
const line = fc.record({
  date: fc.integer({ min: 0, max: 29 }).map((days) => addDays(START, days)),
  direction: fc.constantFrom('debit' as const, 'credit' as const),
  amount: pence.map((each) => Money.fromPence(each).toString()),
  reference: fc
    .stringMatching(/^[A-Z0-9 &<>'"/-]{1,35}$/)
    .filter((text) => text.trim() !== '' && text !== 'NOTPROVIDED'),
});

describe('any bytes sent as a bank statement', () => {
  it('are proved or refused in a layout of the council’s own, too', () => {
    const own: CsvProfile = {
      ...{
        name: 'Ours',
        delimiter: '|',
        header: ['a', 'b', 'c', 'd'],
        reference: 'b',
        details: [],
        balance: 'd',
        mark: ',',
      },
      ...{
        day: { column: 'a', written: 'yearmonthday' },
        account: { fixed: '00009912345678' },
        amount: { signed: 'c' },
      },
    };
    const cell = fc.oneof(
      fc.stringMatching(/^-?\d{1,4},\d{2}$/),
      fc.constantFrom('20261127', '', '"', '1e3'),
      fc.string(),
    );
    const good = 'a|b|c|d\n20261127|RENT|-1,50|8,50';
    expect(whatComesOf(Buffer.from(good), [own])).toBe('proved');
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 5 }), { maxLength: 5 });
    fc.assert(
      fc.property(rows, (cells) => {
        const text = ['a|b|c|d', ...cells.map((row) => row.join('|'))].join('\n');
        return whatComesOf(Buffer.from(text), [own]) !== 'unproved';
      }),
    );
  });

  it('are proved or refused, and nothing else', () => {
    expect(SAMPLES.map((sample) => whatComesOf(sample))).toEqual(['proved', 'proved', 'proved']);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), isProvedOrRefused), { numRuns: 500 });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => isProvedOrRefused(Buffer.from(text))),
    );
  });

  it('are so too where a real statement was damaged: bytes changed, cut out, put in twice', () => {
    const damage = fc.record({
      sample: fc.constantFrom(...SAMPLES),
      at: fc.nat(),
      length: fc.integer({ min: 0, max: 60 }),
      instead: fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc.constantFrom('&lt;', '<!DOCTYPE a>', '9', ',', '.', '\n', ':61:', ';').map((text) => Buffer.from(text)),
      ),
      isDoubled: fc.boolean(),
    });
    const cuts = SAMPLES.map((sample) => whatComesOf(sample.subarray(0, -30)));
    expect(cuts).toEqual(['refused', 'refused', 'refused']);
    fc.assert(
      fc.property(damage, ({ sample, at, length, instead, isDoubled }) => {
        const place = at % sample.length;
        const [head, cut, tail] = [
          sample.subarray(0, place),
          sample.subarray(place, place + length),
          sample.subarray(place + length),
        ];
        return isProvedOrRefused(Buffer.concat(isDoubled ? [head, cut, instead, cut, tail] : [head, instead, tail]));
      }),
      { numRuns: 1500 },
    );
  });
});

describe('any statement a bank writes as camt.053', () => {
  it('is read as it was written, to the penny', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), pence, fc.boolean(), (lines, opens, isOverdrawn) => {
        const opening = Money.fromPence(isOverdrawn ? -opens : opens).toString();
        const facts = { reference: 'S', sequence: 1, account: '20000012345678', from: START, to: addDays(START, 30) };
        const [read] = readStatementFile(Buffer.from(writeCamt053({ ...facts, opening, lines })));
        expect(read?.opening.toString()).toBe(opening);
        const seen = read?.lines.map(({ date, direction, amount, reference }) => [
          date,
          direction,
          amount.toString(),
          reference,
        ]);
        const tidied = lines.map((each) => [
          each.date,
          each.direction,
          each.amount,
          each.reference.replaceAll(/\s+/g, ' ').trim(),
        ]);
        expect(seen).toEqual(tidied);
      }),
    );
  });
});
