import { Money } from '../../../kernel/index.ts';
import type { BankLine, Expected, FoundBy, Match } from './bank-facts.ts';
import { grouped, isBarred, isInTime, Pairs, put, wordsOf } from './candidates.ts';

/**
 * Matches a council's bank lines to what the bank was to show, for whoever reconciles: only where nothing else fits.
 *
 * It looks at everything at once and picks nothing by order, so whatever came first, the answer is the same. In turn:
 * a line that names one thing of its amount; one line and one thing of the same amount in time; one line that is the
 * total of all that was due on a day; lines that all name one thing and together come to it. What two could be, is left.
 * @param barred pairs that a person took apart
 */
export function matchLines(
  lines: readonly BankLine[],
  expected: readonly Expected[],
  barred: ReadonlySet<string> = new Set(),
): Match[] {
  const work = new Matching(lines, expected, barred);
  work.byReference();
  work.byAmountAndDay();
  work.byTotalOfADay();
  work.byParts();
  return work.matches;
}

const alike = (each: { direction: string; amount: string }): string => `${each.direction}${each.amount}`;

class Matching {
  readonly matches: Match[] = [];
  readonly #lines: Set<BankLine>;
  readonly #expected: Set<Expected>;
  /** What the words of a line may mean; lines that name nothing are left out. */
  readonly #meant = new Map<BankLine, readonly Expected[]>();

  constructor(
    lines: readonly BankLine[],
    expected: readonly Expected[],
    private readonly barred: ReadonlySet<string>,
  ) {
    this.#lines = new Set(lines);
    this.#expected = new Set(expected);
    const byKey = new Map<string, Expected[]>();
    for (const each of expected) for (const key of each.keys) put(byKey, key.toUpperCase(), each);
    for (const line of lines) {
      const meant = meantBy(wordsOf(line), byKey);
      if (meant.length > 0) this.#meant.set(line, meant);
    }
  }

  byReference(): void {
    const pairs = new Pairs();
    for (const [line, meant] of this.#meant)
      for (const each of meant) if (each.amount === line.amount && this.#mayBe(line, each)) pairs.add(line, each);
    this.#take(pairs, 'reference');
  }

  byAmountAndDay(): void {
    const pairs = new Pairs();
    const bySum = grouped(this.#expected, alike);
    for (const line of this.#lines)
      for (const each of bySum.get(alike(line)) ?? []) if (this.#mayBe(line, each)) pairs.add(line, each);
    // A line that names something else is left to a person. All is decided before anything is taken.
    const sure = [...pairs.alone()].filter(([line, each]) => {
      const named = this.#named(line);
      return named.length === 0 || named.includes(each);
    });
    for (const [line, each] of sure) this.#match(line, [each], 'amount-and-day');
  }

  byTotalOfADay(): void {
    const days = grouped(this.#expected, (each) => `${each.direction} ${each.due}`);
    const totals = [...days.values()]
      .filter((group) => group.length > 1)
      .map((group) => ({ group, sum: sumOf(group) }));
    const fits = totals.map(({ group, sum }) => ({
      group,
      lines: [...this.#lines].filter(
        (line) =>
          line.direction === group[0]?.direction &&
          line.amount === sum &&
          group.every((each) => this.#mayBe(line, each)),
      ),
    }));
    const wanted = grouped(
      fits.flatMap(({ lines }) => lines),
      (line) => line.id,
    );
    for (const { group, lines } of fits) {
      const [line, ...others] = lines;
      if (line && others.length === 0 && wanted.get(line.id)?.length === 1) this.#match(line, group, 'total-of-a-day');
    }
  }

  byParts(): void {
    const parts = new Map<Expected, BankLine[]>();
    for (const line of this.#lines) {
      const [only, ...others] = this.#named(line);
      if (only && others.length === 0 && this.#expected.has(only)) parts.set(only, [...(parts.get(only) ?? []), line]);
    }
    for (const [each, lines] of parts)
      if (
        lines.length > 1 &&
        lines.every((line) => line.direction === each.direction) &&
        sumOf(lines) === each.amount
      ) {
        for (const line of lines) this.#note(line, each, line.amount, 'parts');
        this.#expected.delete(each);
      }
  }

  /** What a line names, of those that are left and may be it. */
  #named(line: BankLine): Expected[] {
    return (this.#meant.get(line) ?? []).filter((each) => this.#expected.has(each) && this.#mayBe(line, each));
  }

  #mayBe(line: BankLine, each: Expected): boolean {
    return line.direction === each.direction && isInTime(line, each) && !isBarred(this.barred, line, each);
  }

  #take(pairs: Pairs, how: FoundBy): void {
    for (const [line, each] of pairs.alone()) this.#match(line, [each], how);
  }

  #match(line: BankLine, group: readonly Expected[], how: FoundBy): void {
    for (const each of group) {
      this.#note(line, each, each.amount, how);
      this.#expected.delete(each);
    }
  }

  #note(line: BankLine, each: Expected, amount: string, how: FoundBy): void {
    this.matches.push({ lineId: line.id, source: each.source, documentId: each.id, amount, how });
    this.#lines.delete(line);
  }
}

/** What words mean, each once. */
function meantBy(words: readonly string[], byKey: ReadonlyMap<string, readonly Expected[]>): readonly Expected[] {
  let meant: readonly Expected[] = [];
  for (const word of words) {
    const found = byKey.get(word);
    if (found) meant = meant.length === 0 ? found : [...new Set([...meant, ...found])];
  }
  return meant;
}

function sumOf(things: readonly { amount: string }[]): string {
  return Money.sum(things.map((each) => Money.gbp(each.amount))).toString();
}
