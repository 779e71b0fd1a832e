import { addDays } from '../../src/kernel/index.ts';
import { rateTable } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import type { MemberFacts } from '../../src/subsistence/domain/entitlement/facts.ts';
import { pricePlan } from '../../src/subsistence/domain/price-plan.ts';
import { child, day, daysFrom, family, guide, lead, thursday, topUp } from './household.ts';
import { linePaid, paidBy, payTimes, plan } from './paying.ts';

const ten = child('ten', '2016-01-01');
const third = addDays(thursday, 14);

/** Pays two weeks to one household, and prices the third week for what is known by then. */
function thirdWeek(before: readonly MemberFacts[], now: readonly MemberFacts[], change = {}) {
  const posted = payTimes(plan({ facts: family(before) }), 2);
  const line = linePaid(plan({ facts: family(now, change) }), posted, third);
  const changes = line.explanation.backDated.map((each) => `${each.component} ${each.memberId} ${each.amount}`);
  return { line, changes: changes.toSorted(), amount: line.amount.toString(), posted };
}

describe('somebody who joined days already paid', () => {
  const { line, changes, amount } = thirdWeek([lead()], [lead(), { ...ten, joined: day('2026-12-08') }]);

  it('is paid for those days with the next payment', () => {
    // Nine days back and the week ahead of one, and the week ahead of the other: 23 days.
    expect(amount).toBe('161.59');
    expect(changes).toEqual(['person ten 63.231429']);
    expect(line.overpaidSevenths).toBe(0n);
  });

  it('is in what the family is owed from then on', () => {
    expect(line.owedSevenths).toBe(BigInt(21 + 16) * 4918n);
  });
});

describe('somebody who left days already paid', () => {
  const { line, changes, amount } = thirdWeek([lead(), ten], [lead(), { ...ten, left: day('2026-12-08') }]);

  it('makes an overpayment for a person to decide', () => {
    expect(line.overpaidSevenths).toBe(9n * 4918n);
    expect(changes).toEqual(['person ten -63.231429']);
  });

  it('takes nothing off the payment', () => {
    expect(amount).toBe('49.18');
    expect(line.holdCode).toBeNull();
  });

  it('is an overpayment even when nothing more is due', () => {
    const gone = thirdWeek([lead()], [lead({ left: day('2026-12-10') })]).line;
    expect(gone).toMatchObject({ holdCode: 'nothing-due', overpaidSevenths: 7n * 4918n });
    expect(gone.amount.isZero()).toBe(true);
  });
});

describe('changes up and down', () => {
  it('of two people are never set off', () => {
    const joined = child('twelve', '2014-01-01', { joined: day('2026-12-04') });
    const { line, amount, changes } = thirdWeek([ten], [{ ...ten, left: day('2026-12-08') }, joined]);
    expect(line.overpaidSevenths).toBe(9n * 4918n);
    expect(changes).toEqual(['person ten -63.231429', 'person twelve 91.334286']);
    // Thirteen days back and the week ahead.
    expect(amount).toBe('140.51');
  });

  it('of one child’s two extras are never set off', () => {
    const { line, changes } = thirdWeek([child('baby', '2025-12-20')], [child('baby', '2025-12-01')]);
    expect(changes).toEqual(['age-1-to-3 baby 10.50', 'under-1 baby -19.00']);
    expect(line.overpaidSevenths).toBe(14n * 950n);
    expect(line.amount.toString()).toBe('64.93');
  });

  it('of a top-up and a person are never set off', () => {
    const { changes, line } = thirdWeek([lead(), ten], [lead(), { ...ten, left: day('2026-12-03') }], {
      topUps: [topUp(700n, { memberId: 'lead' })],
    });
    expect(changes).toEqual(['person ten -98.36', 'top-up lead 14.00']);
    expect(line.amount.toString()).toBe('70.18');
  });
});

describe('a birth written down late', () => {
  const mother = lead({ due: day('2026-12-01') });
  const told = { ...mother, birthRecordedOn: third };
  const { changes, line, amount } = thirdWeek([mother], [told, child('baby', '2026-12-08')]);

  it('pays the baby from the day of birth', () => {
    expect(changes).toEqual(['person baby 63.231429', 'under-1 baby 12.214286']);
    // 2 × 49.18 + 9.50 ahead, and 75.445714… back.
    expect(amount).toBe('183.31');
  });

  it('lets the mother keep the extra up to the recording, and ends it there', () => {
    expect(line.overpaidSevenths).toBe(0n);
    expect(line.explanation.lines.map((each) => each.component)).not.toContain('pregnant');
    expect(line.explanation.flags).toEqual([]);
  });
});

describe('a rate that came late', () => {
  const late = rateTable([
    ...[...guide.values()].flat(),
    { version: 'late', component: 'person', weeklyPence: 5018n, effectiveFrom: day('2026-12-10') },
  ]);

  it('is made up for the days it was in force', () => {
    const posted = payTimes(plan(), 2);
    const line = linePaid(plan(), posted, third, late);
    expect(line.explanation.backDated).toEqual([
      { component: 'person', memberId: 'lead', kind: 'arrears', sevenths: '700', amount: '1.00' },
    ]);
    expect(line.amount.toString()).toBe('51.18');
  });
});

describe('a change that was dealt with', () => {
  const now = [lead(), { ...ten, left: day('2026-12-08') }, child('new', '2016-05-05', { joined: day('2026-12-07') })];
  const { posted, line } = thirdWeek([lead(), ten], now);

  it('is not found again by the payments after it', () => {
    const fourth = linePaid(plan({ facts: family(now) }), [...posted, line], addDays(third, 7));
    expect(fourth.explanation.backDated).toEqual([]);
    expect(fourth.overpaidSevenths).toBe(0n);
    expect(fourth.period).toEqual(daysFrom(addDays(third, 7), 7));
  });

  it('is counted once when another change of the same person follows', () => {
    const sooner = [now[0] as MemberFacts, { ...ten, left: day('2026-12-07') }, now[2] as MemberFacts];
    const fourth = linePaid(plan({ facts: family(sooner) }), [...posted, line], addDays(third, 7));
    expect(fourth.explanation.backDated).toMatchObject([{ memberId: 'ten', sevenths: '-4918' }]);
  });
});

describe('the past', () => {
  const posted = payTimes(plan({ facts: family([lead(), ten]) }), 2);
  const price = (members: readonly MemberFacts[]) =>
    pricePlan(plan({ facts: family(members) }), paidBy(posted), third, daysFrom(third, 7), guide);

  it('is asked for only when paid days are worth something else now', () => {
    expect(price([lead(), { ...ten, left: day('2026-12-16') }])).toBe('needs-past');
    expect(price([lead(), ten])).not.toBe('needs-past');
  });

  it('is left alone by a change that is still to come', () => {
    expect(price([lead(), { ...ten, left: third }])).toMatchObject({ overpaidSevenths: 0n });
    expect(price([lead(), ten, child('new', '2026-12-19')])).toMatchObject({ explanation: { backDated: [] } });
  });
});
