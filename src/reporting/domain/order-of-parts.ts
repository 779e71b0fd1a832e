import type { Money } from '../../kernel/index.ts';
import type { Sorting } from './spend-query.ts';

/** What a part is put in order by. */
export interface Orderable {
  readonly key: string | null;
  readonly name: string;
  readonly households: number;
  readonly committed: Money;
  readonly spent: Money;
  readonly forecast: Money | null;
  readonly costPerHouseholdWeek: Money | null;
}

/** Puts parts in the order a reader chose; what has no figure, and what is not written down, comes last. */
export function inOrder<T extends Orderable>(parts: readonly T[], by: Sorting, order: 'ascending' | 'descending'): T[] {
  const turn = order === 'ascending' ? 1 : -1;
  return parts.toSorted((a, b) => missing(a, b, by) || turn * compared(a, b, by) || byName(a, b));
}

const figureOf = (part: Orderable, by: Exclude<Sorting, 'name' | 'households'>): Money | null =>
  by === 'cost' ? part.costPerHouseholdWeek : part[by];

function missing(a: Orderable, b: Orderable, by: Sorting): number {
  const lacks = (part: Orderable): boolean =>
    by === 'name' ? part.key === null : by !== 'households' && figureOf(part, by) === null;
  return Number(lacks(a)) - Number(lacks(b));
}

function compared(a: Orderable, b: Orderable, by: Sorting): number {
  if (by === 'name') return byName(a, b);
  if (by === 'households') return a.households - b.households;
  const [first, second] = [figureOf(a, by), figureOf(b, by)];
  return first && second ? first.compare(second) : 0;
}

/** Months stand in the order of the year: their names would put April first. */
function byName(a: Orderable, b: Orderable): number {
  const of = (part: Orderable): string => (/^\d{4}-\d{2}$/.test(part.key ?? '') ? (part.key as string) : part.name);
  return of(a).localeCompare(of(b), 'en-GB');
}
