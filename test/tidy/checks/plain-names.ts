import { basename } from 'node:path';
import { emptyNames } from '../manners.ts';
import { pathsUnder } from './house-files.ts';
import type { Violation } from './violation.ts';

/** Finds files and folders whose name says nothing. */
export function plainNames(root: string): Violation[] {
  return pathsUnder(root, ['src', 'test', 'migrations', 'docker'])
    .map((path) => ({ path, word: emptyWord(basename(path)) }))
    .filter(({ word }) => word !== undefined)
    .map(({ path, word }) => ({
      file: path,
      found: `is called "${word}", which says nothing about what is in it`,
      cure: 'Name it after what it does, or put its parts where they are used.',
    }));
}

function emptyWord(name: string): string | undefined {
  return name
    .toLowerCase()
    .split(/[-._]/)
    .find((word) => emptyNames.includes(word));
}
