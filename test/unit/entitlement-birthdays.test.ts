import { addDays } from '../../src/kernel/index.ts';
import { child, day, daysFrom, exactOf, family, lead, linesOf, spansOf, thursday, week } from './household.ts';

const born = (birthday: string, years: number): string => `${Number(birthday.slice(0, 4)) - years}${birthday.slice(4)}`;
const baby = (birthday: string) => family([child('baby', birthday)]);

describe('a first birthday', () => {
  const cases = [
    ['the day before the period', '2026-12-02', ['age-1-to-3 baby 7@525']],
    ['the first day of the period', '2026-12-03', ['age-1-to-3 baby 7@525']],
    ['the second day of the period', '2026-12-04', ['under-1 baby 1@950', 'age-1-to-3 baby 6@525']],
    ['the last day of the period', '2026-12-09', ['under-1 baby 6@950', 'age-1-to-3 baby 1@525']],
    ['the day after the period', '2026-12-10', ['under-1 baby 7@950']],
  ] as const;
  for (const [when, birthday, extras] of cases)
    it(`on ${when} is priced to the day`, () => {
      expect(linesOf(baby(born(birthday, 1)))).toEqual(['person baby 7@4918', ...extras]);
    });

  it('pays the baby extra to the day before and the smaller one from the day', () => {
    const facts = baby('2025-12-06');
    const extraOn = (date: string): string[] => linesOf(facts, daysFrom(day(date), 1)).slice(1);
    expect(extraOn('2026-12-05')).toEqual(['under-1 baby 1@950']);
    expect(extraOn('2026-12-06')).toEqual(['age-1-to-3 baby 1@525']);
    expect(extraOn('2026-12-07')).toEqual(['age-1-to-3 baby 1@525']);
  });

  it('in the middle of a week makes an amount between the two', () => {
    // 49.18 + (3 × 9.50 + 4 × 5.25) ÷ 7
    expect(exactOf(baby('2025-12-06'))).toBe('56.251429');
  });
});

describe('a fourth birthday', () => {
  const cases = [
    ['the day before the period', '2026-12-02', []],
    ['the first day of the period', '2026-12-03', []],
    ['the second day of the period', '2026-12-04', ['age-1-to-3 baby 1@525']],
    ['the last day of the period', '2026-12-09', ['age-1-to-3 baby 6@525']],
    ['the day after the period', '2026-12-10', ['age-1-to-3 baby 7@525']],
  ] as const;
  for (const [when, birthday, extras] of cases)
    it(`on ${when} ends the extra`, () => {
      expect(linesOf(baby(born(birthday, 4)))).toEqual(['person baby 7@4918', ...extras]);
    });

  it('pays the extra the day before, and not on the day nor after', () => {
    const extraOn = (date: string): string[] => linesOf(baby('2022-12-06'), daysFrom(day(date), 1)).slice(1);
    expect([extraOn('2026-12-05'), extraOn('2026-12-06'), extraOn('2026-12-07')]).toEqual([
      ['age-1-to-3 baby 1@525'],
      [],
      [],
    ]);
  });
});

describe('a birthday on a leap day', () => {
  const facts = family([child('baby', '2024-02-29')], { supportFrom: day('2024-03-01') });

  it('falls on 1 March in a year without one', () => {
    const around = { from: day('2025-02-27'), to: day('2025-03-03') };
    expect(spansOf('under-1', facts, around)).toEqual(['2025-02-27 to 2025-03-01']);
    expect(spansOf('age-1-to-3', facts, around)).toEqual(['2025-03-01 to 2025-03-03']);
  });

  it('falls on the leap day four years on', () => {
    const around = { from: day('2028-02-27'), to: day('2028-03-03') };
    expect(spansOf('age-1-to-3', facts, around)).toEqual(['2028-02-27 to 2028-02-29']);
  });

  it('does not move a birthday on 28 February or 1 March', () => {
    const period = { from: day('2028-02-25'), to: day('2028-03-05') };
    const children = family([child('a', '2027-02-28'), child('b', '2027-03-01')]);
    expect(spansOf('under-1', children, period)).toEqual(['2028-02-25 to 2028-02-28', '2028-02-25 to 2028-03-01']);
  });

  it('is a day like another in a period across it', () => {
    expect(linesOf(family([lead()]), daysFrom(day('2028-02-24'), 7))).toEqual(['person lead 7@4918']);
    expect(linesOf(family([lead()]), { from: day('2028-02-28'), to: day('2028-03-01') })).toEqual([
      'person lead 2@4918',
    ]);
  });
});

describe('a birth in the period', () => {
  it('makes a person with the baby extra from the day', () => {
    expect(linesOf(family([lead(), child('baby', '2026-12-05')]))).toEqual([
      ...['person lead 7@4918', 'person baby 5@4918', 'under-1 baby 5@950'],
    ]);
  });

  it('on the last day is worth one day, on the day after nothing', () => {
    expect(linesOf(baby('2026-12-09'))).toEqual(['person baby 1@4918', 'under-1 baby 1@950']);
    expect(linesOf(baby('2026-12-10'))).toEqual([]);
  });

  it('of twins is worth two of each', () => {
    const twins = family([child('a', '2026-12-05'), child('b', '2026-12-05')]);
    expect(linesOf(twins)).toEqual([...['person a 5@4918', 'under-1 a 5@950', 'person b 5@4918', 'under-1 b 5@950']]);
  });

  it('counts from joining when the baby comes home later', () => {
    const late = child('baby', '2026-12-04', { joined: day('2026-12-08') });
    expect(linesOf(family([late]))).toEqual(['person baby 2@4918', 'under-1 baby 2@950']);
  });

  it('is the same whichever way a fortnight is cut at it', () => {
    const facts = baby('2025-12-10');
    const fortnight = linesOf(facts, daysFrom(thursday, 14));
    expect(fortnight).toEqual(['person baby 14@4918', 'under-1 baby 7@950', 'age-1-to-3 baby 7@525']);
    expect(linesOf(facts, week)[1]).toBe('under-1 baby 7@950');
    expect(linesOf(facts, daysFrom(addDays(thursday, 7), 7))[1]).toBe('age-1-to-3 baby 7@525');
  });
});
