import type { PlainDate } from '../../src/kernel/index.ts';
import {
  nextPayDate,
  payDatesFrom,
  payDateTerms,
  type Rhythm,
  rhythmOn,
} from '../../src/subsistence/domain/pay-rhythm.ts';
import { firstMoved, type MoveTerms } from '../../src/subsistence/domain/plan-move.ts';

const day = (text: string): PlainDate => text as PlainDate;
const thursdays: Rhythm = { payDay: 4, frequencyDays: 7, moves: [] };
const promised = ['2026-12-03', '2026-12-10', '2026-12-17', '2026-12-24'].map(day);
const earlier: Rhythm = {
  ...thursdays,
  moves: [{ oldDate: day('2026-12-10'), newDate: day('2026-12-08'), payDay: 2, frequencyDays: 7 }],
};
const later: Rhythm = {
  ...thursdays,
  moves: [{ oldDate: day('2026-12-10'), newDate: day('2026-12-11'), payDay: 5, frequencyDays: 14 }],
};
const to = (payDay: number, from: string, frequencyDays: MoveTerms['frequencyDays'] = null): MoveTerms => ({
  ...{ payDay, frequencyDays },
  from: day(from),
});

describe('the first date a move changes', () => {
  it('is the first promised one whose old and new day are both late enough', () => {
    const tuesday = to(2, '2026-12-02');
    expect(firstMoved(thursdays, promised, tuesday, tuesday.from)).toMatchObject({
      ...{ oldDate: '2026-12-10', newDate: '2026-12-08' },
    });
    expect(firstMoved(thursdays, promised, tuesday, day('2026-12-09'))).toMatchObject({ newDate: '2026-12-15' });
  });

  it('counts from the old day where the new one is later', () => {
    expect(firstMoved(thursdays, promised, to(5, '2026-12-04'), day('2026-12-10'))).toMatchObject({
      ...{ oldDate: '2026-12-10', newDate: '2026-12-11' },
    });
  });

  it('is nothing where nothing changes, or no promised date is late enough', () => {
    expect(firstMoved(thursdays, promised, to(4, '2026-12-01'), day('2026-12-01'))).toBeUndefined();
    expect(firstMoved(thursdays, promised, to(2, '2026-12-23'), day('2026-12-23'))).toBeUndefined();
  });

  it('is the same day where only how often changes', () => {
    expect(firstMoved(thursdays, promised, to(4, '2026-12-01', 14), day('2026-12-01'))).toMatchObject({
      ...{ oldDate: '2026-12-03', newDate: '2026-12-03', frequencyDays: 14 },
    });
  });
});

describe('what a pay date pays', () => {
  it('is up to the next date', () => {
    expect(payDateTerms(thursdays, day('2026-12-03'))).toEqual({ to: '2026-12-10', latestStart: '2026-12-03' });
  });

  it('is the days between, as a bridging payment, where the day moves later', () => {
    expect(payDateTerms(later, day('2026-12-10'))).toEqual({ to: '2026-12-11', latestStart: '2026-12-10' });
    expect(payDateTerms(later, day('2026-12-11'))).toEqual({ to: '2026-12-25', latestStart: '2026-12-11' });
  });

  it('begins where the last payment ends, where the day moves earlier', () => {
    expect(payDateTerms(earlier, day('2026-12-08'))).toEqual({ to: '2026-12-15', latestStart: '2026-12-10' });
  });

  it('is nothing on a day that is no longer theirs, or not yet', () => {
    expect(payDateTerms(earlier, day('2026-12-17'))).toBeUndefined();
    expect(payDateTerms(earlier, day('2026-12-01'))).toBeUndefined();
  });
});

describe('the pay date after one', () => {
  it('is the new day in place of the old where it comes earlier', () => {
    expect(nextPayDate(earlier, day('2026-12-03'))).toBe('2026-12-08');
    expect(payDatesFrom(earlier, day('2026-11-26'), 4)).toEqual([
      '2026-11-26',
      '2026-12-03',
      '2026-12-08',
      '2026-12-15',
    ]);
  });

  it('is the old day and then the new one where it comes later', () => {
    expect(payDatesFrom(later, day('2026-12-03'), 4)).toEqual(['2026-12-03', '2026-12-10', '2026-12-11', '2026-12-25']);
  });

  it('follows the pay day and frequency that hold on it', () => {
    expect(rhythmOn(later, day('2026-12-10'))).toEqual({ payDay: 4, frequencyDays: 7 });
    expect(rhythmOn(later, day('2026-12-11'))).toEqual({ payDay: 5, frequencyDays: 14 });
  });
});
