import fc from 'fast-check';
import { vendoredBankHolidays, workingCalendarOf } from '../../src/calendar/index.ts';
import { postages } from '../../src/identity/index.ts';
import { plainDate, weekdayNumber } from '../../src/kernel/index.ts';
import { letterArrival } from '../../src/notices/index.ts';

const calendar = workingCalendarOf(vendoredBankHolidays(), 'england-and-wales');
const anyMoment = fc.date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2028-11-30T00:00:00Z'),
  noInvalidDate: true,
});
const anyPostage = fc.constantFrom(...postages);

describe('any letter', () => {
  it('comes on no Sunday and no bank holiday, and after it was printed', () => {
    fc.assert(
      fc.property(anyMoment, anyPostage, (uploadedAt, postage) => {
        const { printedOn, earliest, latest } = letterArrival(uploadedAt, postage, calendar);
        expect(calendar.isWorkingDay(printedOn)).toBe(true);
        expect(printedOn < earliest && earliest <= latest).toBe(true);
        for (const day of [earliest, latest]) {
          expect(calendar.isHoliday(day)).toBe(false);
          expect(weekdayNumber(day)).toBeLessThan(postage === 'first' ? 7 : 6);
        }
      }),
    );
  });

  it('is printed after the day it was uploaded', () => {
    fc.assert(
      fc.property(anyMoment, anyPostage, (uploadedAt, postage) => {
        const day = plainDate(uploadedAt.toISOString().slice(0, 10));
        expect(letterArrival(uploadedAt, postage, calendar).printedOn > day).toBe(true);
      }),
    );
  });

  it('comes no earlier for being uploaded later', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 0, max: 14 * 86_400_000 }), anyPostage, (first, wait, postage) => {
        const one = letterArrival(first, postage, calendar);
        const other = letterArrival(new Date(first.getTime() + wait), postage, calendar);
        expect(other.earliest >= one.earliest && other.latest >= one.latest).toBe(true);
      }),
    );
  });

  it('comes no later for a better stamp', () => {
    fc.assert(
      fc.property(anyMoment, (uploadedAt) => {
        const [first = '', second = '', economy = ''] = postages.map(
          (postage) => letterArrival(uploadedAt, postage, calendar).latest,
        );
        expect(first < second && second < economy).toBe(true);
      }),
    );
  });
});
