import { writeAllowed } from './cells/cell-reading.ts';
import { familyFileColumns } from './family-file-columns.ts';

const rules = [
  'A family file is a UTF-8 CSV file, separated by commas: one header line, then one row for each member.',
  'The rows of a family stand together. What is said for the family goes on its first row.',
  'A later row leaves it blank or repeats it. Dates are written 2026-12-01.',
  'All or nothing: if any line is wrong, every problem is listed and nothing is imported.',
];

/** Tells an operator at the command line what a family file holds: plain lines, the rules and then each column. */
export function describeFamilyFile(): readonly string[] {
  const columns = familyFileColumns.map((column) => {
    const said = column.about === 'family' ? 'first row of the family' : 'every row';
    const blank = column.blankMeans === undefined ? '' : ` Blank means ${column.blankMeans}.`;
    const needed = column.required ? 'required' : 'optional';
    return `${column.name} (${said}, ${needed}): ${column.meaning} ${writeAllowed(column)}${blank}`;
  });
  return [...rules, ...columns];
}
