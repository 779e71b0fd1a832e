import type { ProblemItem } from '../../../kernel/index.ts';
import { type ColumnName, familyFileColumns } from './family-file-columns.ts';
import { FileProblems, wholeFileRefused } from './file-problems.ts';
import { nearestName } from './nearest-name.ts';
import { type CellProblem, quoted } from './cells/cell-reading.ts';

/** Says where each column of a file stands, for the reader of its rows. Absent: the file does not have it. */
export interface Header {
  /** The names of the columns in the order of the file. */
  readonly columns: readonly string[];
  readonly at: Readonly<Partial<Record<ColumnName, number>>>;
}

const names: readonly string[] = familyFileColumns.map((column) => column.name);
const otherSeparators = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'vertical bars'],
] as const;

/**
 * Reads the first line for an operator: which column stands where, whatever the order and the capital letters.
 * @throws family_file_refused for other separators, no header, and columns missing, unknown, nameless or twice there
 */
export function readHeader(line: number, cells: readonly string[]): Header {
  const written = cells.map((cell) => cell.trim().toLowerCase());
  if (!written.some((name) => names.includes(name))) refuseNoHeader(line, cells);
  const problems = new FileProblems();
  const at: Partial<Record<ColumnName, number>> = {};
  written.forEach((name, index) => {
    const twice = at[name as ColumnName];
    if (!names.includes(name)) problems.add({ line, ...unknownColumn(name, index) });
    else if (twice === undefined) at[name as ColumnName] = index;
    else problems.add({ line, column: name, ...columnTwice(name, twice, index) });
  });
  for (const { name, required, meaning } of familyFileColumns) {
    if (!required || at[name] !== undefined) continue;
    const whatToDo = `Add a column named ${name}. ${meaning}`;
    problems.add({ line, column: name, reason: `The column ${name} is missing.`, whatToDo });
  }
  problems.refuseIfAny();
  return { columns: written, at };
}

function unknownColumn(name: string, index: number): ProblemItem {
  if (name === '') {
    const whatToDo = 'Delete the empty column, or give it its name.';
    return { reason: `Column ${index + 1} has no name.`, whatToDo };
  }
  const nearest = nearestName(name, names);
  return {
    column: quoted(name).slice(1, -1),
    reason: `There is no column named ${quoted(name)}.`,
    whatToDo: nearest ? `Did you mean ${nearest}? Rename it.` : `Delete it. The columns are: ${names.join(', ')}.`,
  };
}

function columnTwice(name: string, first: number, second: number): CellProblem {
  return {
    reason: `The column ${name} is there twice: column ${first + 1} and column ${second + 1}.`,
    whatToDo: 'Delete the one that is not right.',
  };
}

function refuseNoHeader(line: number, cells: readonly string[]): never {
  const whole = cells.join(',').toLowerCase();
  for (const [mark, marks] of otherSeparators) {
    if (!whole.split(mark).some((name) => names.includes(name.trim()))) continue;
    throw wholeFileRefused(`The file is separated by ${marks}.`, 'Save it as CSV separated by commas.', line);
  }
  if (/^"?sep=/.test(whole)) {
    throw wholeFileRefused('The first line says "sep=" and not the column names.', 'Delete the first line.', line);
  }
  const whatToDo = `Make the first line the names of the columns, starting with ${names.slice(0, 3).join(',')}.`;
  throw wholeFileRefused('The first line does not name the columns.', whatToDo, line);
}
