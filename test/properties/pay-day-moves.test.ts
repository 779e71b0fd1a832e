import fc from 'fast-check';
import { addDays, daysBetween, type PlainDate } from '../../src/kernel/index.ts';
import { rateTable } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import type { EntitlementFacts } from '../../src/subsistence/domain/entitlement/facts.ts';
import { nextPayDate, payDatesFrom, type Rhythm, type RhythmMove } from '../../src/subsistence/domain/pay-rhythm.ts';
import { firstMoved } from '../../src/subsistence/domain/plan-move.ts';
import type { PricedLine } from '../../src/subsistence/domain/price-plan.ts';
import { every, priceFor, totalOf } from '../unit/paying.ts';
import { anyHousehold, anyRates, middle } from './any-household.ts';
import { spanByRules, sumOf } from './day-by-day.ts';

/** A move somebody decides on after some payments; urgent ones wait for nothing. */
const anyMove = fc.record({
  payDay: fc.integer({ min: 1, max: 5 }),
  frequencyDays: fc.constantFrom(null, null, 7 as const, 14 as const, 28 as const),
  after: fc.integer({ min: 1, max: 4 }),
  noticeDays: fc.oneof(fc.constant(0), fc.integer({ min: 7, max: 40 })),
});
const life = fc.record({
  facts: anyHousehold,
  rates: anyRates(0),
  frequencyDays: fc.constantFrom(7, 14, 28),
  moves: fc.array(anyMove, { minLength: 1, maxLength: 6 }),
});
type Life = typeof life extends fc.Arbitrary<infer Lived> ? Lived : never;

interface Paid {
  readonly on: PlainDate;
  readonly line: PricedLine;
}

/** Pays a family through its moves: every payment, and every move that took effect. */
function live(given: Life) {
  const facts: EntitlementFacts = {
    ...given.facts,
    ...{ supportFrom: middle, supportTo: null },
    // Something is due on every day, so that a payment without an amount is a fault.
    topUps: [{ id: '0', memberId: null, weeklyPence: 1_000n, from: null, to: null, reason: 'Heating' }],
  };
  let rhythm: Rhythm = every(given.frequencyDays);
  let next = middle;
  const paid: Paid[] = [];
  const pay = (times: number): void => {
    for (let time = 0; time < times; time += 1) {
      const posted = paid.map((each) => each.line);
      const line = priceFor({ facts, rhythm, paidUpTo: middle }, posted, next, rateTable(given.rates));
      if (line && !line.holdCode) paid.push({ on: next, line });
      next = nextPayDate(rhythm, next);
    }
  };
  const moves: RhythmMove[] = [];
  for (const { after, payDay, frequencyDays, noticeDays } of given.moves) {
    pay(after);
    const last = paid.at(-1)?.on as PlainDate;
    const from = addDays(last, noticeDays + 1);
    const move = firstMoved(rhythm, payDatesFrom(rhythm, next, 16), { payDay, frequencyDays, from }, from);
    if (!move) continue;
    moves.push(move);
    rhythm = { ...rhythm, moves: [...rhythm.moves, move] };
    next = nextPayDate(rhythm, last);
  }
  pay(6);
  return { facts, rates: given.rates, paid, moves };
}

const everyLife = (check: (lived: ReturnType<typeof live>) => void): void =>
  fc.assert(
    fc.property(life, (given) => check(live(given))),
    { numRuns: 300 },
  );

describe('a family whose pay day moves again and again', () => {
  it('is paid its exact entitlement over any span, to within half a penny', () => {
    everyLife(({ facts, rates, paid }) => {
      const lines = paid.map((each) => each.line);
      for (const [index, line] of lines.entries()) {
        const owed = sumOf(spanByRules(facts, rates, { from: middle, to: line.period.to }) ?? new Map());
        const sum = totalOf(lines.slice(0, index + 1)).toPence() * 7n;
        expect(sum + BigInt(line.carrySevenths)).toBe(owed);
        expect(Math.abs(line.carrySevenths)).toBeLessThanOrEqual(3);
      }
    });
  });

  it('is paid every day once: none twice, none missed', () => {
    everyLife(({ paid }) => {
      let from = middle;
      for (const { line } of paid) {
        expect(line.period.from).toBe(from);
        from = line.period.to;
      }
    });
  });

  it('never waits longer for the next payment than the days it has money for', () => {
    everyLife(({ paid }) => {
      for (const [index, { line }] of paid.entries()) {
        const after = paid[index + 1];
        expect(after === undefined || after.on <= line.period.to).toBe(true);
      }
    });
  });

  it('gets a bridging payment for exactly the extra days where a day moves later', () => {
    everyLife(({ paid, moves }) => {
      for (const [index, { oldDate, newDate }] of moves.entries()) {
        const isOvertaken = moves.slice(index + 1).some((after) => after.oldDate <= newDate);
        const bridging = paid.find((each) => each.on === oldDate);
        if (newDate <= oldDate || isOvertaken || !bridging) continue;
        expect(bridging.line.period.to).toBe(newDate);
        expect(daysBetween(bridging.line.period.from, newDate)).toBeGreaterThan(0);
      }
    });
  });
});
