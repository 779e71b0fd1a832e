import { vendoredBankHolidays } from '../../src/calendar/index.ts';
import { WorkingCalendar } from '../../src/calendar/domain/working-calendar.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { calendarDueOn, quarterAfter, quarterOf } from '../../src/subsistence/domain/calendar-quarter.ts';
import { arrivalsBetween, broughtForward, earlyBetween } from '../../src/subsistence/domain/holiday-effect.ts';

const day = (text: string): PlainDate => text as PlainDate;
const listed = vendoredBankHolidays()['england-and-wales'].map(({ date }) => date);
const bacs = new WorkingCalendar(listed);
const withAlso = (...days: string[]): WorkingCalendar => new WorkingCalendar([...listed, ...days.map(day)]);
const england = { council: bacs, bacs };
const on = (payDate: string, arrivesOn = payDate) => ({ payDate: day(payDate), arrivesOn: day(arrivesOn) });

describe('Money that comes early', () => {
  it('is that of Christmas, Boxing Day and New Year’s Day, each on the last day worked before', () => {
    expect(earlyBetween(day('2026-12-14'), day('2027-01-08'), england)).toEqual([
      ...[on('2026-12-25', '2026-12-24'), on('2026-12-28', '2026-12-24'), on('2027-01-01', '2026-12-31')],
    ]);
  });

  it('is told no further than the holidays are known', () => {
    expect(arrivalsBetween(day('2028-12-28'), day('2029-02-01'), england).at(-1)?.payDate).toBe('2028-12-29');
  });
});

describe('A new bank holiday', () => {
  it('brings forward only what was to arrive on it', () => {
    const holiday = withAlso('2026-12-10');
    const promised = [on('2026-12-09'), on('2026-12-10'), on('2026-12-11')];
    expect(broughtForward(promised, { council: holiday, bacs: holiday })).toEqual([
      { ...on('2026-12-10'), earlier: '2026-12-09' },
    ]);
  });

  it('brings forward once more what came early already, when the day before falls out too', () => {
    const holiday = withAlso('2026-12-24');
    expect(broughtForward([on('2026-12-28', '2026-12-24')], { council: holiday, bacs: holiday })).toEqual([
      { ...on('2026-12-28', '2026-12-24'), earlier: '2026-12-23' },
    ]);
  });

  it('of the council alone brings its families’ money forward as well', () => {
    expect(broughtForward([on('2026-11-30')], { council: withAlso('2026-11-30'), bacs })).toEqual([
      { ...on('2026-11-30'), earlier: '2026-11-27' },
    ]);
  });

  it('that is struck off the list again moves nothing later', () => {
    expect(broughtForward([on('2026-12-10', '2026-12-09')], england)).toEqual([]);
  });
});

describe('A quarter', () => {
  it('is three months, whatever day it is asked on', () => {
    expect(quarterOf(day('2026-11-16'))).toEqual({ from: '2026-10-01', to: '2027-01-01' });
    expect(quarterOf(day('2027-01-01'))).toEqual({ from: '2027-01-01', to: '2027-04-01' });
    expect(quarterAfter(quarterOf(day('2026-12-31')))).toEqual({ from: '2027-01-01', to: '2027-04-01' });
  });

  it('has its calendar out four weeks before it begins', () => {
    expect(calendarDueOn(quarterOf(day('2027-07-01')), undefined, 14)).toBe('2027-06-03');
    expect(calendarDueOn(quarterOf(day('2027-07-01')), day('2027-08-27'), 14)).toBe('2027-06-03');
  });

  it('has it out sooner when its first early money leaves less time for a letter and the notice owed', () => {
    expect(calendarDueOn(quarterOf(day('2027-01-01')), day('2026-12-31'), 14)).toBe('2026-11-25');
    expect(calendarDueOn(quarterOf(day('2027-01-01')), day('2026-12-31'), 28)).toBe('2026-11-11');
  });
});
