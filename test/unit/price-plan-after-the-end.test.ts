import { addDays, lengthInDays, type PlainDate } from '../../src/kernel/index.ts';
import { addsUp } from '../../src/subsistence/domain/price-plan.ts';
import { child, family, lead, thursday } from './household.ts';
import { linePaid, payTimes, plan, priceFor } from './paying.ts';

const day = (text: string): PlainDate => text as PlainDate;
const end = addDays(thursday, 14);
const third = addDays(thursday, 14);
const ended = (members: Parameters<typeof family>[0], supportTo: PlainDate = end) =>
  plan({ facts: { ...family(members), supportTo } });

describe('a plan that was paid to its last day', () => {
  const posted = payTimes(ended([lead()]), 2);

  it('is paid nothing more while nothing changes', () => {
    expect(priceFor(ended([lead()]), posted, third)).toBeUndefined();
    expect(priceFor(ended([lead()]), posted, addDays(third, 70))).toBeUndefined();
  });

  it('is paid arrears for a child written down after the end, once, for no new days', () => {
    const late = ended([lead(), child('late', '2015-05-05')]);
    const line = linePaid(late, posted, third);
    expect(lengthInDays(line.period)).toBe(0);
    expect(line).toMatchObject({
      holdCode: null,
      explanation: { lines: [], backDated: [{ kind: 'arrears', memberId: 'late' }] },
    });
    expect(line.amount.toString()).toBe('98.36');
    expect(addsUp(line.explanation, line.amount)).toBe(true);
    expect(priceFor(late, [...posted, line], addDays(third, 7))).toBeUndefined();
  });

  it('is corrected again when another change follows', () => {
    const first = linePaid(ended([lead(), child('late', '2015-05-05')]), posted, third);
    const both = ended([lead(), child('late', '2015-05-05'), child('later', '2012-05-05')]);
    const second = linePaid(both, [...posted, first], addDays(third, 7));
    expect(second.amount.toString()).toBe('98.36');
    expect(second.explanation.backDated).toMatchObject([{ kind: 'arrears', memberId: 'later' }]);
  });

  it('has an overpayment found once when support turns out to have ended sooner', () => {
    const sooner = ended([lead()], day(addDays(end, -7)));
    const line = linePaid(sooner, posted, third);
    expect(line).toMatchObject({ holdCode: 'nothing-due', overpaidSevenths: 4918n * 7n, explanation: { lines: [] } });
    expect(priceFor(sooner, [...posted, line], addDays(third, 7))).toBeUndefined();
  });

  it('has that overpayment withdrawn, and nothing paid, when the end was right after all', () => {
    const found = linePaid(ended([lead()], day(addDays(end, -7))), posted, third);
    const line = linePaid(ended([lead()]), [...posted, found], addDays(third, 7));
    expect(line).toMatchObject({ holdCode: 'nothing-due', withdrawnSevenths: 4918n * 7n, overpaidSevenths: 0n });
    expect(priceFor(ended([lead()]), [...posted, found, line], addDays(third, 14))).toBeUndefined();
  });
});

describe('a family nobody counts in any more', () => {
  it('has its overpayment found once, whatever was decided about it', () => {
    const posted = payTimes(plan({ facts: family([lead()]) }), 2);
    const gone = plan({ facts: family([lead({ left: addDays(thursday, 7) })]) });
    const found = linePaid(gone, posted, third);
    expect(found).toMatchObject({ holdCode: 'nothing-due', overpaidSevenths: 4918n * 7n });
    expect(linePaid(gone, [...posted, found], addDays(third, 7))).toMatchObject({ overpaidSevenths: 0n });
  });
});
