import { Money } from '../../src/kernel/index.ts';
import { rateTable } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import type { Rate } from '../../src/subsistence/domain/entitlement/facts.ts';
import type { Explanation } from '../../src/subsistence/domain/explanation.ts';
import {
  addsUp,
  type PaidSoFar,
  type PlanToPrice,
  type PricedLine,
  pricePlan,
} from '../../src/subsistence/domain/price-plan.ts';
import { child, day, daysFrom, family, guide, lead, thursday, topUp, week } from './household.ts';
import { every, linePaid, payTimes, plan, stored } from './paying.ts';

const members = [lead({ due: day('2027-02-01') }), child('baby', '2025-12-06')];
const facts = family(members, { topUps: [topUp(700n, { from: day('2026-12-01') })] });
const base = plan({ facts, paidUpTo: day('2026-11-01') });
const paid: PaidSoFar = { coversTo: thursday, owedSevenths: 5n, carrySevenths: 2, standing: 'before' };

const printOf = (toPrice: PlanToPrice, before = paid, period = week, rates = guide): string =>
  (pricePlan(toPrice, before, thursday, period, rates, []) as PricedLine).inputFingerprint;
const withFacts = (change: object): string => printOf({ ...base, facts: { ...facts, ...change } });
const withRate = (change: Partial<Rate>): string => {
  const [first, ...others] = [...guide.values()].flat() as [Rate, ...Rate[]];
  return printOf(base, paid, week, rateTable([{ ...first, ...change }, ...others]));
};

describe('the fingerprint of what a price rests on', () => {
  const changed: Record<string, () => string> = {
    'the days': () => printOf(base, paid, daysFrom(thursday, 6)),
    'the frequency': () => printOf({ ...base, rhythm: every(14) }),
    'the first day of the books': () => printOf({ ...base, paidUpTo: day('2026-11-02') }),
    'the start of support': () => withFacts({ supportFrom: day('2026-01-02') }),
    'the end of support': () => withFacts({ supportTo: day('2027-01-01') }),
    'the standard': () => withFacts({ standard: 'welfare' }),
    'an override': () => withFacts({ overrides: [{ weeklyPence: 1n, reason: 'Panel' }] }),
    'a birthday': () => withFacts({ members: [members[0], child('baby', '2025-12-07')] }),
    'a due date': () => withFacts({ members: [lead({ due: day('2027-02-02') }), members[1]] }),
    'a leaving': () => withFacts({ members: [members[0], { ...members[1], left: day('2027-05-05') }] }),
    'one person fewer': () => withFacts({ members: [members[0]] }),
    'the amount of a top-up': () => withFacts({ topUps: [topUp(701n, { from: day('2026-12-01') })] }),
    'the reason of a top-up': () => withFacts({ topUps: [topUp(700n, { reason: 'Else', from: day('2026-12-01') })] }),
    'the days of a top-up': () => withFacts({ topUps: [topUp(700n)] }),
    'the amount of a rate': () => withRate({ weeklyPence: 4919n }),
    'the name of a rate': () => withRate({ version: 'guide again' }),
    'the first day of a rate': () => withRate({ effectiveFrom: day('2024-01-16') }),
    'how far it was paid': () => printOf(base, { ...paid, coversTo: day('2026-12-02') }),
    'what each thing was worth before': () => printOf(base, { ...paid, standing: 'another' }),
    'what was owed before': () => printOf(base, { ...paid, owedSevenths: 6n }),
    'what rounding left': () => printOf(base, { ...paid, carrySevenths: 3 }),
  };
  const print = printOf(base);
  for (const [what, other] of Object.entries(changed))
    it(`changes with ${what}`, () => {
      expect(other()).toMatch(/^[0-9a-f]{64}$/);
      expect(other()).not.toBe(print);
    });

  it('is another one for each of these changes', () => {
    expect(new Set(Object.values(changed).map((other) => other())).size).toBe(Object.keys(changed).length);
  });

  it('is the same for the same inputs, however they came', () => {
    expect(printOf(structuredClone(base))).toBe(print);
    expect(printOf(base, { ...paid, ...{ lineId: '7', isPosted: true } })).toBe(print);
    expect(printOf(base, paid, week, rateTable([...guide.values()].flat().toReversed()))).toBe(print);
  });
});

describe('a stored explanation', () => {
  const { topUps } = facts;
  const now = family([members[0]!, { ...members[1]!, left: day('2026-12-09') }, child('ten', '2016-01-01')], {
    topUps,
  });
  const posted = payTimes(plan({ facts, paidUpTo: day('2026-11-30') }), 3);
  const changedLine = linePaid(plan({ facts: now, paidUpTo: day('2026-11-30') }), posted, day('2026-12-24'));
  const line = linePaid(
    plan({ facts: { ...now, topUps: [] }, paidUpTo: day('2026-11-30') }),
    posted,
    day('2026-12-24'),
  );
  const told = stored(line);

  it('adds up to what was paid, after a trip through JSON', () => {
    for (const each of [...posted, changedLine, line]) expect(addsUp(stored(each), each.amount)).toBe(true);
    expect(told.backDated.length).toBeGreaterThan(2);
    expect(told.backDated.some((change) => change.sevenths.startsWith('-'))).toBe(true);
  });

  it('adds up for payments that were held', () => {
    const gone = linePaid(plan({ facts: family([lead({ left: thursday })]) }), [], thursday);
    const noRate = linePaid(plan(), [], thursday, rateTable([]));
    for (const each of [gone, noRate]) expect(addsUp(stored(each), each.amount)).toBe(true);
  });

  const [first, ...others] = told.lines as [Explanation['lines'][number], ...Explanation['lines']];
  const change = (index: number, to: object): Explanation['backDated'] =>
    told.backDated.map((each, at) => (at === index ? { ...each, ...to } : each));
  const minus = told.backDated.findIndex((each) => each.sevenths.startsWith('-'));
  const tampered: Record<string, Partial<Explanation>> = {
    'the days of a line': { lines: [{ ...first, days: first.days + 1 }, ...others] },
    'the first day of a line': { lines: [{ ...first, from: day('2026-12-23') }, ...others] },
    'the last day of a line': { lines: [{ ...first, to: day('2026-12-30') }, ...others] },
    'the weekly amount of a line': { lines: [{ ...first, weekly: '49.19' }, ...others] },
    'the amount of a line': { lines: [{ ...first, amount: '49.19' }, ...others] },
    'a line that was taken out': { lines: others },
    'a line that was put in twice': { lines: [first, first, ...others] },
    'what was carried in': { carriedIn: told.carriedIn + 1 },
    'what was carried out': { carriedOut: told.carriedOut - 1 },
    'a back-dated difference': { backDated: change(0, { sevenths: '7' }) },
    'the amount of an overpayment': { backDated: change(minus, { amount: '-0.01' }) },
    'a difference that was taken out': { backDated: told.backDated.filter((each) => each.sevenths.startsWith('-')) },
  };
  for (const [what, part] of Object.entries(tampered))
    it(`no longer adds up when somebody tampers with ${what}`, () => {
      expect(addsUp({ ...told, ...part }, line.amount)).toBe(false);
    });

  it('does not add up to a penny more or less', () => {
    for (const penny of ['0.01', '-0.01']) expect(addsUp(told, line.amount.plus(Money.gbp(penny)))).toBe(false);
  });
});
