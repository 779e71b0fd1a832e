import type { PlainDate } from '../../src/kernel/index.ts';
import { type BankLine, type Expected, matchLines, pairOf } from '../../src/payments/index.ts';

const day = (text: string): PlainDate => text as PlainDate;
const line = (id: string, amount: string, changes: Partial<BankLine> = {}): BankLine => ({
  ...{ id, amount, direction: 'debit', date: day('2026-11-26'), words: '', ...changes },
});
const file = (id: string, amount: string, changes: Partial<Expected> = {}): Expected => ({
  ...{
    source: 'file',
    id,
    amount,
    direction: 'debit',
    from: day('2026-11-24'),
    due: day('2026-11-26'),
    keys: [`S${id}`],
  },
  ...changes,
});
const found = (...asked: Parameters<typeof matchLines>) =>
  matchLines(...asked).map(({ lineId, documentId, amount, how }) => [lineId, documentId, amount, how]);

describe('Matching', () => {
  it('takes the file a line names, although another has the same amount', () => {
    const files = [file('1', '10.00'), file('2', '10.00')];
    expect(found([line('a', '10.00', { words: 'BACS s2 NORTHSHIRE' })], files)).toEqual([
      ['a', '2', '10.00', 'reference'],
    ]);
  });

  it('takes the only file of that amount and those days, although the line says nothing', () => {
    expect(found([line('a', '10.00')], [file('1', '10.00'), file('2', '11.00')])).toEqual([
      ['a', '1', '10.00', 'amount-and-day'],
    ]);
  });

  it('leaves a line that two files fit, and a file that two lines fit, to a person', () => {
    expect(found([line('a', '10.00')], [file('1', '10.00'), file('2', '10.00')])).toEqual([]);
    expect(found([line('a', '10.00'), line('b', '10.00')], [file('1', '10.00')])).toEqual([]);
    const both = { words: 'S1' };
    expect(found([line('a', '10.00', both), line('b', '10.00', both)], [file('1', '10.00')])).toEqual([]);
  });

  it('leaves a line that names one file and comes to another', () => {
    expect(found([line('a', '10.00', { words: 'S2' })], [file('1', '10.00'), file('2', '20.00')])).toEqual([]);
  });

  it('leaves what came too early, too late, the other way, or of another amount', () => {
    const files = [file('1', '10.00')];
    expect(found([line('a', '10.00', { date: day('2026-11-23') })], files)).toEqual([]);
    expect(found([line('a', '10.00', { date: day('2026-12-07'), words: 'S1' })], files)).toEqual([]);
    expect(found([line('a', '10.00', { direction: 'credit', words: 'S1' })], files)).toEqual([]);
    expect(found([line('a', '10.01', { words: 'S1' })], files)).toEqual([]);
  });

  it('finds one line that is the total of all that was due on a day', () => {
    const files = [file('1', '10.00'), file('2', '5.50'), file('3', '99.00', { due: day('2026-11-27') })];
    expect(found([line('a', '15.50')], files)).toEqual([
      ['a', '1', '10.00', 'total-of-a-day'],
      ['a', '2', '5.50', 'total-of-a-day'],
    ]);
  });

  it('finds lines that all name one file and together come to it', () => {
    const parts = [line('a', '6.00', { words: 'S1 PART 1' }), line('b', '4.00', { words: 'S1 PART 2' })];
    expect(found(parts, [file('1', '10.00')])).toEqual([
      ['a', '1', '6.00', 'parts'],
      ['b', '1', '4.00', 'parts'],
    ]);
    expect(found(parts, [file('1', '10.01')])).toEqual([]);
  });

  it('does not join again what a person took apart', () => {
    expect(found([line('a', '10.00')], [file('1', '10.00')], new Set([pairOf('a', 'file', '1')]))).toEqual([]);
  });
});
