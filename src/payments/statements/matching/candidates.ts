import { addDays, type PlainDate } from '../../../kernel/index.ts';
import { type BankLine, type Expected, pairOf } from './bank-facts.ts';

/** How long after its day the bank may still show something, before a person must look. */
export const DAYS_LATE = 10;

/** Says whether a line is booked on a day on which this may be shown. */
export function isInTime(line: BankLine, expected: Expected): boolean {
  return line.date >= expected.from && line.date <= lastDay(expected);
}

const lastDays = new Map<PlainDate, PlainDate>();
function lastDay({ due }: Expected): PlainDate {
  const known = lastDays.get(due);
  if (known) return known;
  const last = addDays(due, DAYS_LATE);
  if (lastDays.size > 1000) lastDays.clear();
  lastDays.set(due, last);
  return last;
}

/** The bank's words of a line, in capitals and without what stands between them. */
export function wordsOf(line: BankLine): string[] {
  return line.words.toUpperCase().split(/[^A-Z0-9]+/);
}

/** Says whether a line names this by one of its keys. */
export function names(words: readonly string[], expected: Expected): boolean {
  return expected.keys.some((key) => words.includes(key.toUpperCase()));
}

/** Groups things under a text. */
export function grouped<T>(things: Iterable<T>, keyOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) put(groups, keyOf(thing), thing);
  return groups;
}

/** Pairs that could be, seen from both sides: the one there is, or null where there are several. */
export class Pairs {
  readonly #ofLine = new Map<BankLine, Expected | null>();
  readonly #ofExpected = new Map<Expected, BankLine | null>();

  add(line: BankLine, expected: Expected): void {
    this.#ofLine.set(line, this.#ofLine.has(line) ? null : expected);
    this.#ofExpected.set(expected, this.#ofExpected.has(expected) ? null : line);
  }

  /** Those pairs of which each side has no other. */
  *alone(): Generator<readonly [BankLine, Expected]> {
    for (const [line, expected] of this.#ofLine)
      if (expected && this.#ofExpected.get(expected) === line) yield [line, expected];
  }
}

/** Adds one more to what is kept under a key. */
export function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Says whether a person has said that these two do not belong together. */
export function isBarred(barred: ReadonlySet<string>, line: BankLine, expected: Expected): boolean {
  return barred.size > 0 && barred.has(pairOf(line.id, expected.source, expected.id));
}
