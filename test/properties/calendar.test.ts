import fc from 'fast-check';
import { bacsDate, bacsDays, lateBacsDays, openingDay } from '../../src/calendar/domain/bacs-days.ts';
import { WorkingCalendar } from '../../src/calendar/domain/working-calendar.ts';
import { type PlainDate, addDays, daysBetween, plainDate } from '../../src/kernel/index.ts';

const FIRST = plainDate('2026-01-01');
const anyDay = fc.integer({ min: 0, max: 1_200 }).map((days) => addDays(FIRST, days));
const anyCalendar = fc.array(anyDay, { maxLength: 120 }).map((days) => new WorkingCalendar(days));

function workingDaysAfter(from: PlainDate, to: PlainDate, calendar: WorkingCalendar): number {
  const days = Array.from({ length: daysBetween(from, to) }, (_, index) => addDays(from, index + 1));
  return days.filter((day) => calendar.isWorkingDay(day)).length;
}

describe('any working calendar', () => {
  it('lands on a working day, with just so many working days passed', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, fc.integer({ min: 1, max: 40 }), (calendar, day, count) => {
        const reached = calendar.addWorkingDays(day, count);
        expect(calendar.isWorkingDay(reached)).toBe(true);
        expect(workingDaysAfter(day, reached, calendar)).toBe(count);
      }),
    );
  });

  it('comes back to a working day by as many days as it went', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, fc.integer({ min: -40, max: 40 }), (calendar, day, count) => {
        const start = calendar.workingDayOnOrAfter(day);
        expect(calendar.addWorkingDays(calendar.addWorkingDays(start, count), -count)).toBe(start);
      }),
    );
  });

  it('finds the nearest working days either side with none between', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, (calendar, day) => {
        const before = calendar.workingDayOnOrBefore(day);
        const after = calendar.workingDayOnOrAfter(day);
        expect(before <= day && day <= after).toBe(true);
        expect(workingDaysAfter(before, after, calendar)).toBe(before === after ? 0 : 1);
      }),
    );
  });
});

describe('any pay day', () => {
  it('is paid on or before its day, on a day the council and Bacs both work, and on the last such day', () => {
    fc.assert(
      fc.property(anyCalendar, anyCalendar, anyDay, (council, bacs, payDay) => {
        const { entryDay } = bacsDays(payDay, council, bacs);
        const bothWork = (day: PlainDate) => council.isWorkingDay(day) && bacs.isWorkingDay(day);
        expect(entryDay <= payDay && bothWork(entryDay)).toBe(true);
        for (let day = addDays(entryDay, 1); day <= payDay; day = addDays(day, 1)) expect(bothWork(day)).toBe(false);
      }),
    );
  });

  it('has its three days in order, one Bacs day apart', () => {
    fc.assert(
      fc.property(anyCalendar, anyCalendar, anyDay, (council, bacs, payDay) => {
        const days = bacsDays(payDay, council, bacs);
        expect(bacs.isWorkingDay(days.inputDay) && bacs.isWorkingDay(days.processingDay)).toBe(true);
        expect(workingDaysAfter(days.inputDay, days.processingDay, bacs)).toBe(1);
        expect(workingDaysAfter(days.processingDay, days.entryDay, bacs)).toBe(1);
      }),
    );
  });

  it('is reached by a late run handed in on its input day, and by no run handed in later', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, (bacs, payDay) => {
        const days = bacsDays(payDay, bacs, bacs);
        expect(lateBacsDays(days.inputDay, bacs)).toEqual(days);
        expect(lateBacsDays(addDays(days.inputDay, 1), bacs).entryDay > days.entryDay).toBe(true);
      }),
    );
  });

  it('opens its run on a working day with the lead days left', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, fc.integer({ min: 0, max: 15 }), (council, inputDay, leadDays) => {
        const opening = openingDay(inputDay, leadDays, council);
        expect(opening <= inputDay && council.isWorkingDay(opening)).toBe(true);
        // The input day is itself one of the days after opening, unless the council is closed on it.
        const lead = council.isWorkingDay(inputDay) ? leadDays : Math.max(0, leadDays - 1);
        expect(workingDaysAfter(opening, inputDay, council)).toBe(lead);
      }),
    );
  });
});

describe('any label date', () => {
  it('is six characters and sorts as the days do within a century', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(bacsDate(a)).toMatch(/^ \d{5}$/);
        expect(bacsDate(a) < bacsDate(b)).toBe(a < b);
      }),
    );
  });
});
