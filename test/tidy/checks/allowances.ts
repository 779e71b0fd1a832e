import type { Allowance } from '../manners.ts';
import type { HouseFile } from './house-files.ts';
import type { Violation } from './violation.ts';

/** Says whether a line of a file is knowingly allowed. */
export function isAllowed(allowances: readonly Allowance[], path: string, line: string): boolean {
  return allowances.some((each) => covers(each, path) && line.includes(each.line));
}

/** Finds allowances that allow nothing any more. */
export function staleAllowances(allowances: readonly Allowance[], files: readonly HouseFile[]): Violation[] {
  return allowances
    .filter((each) => !files.some((file) => covers(each, file.path) && file.text.includes(each.line)))
    .map((each) => ({
      file: 'test/tidy/manners.ts',
      found: `allows "${each.line}" in ${each.file}, where it is no longer written`,
      cure: 'Take the allowance away.',
    }));
}

function covers(allowance: Allowance, path: string): boolean {
  return allowance.file.endsWith('/') ? path.startsWith(allowance.file) : path === allowance.file;
}
