import type { DayClosing } from '../../../src/stand-ins/bank/account.ts';
import type { StatementFormat } from '../../../src/stand-ins/bank/statements.ts';

/** One week of the quarter: when its run is made, and what is odd about it. */
export interface WeekOfQuarter {
  readonly payDate: string;
  /** The day its run is made and handed in. */
  readonly workDay: string;
  readonly what: string;
  /** What goes wrong with files handed in. */
  readonly faults?: object;
  /** What is odd about the bank's days. */
  readonly bank?: Omit<DayClosing, 'day' | 'statement'>;
  /** Accounts of families that join this week; each comes back with its code, or its details are wrong. */
  readonly joins?: readonly string[];
  readonly rescueBy?: string;
  /** Nobody asks the bank: the statement tells. */
  readonly isLeftToTheStatement?: boolean;
  readonly areReportsReversed?: boolean;
  /** Statements are taken in two days at a time, the later one first. */
  readonly areStatementsLate?: boolean;
}

/** A quarter of weekly runs: everything a bank does, once at least. */
export const weeks: readonly WeekOfQuarter[] = [
  {
    ...{ payDate: '2026-11-26', workDay: '2026-11-23', what: 'reports come twice and out of order' },
    ...{ joins: ['99900000', '99900003'], faults: { doubleReports: true }, areReportsReversed: true },
  },
  {
    payDate: '2026-12-03',
    workDay: '2026-11-30',
    what: 'an answer is lost: a person asks',
    faults: { loseAnswers: 1, holdReports: true },
  },
  {
    payDate: '2026-12-10',
    workDay: '2026-12-07',
    what: 'a file is rejected and goes again',
    faults: { reject: 1 },
    rescueBy: 'faster-payments',
  },
  {
    ...{ payDate: '2026-12-17', workDay: '2026-12-14', what: 'details are wrong, and lines name nothing of ours' },
    ...{ joins: ['99900033', '99900030'], bank: { isQuiet: true } },
  },
  {
    payDate: '2026-12-24',
    workDay: '2026-12-21',
    what: 'what comes back is one line',
    joins: ['99900005', '99900011', '99900002'],
    bank: { isLumped: true },
  },
  {
    payDate: '2026-12-31',
    workDay: '2026-12-29',
    what: 'returns are told days late, over the holidays',
    joins: ['99900012'],
    bank: { reportsLate: 3 },
  },
  {
    ...{ payDate: '2027-01-07', workDay: '2027-01-04', what: 'an answer is lost, and the statement tells' },
    ...{ faults: { loseAnswers: 1, holdReports: true }, isLeftToTheStatement: true },
  },
  {
    payDate: '2027-01-14',
    workDay: '2027-01-11',
    what: 'a charge, and a payment nobody made',
    joins: ['99900003'],
    bank: { isStrange: true },
  },
  { payDate: '2027-01-21', workDay: '2027-01-18', what: 'lines are in another order', bank: { isReordered: true } },
  { payDate: '2027-01-28', workDay: '2027-01-25', what: 'statements come late', areStatementsLate: true },
  {
    payDate: '2027-02-04',
    workDay: '2027-02-01',
    what: 'returns are told too late for the rules',
    joins: ['99900000'],
    bank: { reportsLate: 8 },
  },
  {
    payDate: '2027-02-11',
    workDay: '2027-02-08',
    what: 'a file never arrives and goes again',
    faults: { lose: 1 },
    rescueBy: 'pain001',
  },
  { payDate: '2027-02-18', workDay: '2027-02-15', what: 'all goes well' },
];

const HOLIDAYS = ['2026-12-25', '2026-12-28', '2027-01-01'];
const FORMATS: readonly StatementFormat[] = ['camt.053', 'mt940', 'csv'];

/** The days a bank is open from one day to another. */
export function bankDays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (![0, 6].includes(new Date(at).getUTCDay()) && !HOLIDAYS.includes(day)) days.push(day);
  }
  return days;
}

/** Asks for statements daily in one week and on Fridays in the next, in each layout turn about. */
export class StatementsInTurn {
  #asked = 0;

  for(day: string, week: number): StatementFormat | undefined {
    if (week % 2 === 1 && !isFriday(day)) return undefined;
    this.#asked += 1;
    return FORMATS[this.#asked % FORMATS.length];
  }
}

/** Says whether a day is the last of its working week. */
export function isFriday(day: string): boolean {
  return new Date(day).getUTCDay() === 5;
}

/** The day before a day. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
