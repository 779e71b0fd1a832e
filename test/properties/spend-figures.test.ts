import fc from 'fast-check';
import { Money } from '../../src/kernel/index.ts';
import { costPerHouseholdWeek } from '../../src/reporting/domain/cost-per-week.ts';
import { shareOut } from '../../src/reporting/domain/forecast.ts';
import { FEWEST_PUBLISHED, hiddenParts } from '../../src/reporting/domain/small-numbers.ts';

const pence = fc.bigInt(0n, 10n ** 10n).map((each) => Money.fromPence(each));

describe('Figures of spending, whatever they are', () => {
  it('share a forecast out without losing a penny', () => {
    fc.assert(
      fc.property(pence, fc.array(pence, { minLength: 1, maxLength: 30 }), (total, measured) => {
        const shares = shareOut(total, measured);
        const isNothing = measured.every((each) => each.isZero());
        expect(Money.sum(shares).toString()).toBe(isNothing ? '0.00' : total.toString());
      }),
    );
  });

  it('never put what a household costs a week more than half a penny off', () => {
    fc.assert(
      fc.property(pence, fc.integer({ min: 1, max: 3_000_000 }), (spent, days) => {
        const weekly = costPerHouseholdWeek(spent, days)?.toPence() ?? 0n;
        const off = weekly * BigInt(days) - spent.toPence() * 7n;
        expect((off < 0n ? -off : off) * 2n <= BigInt(days)).toBe(true);
      }),
    );
  });

  it('publish no part of few households, and none that can be worked out from the rest', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 20 });
    fc.assert(
      fc.property(counts, (households) => {
        const parts = households.map((each) => ({ households: each, isEmpty: each === 0 }));
        const hidden = hiddenParts(parts);
        const shown = parts.filter((_, index) => !hidden[index]);
        expect(shown.every(({ households: n, isEmpty }) => isEmpty || n >= FEWEST_PUBLISHED)).toBe(true);
        const left = parts.filter((_, index) => hidden[index]);
        const together = left.reduce((sum, each) => sum + each.households, 0);
        const isEverything = parts.every(({ isEmpty }, index) => isEmpty || hidden[index]);
        expect(left.length === 0 || isEverything || (left.length > 1 && together >= FEWEST_PUBLISHED)).toBe(true);
      }),
    );
  });
});
