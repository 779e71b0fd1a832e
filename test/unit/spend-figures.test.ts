import { Money, type PlainDate } from '../../src/kernel/index.ts';
import { costPerHouseholdWeek } from '../../src/reporting/domain/cost-per-week.ts';
import { forecastBasis, shareOut, yetToSpend } from '../../src/reporting/domain/forecast.ts';
import { hiddenParts, isTooSmall } from '../../src/reporting/domain/small-numbers.ts';
import { daysAsked, monthsOf } from '../../src/reporting/domain/spend-asked.ts';

const year = { from: '2026-04-01' as PlainDate, to: '2027-03-31' as PlainDate };
const day = (text: string): PlainDate => text as PlainDate;
const known = (first: string | null, last: string | null, reservedUntil: string | null = null) => ({
  first: first as PlainDate | null,
  ...{ last: last as PlainDate | null, reservedUntil: reservedUntil as PlainDate | null },
});
const gbp = (text: string): Money => Money.gbp(text);

describe('A forecast', () => {
  it('measures four weeks up to today, and counts the weeks left after it', () => {
    const basis = forecastBasis(year, day('2026-12-31'), known('2026-04-02', '2026-12-31'));
    expect(basis).toEqual({
      ...{ until: '2026-12-31', measured: { from: '2026-12-04', to: '2026-12-31' }, weeksMeasured: 4 },
      ...{ daysLeft: 90, weeksLeft: '12.9' },
    });
    // £280 in four weeks is £10 a day.
    expect(yetToSpend(gbp('280.00'), basis).toString()).toBe('900.00');
  });

  it('measures fewer weeks where money was first spent since', () => {
    expect(forecastBasis(year, day('2026-12-01'), known('2026-12-03', '2026-12-03')).weeksMeasured).toBe(1);
    expect(forecastBasis(year, day('2026-12-09'), known('2026-12-03', '2026-12-03')).weeksMeasured).toBe(1);
    expect(forecastBasis(year, day('2026-12-10'), known('2026-12-03', '2026-12-10')).weeksMeasured).toBe(2);
  });

  it('begins after what is committed, so that an approved run counts once', () => {
    const basis = forecastBasis(year, day('2026-12-04'), known('2026-11-26', '2026-12-03', '2026-12-10'));
    expect([basis.until, basis.measured.to]).toEqual(['2026-12-10', '2026-12-04']);
  });

  it('has nothing to come for a year that is over, before anything was spent, or when more came back', () => {
    const over = forecastBasis(year, day('2027-06-01'), known('2026-04-02', '2027-03-25'));
    expect([over.daysLeft, yetToSpend(gbp('500.00'), over).toString()]).toEqual([0, '0.00']);
    const before = forecastBasis(year, day('2026-04-01'), known(null, null));
    expect(yetToSpend(Money.zero, before).toString()).toBe('0.00');
    expect(yetToSpend(gbp('-5.00'), forecastBasis(year, day('2026-12-31'), known('2026-04-02', null))).toString()).toBe(
      '0.00',
    );
  });

  it('is shared out to the penny', () => {
    const shares = shareOut(gbp('100.00'), [gbp('1.00'), gbp('1.00'), gbp('1.00'), gbp('-4.00')]);
    expect(shares.map(String)).toEqual(['33.34', '33.33', '33.33', '0.00']);
    expect(shareOut(Money.zero, [Money.zero]).map(String)).toEqual(['0.00']);
  });
});

describe('What a household costs a week', () => {
  it('is subsistence over the weeks it paid for, rounded once', () => {
    expect(costPerHouseholdWeek(gbp('98.36'), 14)?.toString()).toBe('49.18');
    expect(costPerHouseholdWeek(gbp('100.00'), 21)?.toString()).toBe('33.33');
    expect(costPerHouseholdWeek(gbp('0.05'), 70)?.toString()).toBe('0.01');
    expect(costPerHouseholdWeek(gbp('10.00'), 0)).toBeNull();
  });
});

describe('The days of a financial year', () => {
  it('are of one month where one is asked for, and none for a month of another year', () => {
    expect(daysAsked({ year: '2026-27', filter: {} })).toEqual(year);
    expect(daysAsked({ year: '2027-28', filter: { month: '2028-02' } })).toEqual({
      from: '2028-02-01',
      to: '2028-02-29',
    });
    const { from, to } = daysAsked({ year: '2026-27', filter: { month: '2026-03' } });
    expect(from > to).toBe(true);
    expect(monthsOf('2026-27').join(' ')).toBe(
      '2026-04 2026-05 2026-06 2026-07 2026-08 2026-09 2026-10 2026-11 2026-12 2027-01 2027-02 2027-03',
    );
  });
});

describe('Small numbers', () => {
  const of = (...households: number[]) => households.map((each) => ({ households: each, isEmpty: each === 0 }));

  it('are shown where every part is of five households or more', () => {
    expect(hiddenParts(of(5, 9, 0))).toEqual([false, false, false]);
  });

  it('hide the next smallest too, so that nobody takes the rest from the total', () => {
    expect(hiddenParts(of(20, 4, 9))).toEqual([false, true, true]);
    expect(hiddenParts(of(20, 1, 2, 7))).toEqual([false, true, true, true]);
    expect(hiddenParts(of(20, 3, 3, 7))).toEqual([false, true, true, false]);
    expect(hiddenParts(of(3))).toEqual([true]);
  });

  it('count money that is committed to households not paid yet, and hide a whole that is small', () => {
    expect(hiddenParts([{ households: 0, isEmpty: false }, ...of(8, 9)])).toEqual([true, true, false]);
    expect([isTooSmall({ households: 4, isEmpty: false }), isTooSmall({ households: 0, isEmpty: true })]).toEqual([
      true,
      false,
    ]);
  });
});
