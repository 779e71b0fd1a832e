import fc from 'fast-check';
import { addDays } from '../../src/kernel/index.ts';
import { entitlement, rateTable } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import type { EntitlementFacts, KeptFacts, Rate } from '../../src/subsistence/domain/entitlement/facts.ts';
import { fallsBetween } from '../../src/subsistence/domain/falls.ts';
import { poundsOfPence } from '../../src/subsistence/domain/entitlement/payment-of.ts';
import { weekOf } from '../../src/subsistence/domain/week-of.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';
import { anyHousehold, anyRates, dayAround, middle } from './any-household.ts';

const HOUSEHOLDS = 2_000;

let house: TestHouse;
beforeAll(async () => (house = await testHouse()));
afterAll(() => house.close());

const scene = fc.record({
  facts: anyHousehold,
  rates: anyRates(0),
  day: dayAround(50),
  told: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }),
});

/** The same household with everything that falls by itself held, until some days later or until further notice. */
function held(facts: EntitlementFacts, rates: readonly Rate[], told: number | null): EntitlementFacts {
  const period = { from: addDays(middle, -10), to: facts.supportTo ?? addDays(middle, 60) };
  if (period.from >= period.to) return facts;
  const { lines } = entitlement(facts, period, rateTable(rates));
  const kept = fallsBetween([], lines, period, []).map((fall, index): KeptFacts => ({
    ...{ fallId: String(index), from: fall.on, to: told === null ? null : addDays(fall.on, told), lines: fall.lines },
  }));
  return { ...facts, kept };
}

/** What the database is given: the same facts, as `subsistence.facts_of` writes them. */
function written(facts: EntitlementFacts, rates: readonly Rate[]): unknown {
  const amount = ({ weeklyPence, ...rest }: { weeklyPence: bigint }) => ({
    ...rest,
    weekly: poundsOfPence(weeklyPence),
  });
  return {
    ...facts,
    // An override that ended was ended by a decision to go back to the rates.
    overrides: (facts.overrides ?? []).flatMap((each) => [
      amount(each),
      ...(each.to ? [{ from: each.to, weekly: null }] : []),
    ]),
    topUps: facts.topUps.map(amount),
    kept: (facts.kept ?? []).map((each) => ({ ...each, lines: each.lines.map(amount) })),
    rates: rates.map((rate) => ({ ...amount(rate), from: rate.effectiveFrom })),
  };
}

describe('What a week comes to', () => {
  it(`is the same to the penny in the program and in the database, for ${HOUSEHOLDS} households`, async () => {
    const found = fc
      .sample(scene, { numRuns: HOUSEHOLDS })
      .map(({ facts, rates, day, told }) => ({ facts: held(facts, rates, told), rates, day }));
    const { rows } = await house.superuser.query<{ week: string; nr: string }>(
      `select e.nr, subsistence.week_from(e.j -> 'facts', (e.j ->> 'day')::date)::numeric(14,2)::text as week
         from jsonb_array_elements($1::jsonb) with ordinality e(j, nr) order by e.nr`,
      [JSON.stringify(found.map(({ facts, rates, day }) => ({ facts: written(facts, rates), day })))],
    );
    const differ = found.filter(
      ({ facts, rates, day }, index) => rows[index]?.week !== weekOf(facts, day, rateTable(rates)).amount.toString(),
    );
    expect(differ.slice(0, 1)).toEqual([]);
    expect(new Set(rows.map((row) => row.week)).size).toBeGreaterThan(HOUSEHOLDS / 4);
  });
});
