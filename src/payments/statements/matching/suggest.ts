import { daysBetween } from '../../../kernel/index.ts';
import type { BankLine, Expected } from './bank-facts.ts';
import { isInTime, names, wordsOf } from './candidates.ts';

/** Something a line may be, and why it was not matched by itself. */
export interface Suggestion {
  readonly expected: Expected;
  readonly why: string;
}

const MOST = 5;

/**
 * Suggests to a person what a line may be, the likeliest first, each with its reason. The rules left it because more than
 * one thing fits, or because something does not.
 */
export function suggest(line: BankLine, expected: readonly Expected[], others: readonly BankLine[]): Suggestion[] {
  const words = wordsOf(line);
  const found = expected
    .filter((each) => each.direction === line.direction)
    .map((each) => ({ expected: each, ...weigh(line, each, names(words, each), expected, others) }))
    .filter(({ weight }) => weight > 0);
  const nearest = (each: Expected): number => Math.abs(daysBetween(each.due, line.date));
  return found
    .toSorted(
      (a, b) => b.weight - a.weight || nearest(a.expected) - nearest(b.expected) || byId(a.expected, b.expected),
    )
    .slice(0, MOST)
    .map(({ expected: each, why }) => ({ expected: each, why }));
}

function weigh(
  line: BankLine,
  each: Expected,
  isNamed: boolean,
  expected: readonly Expected[],
  others: readonly BankLine[],
): { weight: number; why: string } {
  const isSame = each.amount === line.amount;
  const inTime = isInTime(line, each);
  if (isNamed && isSame)
    return {
      weight: 5,
      why: inTime ? 'The bank names it, but another line does too' : 'The bank names it, on a day nobody expects',
    };
  if (isNamed) return { weight: 4, why: `The bank names it, but it came to ${each.amount}` };
  if (isSame && inTime) return { weight: 3, why: rivals(line, each, expected, others) };
  if (isSame) return { weight: 2, why: 'The same amount, on another day than expected' };
  return { weight: 0, why: '' };
}

function rivals(line: BankLine, each: Expected, expected: readonly Expected[], others: readonly BankLine[]): string {
  const alike = (other: { amount: string; direction: string }): boolean =>
    other.amount === line.amount && other.direction === line.direction;
  const files = expected.filter((other) => alike(other) && isInTime(line, other)).length;
  const lines = others.filter((other) => other.id !== line.id && alike(other) && isInTime(other, each)).length;
  if (files > 1) return `The same amount and days, but ${files} things fit this line`;
  if (lines > 0) return `The same amount and days, but ${lines + 1} lines fit it`;
  return 'The same amount and days, but the bank names something else, or a person took it apart';
}

function byId(a: Expected, b: Expected): number {
  return a.id < b.id ? -1 : 1;
}
