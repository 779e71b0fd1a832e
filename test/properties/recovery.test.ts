import fc from 'fast-check';
import { addDays, lengthInDays, Money, type PlainDate } from '../../src/kernel/index.ts';
import { rateTable } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import type { EntitlementFacts } from '../../src/subsistence/domain/entitlement/facts.ts';
import { addsUp, type PricedLine } from '../../src/subsistence/domain/price-plan.ts';
import type { RecoveryFloor, RecoveryTerms } from '../../src/subsistence/domain/recovery.ts';
import { every, priceFor, stored } from '../unit/paying.ts';
import { anyHousehold, anyRates, anyTopUp, middle, withNumbers } from './any-household.ts';

const floor = fc.record({
  percent: fc.integer({ min: 50, max: 100 }),
  weeklyPence: fc.bigInt({ min: 0n, max: 8_000n }),
});
const life = fc.record({
  facts: anyHousehold,
  rates: anyRates(0),
  frequencyDays: fc.constantFrom(7, 14, 28),
  overpaid: fc.bigInt({ min: 1n, max: 20_000n }),
  weeks: fc.array(
    fc.record({
      // What somebody does before this week's run: agrees another recovery, pauses it, sets another floor, changes the plan.
      agrees: fc.option(fc.bigInt({ min: 1n, max: 5_000n }), { nil: null }),
      pauses: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
      floor: fc.option(floor, { nil: null, freq: 2 }),
      topUps: fc.option(fc.array(anyTopUp, { maxLength: 2 }), { nil: null }),
      startsIn: fc.integer({ min: -7, max: 20 }),
    }),
    { minLength: 4, maxLength: 16 },
  ),
});
type Life = typeof life extends fc.Arbitrary<infer Each> ? Each : never;

/** One payment, priced with the recovery and without it, and what was agreed then. */
interface Paid {
  readonly line: PricedLine;
  readonly whole: PricedLine;
  readonly terms: RecoveryTerms | undefined;
}

const poundsOf = (whole: bigint): string => Money.fromPence(whole).toString();
const pence = (amount: string): bigint => Money.gbp(amount).toPence();
const recovered = ({ line }: Paid): bigint => pence(line.recovered?.amount ?? '0.00');

/** Lives through the weeks as people agree, pause, set floors and change the plan. */
function live({ facts: first, rates, frequencyDays, overpaid, weeks }: Life): readonly Paid[] {
  const table = rateTable(rates);
  const paid: Paid[] = [];
  let [facts, left]: [EntitlementFacts, bigint] = [first, overpaid];
  let stays: RecoveryFloor = { percent: 90, weeklyPence: 0n };
  let agreed: Pick<RecoveryTerms, 'weeklyPence' | 'startsOn'> | undefined;
  for (const [week, each] of weeks.entries()) {
    const payDate = addDays(middle, week * 7);
    if (each.topUps) facts = withNumbers(facts, facts.members, each.topUps);
    if (each.floor) stays = each.floor;
    if (each.pauses) agreed = undefined;
    if (each.agrees) agreed = { weeklyPence: each.agrees, startsOn: addDays(payDate, each.startsIn) };
    const terms = agreed && { ...agreed, overpaymentId: '1', leftPence: left, floor: stays };
    const [plan, posted] = [
      { facts, rhythm: every(frequencyDays), paidUpTo: startOf(first) },
      paid.map(({ line }) => line),
    ];
    const whole = priceFor(plan, posted, payDate, table);
    const line = priceFor(terms ? { ...plan, recovery: terms } : plan, posted, payDate, table);
    if (!line || !whole || line.holdCode !== null) continue;
    paid.push({ line, whole, terms });
    left -= recovered({ line, whole, terms });
  }
  return paid;
}

const startOf = ({ supportFrom }: EntitlementFacts): PlainDate => (supportFrom > middle ? supportFrom : middle);

function everyPayment(check: (payment: Paid, life: Life, all: readonly Paid[]) => void): void {
  fc.assert(
    fc.property(life, (given) => {
      const all = live(given);
      for (const payment of all) check(payment, given, all);
    }),
    { numRuns: 200 },
  );
}

describe('an overpayment that is recovered over weeks, with agreements, pauses and changes', () => {
  it('is never paid back by more than it came to: what is paid back and what is left make the whole', () => {
    everyPayment((_payment, { overpaid }, all) => {
      const back = all.reduce((sum, each) => sum + recovered(each), 0n);
      expect(back <= overpaid).toBe(true);
      const last = all.findLast(({ line }) => line.recovered)?.line.recovered;
      expect(pence(last?.left ?? poundsOf(overpaid)) + back).toBe(overpaid);
    });
  });

  it('takes from a payment exactly what it says, and nothing else changes', () => {
    everyPayment(({ line, whole, terms }) => {
      expect(line.amount.toPence() + pence(line.recovered?.amount ?? '0.00')).toBe(whole.amount.toPence());
      expect([line.owedSevenths, line.carrySevenths, line.standing]).toEqual([
        ...[whole.owedSevenths, whole.carrySevenths, whole.standing],
      ]);
      expect(addsUp(stored(line), line.amount)).toBe(true);
      expect(line.recovered === null || terms !== undefined).toBe(true);
    });
  });

  it('never leaves less than the floor, nor takes more than was agreed for the days', () => {
    everyPayment(({ line, terms }) => {
      if (!line.recovered || !terms) return;
      const [taken, amount, days] = [pence(line.recovered.amount), line.amount.toPence(), lengthInDays(line.period)];
      expect(amount * 100n >= (amount + taken) * BigInt(terms.floor.percent)).toBe(true);
      expect(amount * 7n >= terms.floor.weeklyPence * BigInt(days)).toBe(true);
      const from = terms.startsOn > line.period.from ? terms.startsOn : line.period.from;
      expect(from < line.period.to).toBe(true);
      expect(taken * 7n <= terms.weeklyPence * BigInt(lengthInDays({ from, to: line.period.to }))).toBe(true);
    });
  });

  it('leaves arrears to the family: only the days themselves are made smaller', () => {
    everyPayment(({ line, whole, terms }) => {
      if (!line.recovered || !terms) return;
      const own = line.explanation.lines.reduce((sum, each) => sum + pence(each.weekly) * BigInt(each.days), 0n);
      expect(pence(line.recovered.amount) * 100n * 7n <= own * BigInt(100 - terms.floor.percent)).toBe(true);
      expect(whole.recovered).toBeNull();
    });
  });
});
