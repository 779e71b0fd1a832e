import { addDays, type PlainDate } from '../../src/kernel/index.ts';
import { rateTable } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import { dueDays } from '../../src/subsistence/domain/price-plan.ts';
import { child, day, family, guide, lead, thursday } from './household.ts';
import { linePaid, payTimes, plan, priceFor, totalOf } from './paying.ts';

const due = (change: Parameters<typeof plan>[0], payDate: PlainDate = thursday, coversTo?: PlainDate) =>
  dueDays(plan(change), coversTo && { coversTo, owedSevenths: 0n, carrySevenths: 0, standing: '' }, payDate);
const until = (supportTo: string) => ({ facts: family([lead()], { supportTo: day(supportTo) }) });

describe('a family on its pay day', () => {
  for (const [frequencyDays, to] of [
    [7, '2026-12-10'],
    [14, '2026-12-17'],
    [28, '2026-12-31'],
  ] as const)
    it(`is paid ${frequencyDays} days in advance, up to the next pay day`, () => {
      expect(due({ frequencyDays })).toEqual({ from: '2026-12-03', to });
    });

  it('is not due while it is paid ahead', () => {
    expect(due({ paidUpTo: day('2026-12-04') })).toBeUndefined();
    expect(due({ frequencyDays: 14 }, day('2026-12-10'), day('2026-12-17'))).toBeUndefined();
    expect(due({ frequencyDays: 14 }, day('2026-12-17'), day('2026-12-17'))).toBeDefined();
  });

  it('is paid arrears in the same payment', () => {
    expect(due({ paidUpTo: day('2026-11-28') })).toEqual({ from: '2026-11-28', to: '2026-12-10' });
  });

  it('goes on from what the last payment covered, over runs that were missed', () => {
    expect(due({}, day('2026-12-24'), day('2026-12-10'))).toEqual({ from: '2026-12-10', to: '2026-12-31' });
  });

  it('is paid to the day before support ends, and then for no more days', () => {
    expect(due(until('2026-12-06'))).toEqual({ from: '2026-12-03', to: '2026-12-06' });
    expect(due(until('2026-12-03'))).toBeUndefined();
    const noDays = { from: '2026-12-06', to: '2026-12-06' };
    expect(due(until('2026-12-06'), day('2026-12-10'), day('2026-12-06'))).toEqual(noDays);
  });

  it('is still owed its last days when support ended before the run', () => {
    expect(due(until('2026-12-06'), day('2026-12-10'))).toEqual({ from: '2026-12-03', to: '2026-12-06' });
  });
});

describe('a payment', () => {
  it('is arrears and the advance together, rounded once', () => {
    // Ten days of £49.18 a week: £70.257142…
    const line = linePaid(plan({ paidUpTo: day('2026-11-30') }), [], thursday);
    expect(line.amount.toString()).toBe('70.26');
    expect(line).toMatchObject({ owedSevenths: 49_180n, carrySevenths: -2, overpaidSevenths: 0n, holdCode: null });
    expect(line.explanation).toMatchObject({ payDate: '2026-12-03', from: '2026-11-30', to: '2026-12-10' });
    expect(line.explanation.lines).toEqual([
      {
        ...{ component: 'person', memberId: 'lead', from: '2026-11-30', to: '2026-12-10', days: 10 },
        ...{ weekly: '49.18', amount: '70.257143', basis: 'guide 2024-01-15' },
      },
    ]);
  });

  it('prices a birthday that is known to come inside the period', () => {
    const facts = family([child('baby', '2025-12-06')]);
    const [line] = payTimes(plan({ facts, frequencyDays: 28 }), 1);
    // 4 × 49.18 + (3 × 9.50 + 25 × 5.25) ÷ 7
    expect(line?.amount.toString()).toBe('219.54');
    expect(line?.explanation.backDated).toEqual([]);
  });

  it('tells what a person should look at', () => {
    const line = linePaid(plan({ facts: family([lead({ due: day('2026-12-01') })]) }), [], thursday);
    expect(line.explanation.flags).toEqual(['birth-not-recorded']);
  });

  it('comes to the same pennies and the same explanation when it is worked out again', () => {
    const facts = family([lead({ due: day('2026-12-05') }), child('baby', '2025-12-06')]);
    const again = () => payTimes(plan({ facts, paidUpTo: day('2026-11-29') }), 4);
    expect(again()).toEqual(again());
  });
});

describe('what rounding leaves', () => {
  it('is carried to the next payment', () => {
    const [, second] = payTimes(plan({ paidUpTo: day('2026-11-30') }), 2);
    expect(second?.explanation).toMatchObject({ carriedIn: -2, carriedOut: -2 });
    expect(second?.amount.toString()).toBe('49.18');
  });

  it('makes seven daily payments one weekly payment', () => {
    const daily = payTimes(plan({ frequencyDays: 1 }), 7);
    expect(daily.map((line) => line.amount.toString())).toEqual([
      ...['7.03', '7.02', '7.03', '7.02', '7.03', '7.02', '7.03'],
    ]);
    expect(totalOf(daily).toString()).toBe('49.18');
    expect(daily.at(-1)?.carrySevenths).toBe(0);
  });

  it('never adds up, over a hundred payments', () => {
    const facts = family([lead(), child('baby', '2026-01-20')]);
    const posted = payTimes(plan({ facts, frequencyDays: 3 }), 100);
    for (const [index, line] of posted.entries()) {
      const paid = totalOf(posted.slice(0, index + 1)).toPence() * 7n;
      expect(paid + BigInt(line.carrySevenths)).toBe(line.owedSevenths);
      expect(Math.abs(line.carrySevenths)).toBeLessThanOrEqual(3);
    }
  });
});

describe('a payment that is held when priced', () => {
  it('has nothing due because nobody counts', () => {
    const line = linePaid(plan({ facts: family([lead({ left: thursday })]) }), [], thursday);
    expect(line).toMatchObject({ holdCode: 'nothing-due', owedSevenths: 0n, overpaidSevenths: 0n });
    expect(line.amount.isZero()).toBe(true);
    expect(line.explanation.flags).toEqual(['nobody-counts']);
  });

  it('has nothing due until the support starts', () => {
    const facts = family([lead()], { supportFrom: addDays(thursday, 7) });
    expect(linePaid(plan({ facts }), [], thursday).holdCode).toBe('nothing-due');
  });

  it('has no rate in force for one of its days', () => {
    const facts = family([lead()], { supportFrom: day('2024-01-11') });
    const line = linePaid(plan({ facts, paidUpTo: day('2024-01-11') }), [], day('2024-01-11'));
    expect(line).toMatchObject({ holdCode: 'no-rate', owedSevenths: 0n, carrySevenths: 0 });
    expect(line.explanation.lines).toEqual([]);
    expect(line.amount.isZero()).toBe(true);
  });

  it('has no rate for a component only some of the family need', () => {
    const persons = rateTable([...(guide.get('person') ?? [])]);
    const baby = plan({ facts: family([child('baby', '2026-06-01')]) });
    expect(priceFor(plan(), [], thursday, persons)?.holdCode).toBeNull();
    expect(priceFor(baby, [], thursday, persons)?.holdCode).toBe('no-rate');
  });
});
