import {
  addDays,
  birthday,
  dayOfYear,
  daysBetween,
  DomainError,
  earlier,
  epochDay,
  isPlainDate,
  later,
  nextPayDay,
  payDayOf,
  payDays,
  plainDate as day,
  weekdayNumber,
} from '../../src/kernel/index.ts';

describe('a day of the calendar', () => {
  for (const right of ['2026-12-01', '2024-02-29', '2000-02-29', '1970-01-01', '1899-12-31', '9999-12-31'])
    it(`can be ${right}`, () => {
      expect(day(right)).toBe(right);
      expect(isPlainDate(right)).toBe(true);
    });

  for (const wrong of [
    ...['2026-02-29', '1900-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '2026-11-31', '2026-12-00'],
    ...['2026-1-1', '26-12-01', '01/12/2026', '2026-12-01T00:00', '2026-12-01 ', '', 'today', '+002026-12-01'],
  ])
    it(`cannot be ${JSON.stringify(wrong)}`, () => {
      expect(isPlainDate(wrong)).toBe(false);
      expect(() => day(wrong)).toThrow(DomainError);
    });

  it('is text, nothing else', () => {
    for (const wrong of [20261201, null, undefined, new Date(0), ['2026-12-01']])
      expect(isPlainDate(wrong as unknown as string)).toBe(false);
  });
});

describe('counting days', () => {
  it('begins at 1970', () => {
    expect(epochDay(day('1970-01-01'))).toBe(0);
    expect(epochDay(day('1969-12-31'))).toBe(-1);
    expect(epochDay(day('2000-03-01'))).toBe(11_017);
    expect(epochDay(day('2026-12-01'))).toBe(Date.UTC(2026, 11, 1) / 86_400_000);
  });

  it('crosses leap days and the change of the clocks', () => {
    expect(daysBetween(day('2024-02-28'), day('2024-03-01'))).toBe(2);
    expect(daysBetween(day('2026-03-28'), day('2026-03-30'))).toBe(2);
    expect(daysBetween(day('2026-12-01'), day('2026-11-01'))).toBe(-30);
    expect(addDays(day('2026-12-31'), 1)).toBe('2027-01-01');
    expect(addDays(day('2024-03-01'), -1)).toBe('2024-02-29');
  });

  it('knows the day of the year', () => {
    expect([dayOfYear(day('2026-12-31')), dayOfYear(day('2024-12-31'))]).toEqual([365, 366]);
  });

  it('tells the earlier from the later', () => {
    const [a, b] = [day('2026-09-30'), day('2026-10-01')];
    expect([earlier(a, b), earlier(b, a), later(a, b), later(b, a)]).toEqual([a, a, b, b]);
  });
});

describe('the day of the week', () => {
  it('goes from Monday, 1, to Sunday, 7', () => {
    const numbers = Array.from({ length: 8 }, (_, ahead) => weekdayNumber(addDays(day('2026-11-30'), ahead)));
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 1]);
  });

  it('is right before 1970 too', () => {
    expect(weekdayNumber(day('1970-01-01'))).toBe(4);
    expect(weekdayNumber(day('1969-12-31'))).toBe(3);
    expect(weekdayNumber(day('1900-01-01'))).toBe(1);
  });

  it('is a pay day from Monday to Friday', () => {
    expect(payDayOf(day('2026-12-03'))).toBe('thursday');
    expect(payDayOf(day('2026-12-05'))).toBeUndefined();
    expect(payDayOf(day('2026-12-06'))).toBeUndefined();
  });
});

describe('the next pay day', () => {
  it('is the day itself when it is one', () => {
    expect(nextPayDay(day('2026-12-03'), 'thursday')).toBe('2026-12-03');
  });

  it('is at most six days ahead', () => {
    expect(nextPayDay(day('2026-12-04'), 'thursday')).toBe('2026-12-10');
    expect(nextPayDay(day('2026-12-06'), 'monday')).toBe('2026-12-07');
  });

  it('is that day of the week, from whatever day', () => {
    for (const payDay of payDays)
      for (let ahead = 0; ahead < 14; ahead += 1) {
        const from = addDays(day('2026-12-25'), ahead);
        const next = nextPayDay(from, payDay);
        expect(payDayOf(next)).toBe(payDay);
        expect(daysBetween(from, next)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(from, next)).toBeLessThan(7);
      }
  });
});

describe('a birthday', () => {
  for (const [born, years, on] of [
    ['2025-12-06', 1, '2026-12-06'],
    ['2022-12-06', 4, '2026-12-06'],
    ['2024-02-29', 1, '2025-03-01'],
    ['2024-02-29', 4, '2028-02-29'],
    ['2096-02-29', 4, '2100-03-01'],
    ['2023-02-28', 1, '2024-02-28'],
    ['2024-12-31', 1, '2025-12-31'],
    ['2026-05-05', 0, '2026-05-05'],
  ] as const)
    it(`number ${years} of somebody born on ${born} is on ${on}`, () => {
      expect(birthday(day(born), years)).toBe(on);
    });
});
