import { addDays, Money } from '../../src/kernel/index.ts';
import type { MemberFacts } from '../../src/subsistence/domain/entitlement/facts.ts';
import type { PricedLine } from '../../src/subsistence/domain/price-plan.ts';
import { child, day, family, lead, thursday, topUp } from './household.ts';
import { linePaid, payTimes, plan, totalOf } from './paying.ts';

const ten = child('ten', '2016-01-01');
const third = addDays(thursday, 14);
const fourth = addDays(thursday, 21);

function next(posted: readonly PricedLine[], members: readonly MemberFacts[], payDate = third): PricedLine {
  return linePaid(plan({ facts: family(members) }), posted, payDate);
}

describe('a correction that is undone', () => {
  const posted = payTimes(plan({ facts: family([lead(), ten]) }), 2);
  const left = next(posted, [lead(), { ...ten, left: day('2026-12-08') }]);
  const undone = next([...posted, left], [lead(), ten], fourth);

  it('withdraws the overpayment instead of paying the days again', () => {
    expect(left.overpaidSevenths).toBe(9n * 4918n);
    expect(undone.withdrawnSevenths).toBe(9n * 4918n);
    expect(undone.explanation.backDated.map((each) => each.kind)).toEqual(['withdrawn', 'arrears']);
  });

  it('pays just what was not paid before: the week the child was thought to be away', () => {
    const all = totalOf([...posted, left, undone]);
    expect(all.equals(Money.gbp('393.44'))).toBe(true);
  });

  it('leaves nothing to find for the payment after it', () => {
    const after = next([...posted, left, undone], [lead(), ten], addDays(fourth, 7));
    expect(after).toMatchObject({ overpaidSevenths: 0n, withdrawnSevenths: 0n, explanation: { backDated: [] } });
  });
});

describe('an up and a down that come to the same', () => {
  it('are both found, though the sum did not change', () => {
    const posted = payTimes(plan({ facts: family([lead(), ten]) }), 2);
    const swap = [
      lead(),
      { ...ten, left: day('2026-12-08') },
      child('other', '2016-05-05', { joined: day('2026-12-08') }),
    ];
    const line = next(posted, swap);
    expect(line.overpaidSevenths).toBe(9n * 4918n);
    expect(line.explanation.backDated.map((each) => each.kind).toSorted()).toEqual(['arrears', 'overpaid']);
  });

  it('of two top-ups of the family are never set off', () => {
    const before = plan({ facts: family([lead()], { topUps: [topUp(700n, { id: 'a' }), topUp(700n, { id: 'b' })] }) });
    const after = plan({ facts: family([lead()], { topUps: [topUp(1400n, { id: 'a' })] }) });
    const line = linePaid(after, payTimes(before, 2), third);
    expect(line.overpaidSevenths).toBe(14n * 700n);
    expect(line.explanation.backDated.map((each) => `${each.topUpId} ${each.amount}`)).toEqual(['a 14.00', 'b -14.00']);
  });
});

describe('a due date that moves to the mother’s row', () => {
  it('is the same pregnancy: nothing is paid again', () => {
    const due = day('2027-02-01');
    const posted = payTimes(plan({ facts: family([lead(), { id: 'baby', relationship: 'child', due }]) }), 2);
    const line = next(posted, [lead({ due }), { ...ten, joined: third }]);
    expect(line).toMatchObject({ overpaidSevenths: 0n, explanation: { backDated: [] } });
  });
});
