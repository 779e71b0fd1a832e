import fc from 'fast-check';
import { addDays, DomainError, lengthInDays, type Period } from '../../src/kernel/index.ts';
import { entitlement, rateTable, worth } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import type { Entitlement, EntitlementFacts, Rate } from '../../src/subsistence/domain/entitlement/facts.ts';
import { anyHousehold, anyRates, dayAround } from './any-household.ts';
import { spanByRules, sumOf } from './day-by-day.ts';

const anyPeriod = fc
  .record({ from: dayAround(70), days: fc.integer({ min: 1, max: 70 }) })
  .map(({ from, days }): Period => ({ from, to: addDays(from, days) }));
const runs = { numRuns: 400 };

/** Works out a period, or says that a rate is missing. */
function workedOut(facts: EntitlementFacts, period: Period, rates: readonly Rate[]): Entitlement | 'no-rate' {
  try {
    return entitlement(facts, period, rateTable(rates));
  } catch (error) {
    if (error instanceof DomainError && error.code === 'no_rate_in_force') return 'no-rate';
    throw error;
  }
}

function exact(facts: EntitlementFacts, period: Period, rates: readonly Rate[]): bigint {
  const found = workedOut(facts, period, rates);
  if (found === 'no-rate') throw new Error('these rates cover every day');
  return found.sevenths;
}

describe('the entitlement of any household for any period', () => {
  it('is the sum of its days as the rules have them, and cannot be priced only when one of them cannot', () => {
    fc.assert(
      fc.property(anyHousehold, anyPeriod, anyRates(1), (facts, period, rates) => {
        const found = workedOut(facts, period, rates);
        const days = spanByRules(facts, rates, period);
        expect(found === 'no-rate' ? undefined : found.sevenths).toBe(days && sumOf(days));
      }),
      runs,
    );
  });

  it('is that sum for each component of each person', () => {
    fc.assert(
      fc.property(anyHousehold, anyPeriod, anyRates(0), (facts, period, rates) => {
        const sums = new Map<string, bigint>();
        for (const line of entitlement(facts, period, rateTable(rates)).lines) {
          const key = `${line.component}|${line.memberId ?? ''}`;
          sums.set(key, (sums.get(key) ?? 0n) + worth(line));
        }
        const days = spanByRules(facts, rates, period) ?? new Map<string, bigint>();
        expect(sums).toEqual(days);
      }),
      runs,
    );
  });

  it('is the same in all, wherever the period is cut', () => {
    fc.assert(
      fc.property(anyHousehold, anyPeriod, anyRates(0), fc.nat(), (facts, period, rates, cut) => {
        const at = addDays(period.from, cut % (lengthInDays(period) + 1));
        const parts = [
          ...[
            { from: period.from, to: at },
            { from: at, to: period.to },
          ],
        ].filter((part) => part.from < part.to);
        const sum = parts.reduce((total, part) => total + exact(facts, part, rates), 0n);
        expect(sum).toBe(exact(facts, period, rates));
      }),
      runs,
    );
  });

  it('does not hang on the order people, top-ups and rates are written in', () => {
    fc.assert(
      fc.property(anyHousehold, anyPeriod, anyRates(0), (facts, period, rates) => {
        // Of twins that are expected the first row tells of the pregnancy, so its days are the ones that count.
        const expected = facts.members.filter((each) => !each.born && each.due).map((each) => each.due);
        fc.pre(new Set(expected).size === expected.length);
        const turned = { ...facts, members: facts.members.toReversed(), topUps: facts.topUps.toReversed() };
        expect(exact(turned, period, rates.toReversed())).toBe(exact(facts, period, rates));
      }),
      runs,
    );
  });

  it('says its days in lines inside the period and the support, none of them twice', () => {
    fc.assert(
      fc.property(anyHousehold, anyPeriod, anyRates(0), (facts, period, rates) => {
        const { lines, sevenths } = entitlement(facts, period, rateTable(rates));
        const seen = new Set<string>();
        for (const line of lines) {
          expect(line.days).toBe(lengthInDays(line));
          expect(line.days).toBeGreaterThan(0);
          expect(line.from >= period.from && line.to <= period.to && line.from >= facts.supportFrom).toBe(true);
          expect(!facts.supportTo || line.to <= facts.supportTo).toBe(true);
          for (let day = line.from; day < line.to; day = addDays(day, 1)) {
            const key = `${line.component} ${line.memberId} ${line.component === 'top-up' ? line.basis : ''} ${day}`;
            expect(seen.has(key)).toBe(false);
            seen.add(key);
          }
        }
        expect(lines.reduce((sum, line) => sum + worth(line), 0n)).toBe(sevenths);
      }),
      { numRuns: 150 },
    );
  });
});
