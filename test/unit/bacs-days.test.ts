import { readFileSync } from 'node:fs';
import { bacsDate, bacsDays, lateBacsDays, openingDay } from '../../src/calendar/domain/bacs-days.ts';
import { readBankHolidays } from '../../src/calendar/domain/bank-holidays.ts';
import { WorkingCalendar, workingCalendarOf } from '../../src/calendar/domain/working-calendar.ts';
import { DomainError, plainDate } from '../../src/kernel/index.ts';

// Compiled tests run from dist/test/unit; what they read stays in the source tree.
const source = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

const govUk = source('src/calendar/data/bank-holidays.json');
const holidays = readBankHolidays(govUk);
const bacs = workingCalendarOf(holidays, 'england-and-wales');
const scotland = workingCalendarOf(holidays, 'scotland');
const day = plainDate;

describe('the three days of Bacs', () => {
  const [, ...rows] = source('test/vectors/bacs-calendar.csv').trimEnd().split('\n');

  for (const row of rows) {
    const [payDate = '', why, entryDay, processingDay, inputDay, uhl1] = row.split(',');
    it(`pays ${payDate} (${why}) on ${entryDay}, handed in by ${inputDay}`, () => {
      const days = bacsDays(day(payDate), bacs, bacs);
      expect(days).toEqual({ entryDay, processingDay, inputDay });
      expect(bacsDate(days.processingDay)).toBe(uhl1);
    });
  }

  it('has vectors to check', () => {
    expect(rows).toHaveLength(9);
  });

  it('pays a Scottish family before a day its council is closed but the banks are open', () => {
    expect(bacsDays(day('2026-11-30'), scotland, bacs)).toEqual({
      entryDay: '2026-11-27',
      processingDay: '2026-11-26',
      inputDay: '2026-11-25',
    });
  });

  it('pays a Scottish family before a day the banks are closed but its council is open', () => {
    expect(scotland.isWorkingDay(day('2027-03-29'))).toBe(true);
    expect(bacsDays(day('2027-03-29'), scotland, bacs).entryDay).toBe('2027-03-25');
  });

  it('lets the banks work through a Scottish holiday between input and entry', () => {
    expect(bacsDays(day('2026-12-01'), scotland, bacs).processingDay).toBe('2026-11-30');
  });

  it('moves everything when a holiday is announced at short notice', () => {
    const announced = new WorkingCalendar([
      ...holidays['england-and-wales'].map(({ date }) => date),
      day('2026-11-23'),
    ]);
    expect(bacsDays(day('2026-11-24'), announced, announced)).toEqual({
      entryDay: '2026-11-24',
      processingDay: '2026-11-20',
      inputDay: '2026-11-19',
    });
  });

  it('pays a late run two Bacs days after it is handed in', () => {
    expect(lateBacsDays(day('2026-12-23'), bacs)).toEqual({
      inputDay: '2026-12-23',
      processingDay: '2026-12-24',
      entryDay: '2026-12-29',
    });
  });

  it('hands a late run in on the next Bacs day when today is not one', () => {
    expect(lateBacsDays(day('2026-12-25'), bacs)).toEqual({
      inputDay: '2026-12-29',
      processingDay: '2026-12-30',
      entryDay: '2026-12-31',
    });
  });
});

describe('the day a run opens', () => {
  it("is counted in the council's own working days", () => {
    expect(openingDay(day('2026-12-02'), 2, bacs)).toBe('2026-11-30');
    expect(openingDay(day('2026-12-02'), 2, scotland)).toBe('2026-11-27');
  });

  it('is the input day itself without lead days, or the working day before it when the council is closed', () => {
    expect(openingDay(day('2026-11-27'), 0, scotland)).toBe('2026-11-27');
    expect(openingDay(day('2026-11-30'), 0, scotland)).toBe('2026-11-27');
  });

  it('is never after the input day', () => {
    expect(() => openingDay(day('2026-11-27'), -1, bacs)).toThrow(RangeError);
  });
});

describe('a working calendar', () => {
  it('counts from a day off to the first working day as one', () => {
    expect(bacs.addWorkingDays(day('2026-11-28'), 1)).toBe('2026-11-30');
    expect(bacs.addWorkingDays(day('2026-11-28'), -1)).toBe('2026-11-27');
  });

  it('gives the day back unchanged for nought', () => {
    expect(bacs.addWorkingDays(day('2026-11-28'), 0)).toBe('2026-11-28');
  });

  it('refuses part of a day', () => {
    expect(() => bacs.addWorkingDays(day('2026-11-28'), 0.5)).toThrow(RangeError);
  });

  it('says how far it can answer', () => {
    expect(bacs.knownTo).toBe('2028-12-31');
    expect(new WorkingCalendar([]).knownTo).toBeUndefined();
  });

  it('knows that divisions differ', () => {
    const northernIreland = workingCalendarOf(holidays, 'northern-ireland');
    expect(northernIreland.isWorkingDay(day('2027-03-17'))).toBe(false);
    expect(bacs.isWorkingDay(day('2027-03-17'))).toBe(true);
  });
});

describe('a Bacs label date', () => {
  it('is a blank, two digits of the year and three of the day of the year', () => {
    expect(bacsDate(day('2026-01-01'))).toBe(' 26001');
    expect(bacsDate(day('2028-12-31'))).toBe(' 28366');
  });
});

describe('a list of bank holidays', () => {
  type File = Record<string, { division: string; events: Record<string, unknown>[] }>;
  const refusalOf = (text: string): DomainError => {
    try {
      readBankHolidays(text);
    } catch (error) {
      if (error instanceof DomainError) return error;
    }
    throw new Error('it was not refused');
  };
  const broken = (change: (file: File) => void): DomainError => {
    const file = JSON.parse(govUk) as File;
    change(file);
    return refusalOf(JSON.stringify(file));
  };

  it('keeps every day of every division in date order', () => {
    expect(Object.values(holidays).map((list) => list.length)).toEqual([140, 157, 174]);
    expect(holidays.scotland[0]).toEqual({ date: '2012-01-02', title: '2nd January' });
  });

  it('refuses what is not JSON', () => {
    expect(refusalOf('<html>').code).toBe('not_bank_holidays');
  });

  it('refuses a file without one of the divisions', () => {
    expect(broken((file) => delete file['scotland']).items).toMatchObject([{ field: 'scotland' }]);
  });

  it('refuses a division without holidays', () => {
    expect(broken((file) => (file['scotland']!.events = [])).items).toMatchObject([{ field: 'scotland.events' }]);
  });

  it("refuses one division under another's name", () => {
    const { items } = broken((file) => (file['scotland']!.division = 'northern-ireland'));
    expect(items).toMatchObject([{ field: 'scotland.division' }]);
  });

  for (const impossible of ['2027-02-29', '2026-13-01', '25/12/2026', '', null, 20261225]) {
    it(`refuses the day ${JSON.stringify(impossible)}`, () => {
      const { items } = broken((file) => (file['scotland']!.events[3]!['date'] = impossible));
      expect(items).toMatchObject([{ field: 'scotland.events.3.date' }]);
    });
  }

  it('refuses a day twice in one division, and says which', () => {
    const { items } = broken((file) => file['scotland']!.events.push(file['scotland']!.events[0]!));
    expect(items).toEqual([{ field: 'scotland.events.157.date', reason: '2012-01-02 is in this division twice.' }]);
  });

  it('lists every wrong place at once', () => {
    const { items } = broken((file) => {
      file['scotland']!.events[0]!['date'] = '2012-02-30';
      file['northern-ireland']!.events[5]!['title'] = '';
      delete file['england-and-wales']!.events[1]!['bunting'];
    });
    expect(items.map((item) => item.field)).toEqual([
      'england-and-wales.events.1.bunting',
      'scotland.events.0.date',
      'northern-ireland.events.5.title',
    ]);
  });
});
