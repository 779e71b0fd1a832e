import fc from 'fast-check';
import { addDays, Money, plainDate } from '../../src/kernel/index.ts';
import { type BankLine, type Expected, matchLines } from '../../src/payments/index.ts';

const START = plainDate('2026-11-01');
// Few amounts and days, so that much fits more than once.
const pence = fc.constantFrom(500n, 1000n, 1500n, 2000n, 2500n);
const money = pence.map((each) => Money.fromPence(each).toString());
const direction = fc.constantFrom('debit' as const, 'credit' as const);
const key = fc.integer({ min: 0, max: 6 }).map((n) => `K${n}`);

const lines = fc.array(
  fc.record({
    direction,
    amount: money,
    date: fc.nat(12).map((n) => addDays(START, n)),
    words: fc.oneof(key, fc.constant('')),
  }),
  { maxLength: 12 },
);
const expected = fc.array(
  fc.record({
    direction,
    amount: money,
    due: fc.nat(6).map((n) => addDays(START, n)),
    keys: fc.array(key, { maxLength: 1 }),
  }),
  { maxLength: 12 },
);
interface Case {
  readonly lines: BankLine[];
  readonly expected: Expected[];
}
const scene: fc.Arbitrary<Case> = fc.record({ lines, expected }).map((made) => ({
  lines: made.lines.map((each, index) => ({ id: `l${index}`, ...each })),
  expected: made.expected.map((each, index) => ({
    source: 'file',
    id: `e${index}`,
    from: addDays(each.due, -2),
    ...each,
  })),
}));
const asSet = (found: ReturnType<typeof matchLines>): string[] =>
  found.map(({ lineId, documentId, amount, how }) => `${lineId} ${documentId} ${amount} ${how}`).toSorted();
const sum = (amounts: readonly string[]): string => Money.sum(amounts.map((each) => Money.gbp(each))).toString();

describe('matching anything', () => {
  it('gives the same, in whatever order files and statements came', () => {
    const shuffled = scene.chain((made) =>
      fc.record({
        made: fc.constant(made),
        lines: fc.shuffledSubarray(made.lines, { minLength: made.lines.length }),
        expected: fc.shuffledSubarray(made.expected, { minLength: made.expected.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ made, ...other }) => {
        expect(asSet(matchLines(other.lines, other.expected))).toEqual(asSet(matchLines(made.lines, made.expected)));
      }),
      { numRuns: 1000 },
    );
  });

  it('matches each line and each thing whole or not at all, and only the way money went', () => {
    fc.assert(
      fc.property(scene, (made) => {
        const found = matchLines(made.lines, made.expected);
        for (const line of made.lines) {
          const parts = found.filter(({ lineId }) => lineId === line.id);
          expect(['0.00', line.amount]).toContain(sum(parts.map(({ amount }) => amount)));
          const paid = made.expected.filter(({ id }) => parts.some(({ documentId }) => documentId === id));
          expect(paid.every((each) => each.direction === line.direction)).toBe(true);
        }
        for (const each of made.expected) {
          const parts = found.filter(({ documentId }) => documentId === each.id);
          expect(['0.00', each.amount]).toContain(sum(parts.map(({ amount }) => amount)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never guesses: whatever it joins singly, nothing else of that amount fits better', () => {
    fc.assert(
      fc.property(scene, (made) => {
        for (const { lineId, documentId, how } of matchLines(made.lines, made.expected)) {
          if (how !== 'amount-and-day') continue;
          const line = made.lines.find(({ id }) => id === lineId);
          const twin = { ...line, id: 'twin', words: '' } as BankLine;
          const withTwin = matchLines([...made.lines, twin], made.expected);
          expect(withTwin.filter((each) => each.documentId === documentId && each.how === how)).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
