import { readFileSync } from 'node:fs';
import { vendoredBankHolidays, WorkingCalendar, workingCalendarOf } from '../../src/calendar/index.ts';
import { plainDate } from '../../src/kernel/index.ts';
import type { Postage } from '../../src/identity/index.ts';
import { letterArrival } from '../../src/notices/index.ts';

// Compiled tests run from dist/test/unit; what they read stays in the source tree.
const vectors = readFileSync(new URL('../../../test/vectors/letter-arrival.csv', import.meta.url), 'utf8');
const calendar = workingCalendarOf(vendoredBankHolidays(), 'england-and-wales');
const arrivalOf = (uploaded: string, postage: Postage, days = calendar) =>
  letterArrival(new Date(uploaded), postage, days);

describe('when a letter comes through the door', () => {
  const [, ...rows] = vectors.trimEnd().split('\n');

  for (const row of rows) {
    const [uploaded = '', postage = '', printedOn, earliest, latest] = row.split(',');
    it(`uploaded ${uploaded}, ${postage} class: printed ${printedOn}, there ${earliest} to ${latest}`, () => {
      expect(arrivalOf(uploaded, postage as Postage)).toEqual({ printedOn, earliest, latest });
    });
  }

  it('has vectors to check', () => {
    expect(rows).toHaveLength(12);
  });

  it('is 4 or 5 January for a second-class letter uploaded on 23 December', () => {
    expect(arrivalOf('2026-12-23T12:00:00Z', 'second')).toEqual({
      printedOn: '2026-12-24',
      earliest: '2027-01-04',
      latest: '2027-01-05',
    });
  });

  it('counts the last pick-up in London: half past five, in summer and in winter', () => {
    const winter = (time: string) => arrivalOf(`2026-11-24T${time}Z`, 'second').printedOn;
    const summer = (time: string) => arrivalOf(`2026-07-07T${time}Z`, 'second').printedOn;
    expect([winter('17:29:59'), winter('17:30:00')]).toEqual(['2026-11-25', '2026-11-26']);
    expect([summer('16:29:59'), summer('16:30:00')]).toEqual(['2026-07-08', '2026-07-09']);
  });

  it('brings first class on a Saturday, and second class never', () => {
    expect(arrivalOf('2026-11-19T12:00:00Z', 'first').latest).toBe('2026-11-21');
    expect(arrivalOf('2026-11-16T12:00:00Z', 'second')).toMatchObject({ earliest: '2026-11-23', latest: '2026-11-24' });
  });

  it('comes later when a holiday is announced at short notice, on a Saturday too', () => {
    const announced = (day: string) =>
      new WorkingCalendar([...vendoredBankHolidays()['england-and-wales'].map(({ date }) => date), plainDate(day)]);
    expect(arrivalOf('2026-11-19T12:00:00Z', 'first', announced('2026-11-21')).latest).toBe('2026-11-23');
    expect(arrivalOf('2026-11-20T12:00:00Z', 'second', announced('2026-11-23')).latest).toBe('2026-12-01');
  });

  it('promises nothing past the years whose holidays are known', () => {
    expect(() => arrivalOf('2028-12-29T12:00:00Z', 'second')).toThrow('Bank holidays are known to 2028-12-31');
  });
});
