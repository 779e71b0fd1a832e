import fc from 'fast-check';
import { vendoredBankHolidays } from '../../src/calendar/index.ts';
import { WorkingCalendar } from '../../src/calendar/domain/working-calendar.ts';
import { addDays, payDayOf, plainDate } from '../../src/kernel/index.ts';
import { arrivalsBetween, broughtForward } from '../../src/subsistence/domain/holiday-effect.ts';

const FROM = plainDate('2026-11-16');
const TO = plainDate('2027-06-01');
const listed = vendoredBankHolidays();
const anyHolidays = fc.array(
  fc.nat(190).map((days) => addDays(FROM, days)),
  { maxLength: 12 },
);
/** Calendars of a council and of the banks, with holidays of this year besides. */
const calendars = (
  council: 'scotland' | 'england-and-wales',
  also: readonly string[],
  everywhere: readonly string[],
) => {
  const days = (division: typeof council) => listed[division].map(({ date }) => date);
  const bank = [...days('england-and-wales'), ...everywhere.map(plainDate)];
  const own = council === 'scotland' ? [...days('scotland'), ...also.map(plainDate)] : bank;
  return { council: new WorkingCalendar(own), bacs: new WorkingCalendar(bank) };
};
const anyCouncil = fc.constantFrom('scotland' as const, 'england-and-wales' as const);

describe('Going over promises when days become holidays', () => {
  it('only ever brings money forward, to a day that everybody works, with no day worked between it and the pay day', () => {
    fc.assert(
      fc.property(anyCouncil, anyHolidays, anyHolidays, (council, also, everywhere) => {
        const promised = arrivalsBetween(FROM, TO, calendars(council, [], []));
        const now = calendars(council, also, everywhere);
        for (const { payDate, arrivesOn, earlier } of broughtForward(promised, now)) {
          expect(earlier < arrivesOn && arrivesOn <= payDate).toBe(true);
          expect(now.council.isWorkingDay(earlier) && now.bacs.isWorkingDay(earlier)).toBe(true);
          for (let day = addDays(earlier, 1); day <= payDate; day = addDays(day, 1))
            expect(now.council.isWorkingDay(day) && now.bacs.isWorkingDay(day)).toBe(false);
        }
      }),
    );
  });

  it('leaves nothing to do a second time, and nothing promised for a day off', () => {
    fc.assert(
      fc.property(anyCouncil, anyHolidays, anyHolidays, (council, also, everywhere) => {
        const promised = arrivalsBetween(FROM, TO, calendars(council, [], []));
        const now = calendars(council, also, everywhere);
        const changed = new Map(broughtForward(promised, now).map((each) => [each.payDate, each.earlier]));
        const after = promised.map((each) => ({ ...each, arrivesOn: changed.get(each.payDate) ?? each.arrivesOn }));
        expect(broughtForward(after, now)).toEqual([]);
        expect(after.every(({ arrivesOn }) => payDayOf(arrivesOn) && now.bacs.isWorkingDay(arrivesOn))).toBe(true);
      }),
    );
  });

  it('keeps what was promised when a holiday is struck off again', () => {
    fc.assert(
      fc.property(anyCouncil, anyHolidays, (council, everywhere) => {
        const promised = arrivalsBetween(FROM, TO, calendars(council, [], everywhere));
        expect(broughtForward(promised, calendars(council, [], []))).toEqual([]);
      }),
    );
  });
});
