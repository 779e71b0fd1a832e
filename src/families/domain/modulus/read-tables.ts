import { defineProblem, type ProblemItem } from '../../../kernel/index.ts';
import type { ModulusMethod, ModulusTables, WeightRow } from './modulus-tables.ts';

/** Tells an operator which lines of the modulus tables cannot be read. */
export const modulusTablesRefused = defineProblem('modulus_tables_refused', {
  status: 500,
  title: 'The modulus tables cannot be used',
  whatToDo:
    'Put one valacdos*.txt and one scsubtab*.txt, as Vocalink publishes them, in a folder of their own, and try again.',
});

const DIGITS = 14;
const LAST_EXCEPTION = 14;

/** Reads the tables for an operator who loads them, all or nothing. @throws modulus_tables_refused with every wrong line */
export function readTables(weights: string, substitutes: string): ModulusTables {
  const items: ProblemItem[] = [];
  const rows = linesOf(weights).flatMap(([line, words]) => {
    const row = weightRow(words);
    if (!row)
      items.push({ line, column: 'weights', reason: 'This is no range, method, fourteen weights and exception.' });
    return row ?? [];
  });
  const pairs = linesOf(substitutes).flatMap(([line, words]): [string, string][] => {
    const [from = '', to = '', ...more] = words;
    if (isSortCode(from) && isSortCode(to) && more.length === 0) return [[from, to]];
    items.push({ line, column: 'substitutes', reason: 'These are not two sort codes.' });
    return [];
  });
  if (rows.length === 0) items.push({ column: 'weights', reason: 'The table of weights is empty.' });
  if (items.length > 0) throw modulusTablesRefused(`${items.length} lines cannot be read.`, items);
  return { rows, substitutes: new Map(pairs) };
}

function linesOf(text: string): [line: number, words: string[]][] {
  return text.split(/\r?\n/).flatMap((line, at) => (line.trim() ? [[at + 1, line.trim().split(/\s+/)]] : []));
}

function weightRow(words: readonly string[]): WeightRow | undefined {
  const [from = '', to = '', method = '', ...numbers] = words;
  const weights = numbers.slice(0, DIGITS).map(Number);
  const exception = Number(numbers[DIGITS] ?? 0);
  const isWhole =
    [from, to].every(isSortCode) && from <= to && isMethod(method) && [DIGITS, DIGITS + 1].includes(numbers.length);
  if (!isWhole || !numbers.every((each) => /^-?\d{1,3}$/.test(each))) return undefined;
  return exception >= 0 && exception <= LAST_EXCEPTION ? { from, to, method, weights, exception } : undefined;
}

function isMethod(word: string): word is ModulusMethod {
  return word === 'MOD10' || word === 'MOD11' || word === 'DBLAL';
}

function isSortCode(word: string): boolean {
  return /^\d{6}$/.test(word);
}
