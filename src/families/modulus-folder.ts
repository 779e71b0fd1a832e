import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModulusTables } from './domain/modulus/modulus-tables.ts';
import { modulusTablesRefused, readTables } from './domain/modulus/read-tables.ts';

const WEIGHTS = /^valacdos\w*\.txt$/i;
const SUBSTITUTES = /^scsubtab\w*\.txt$/i;

/**
 * Reads the banks' tables from the folder an operator put them in. They are the banks' copyright and come with no release.
 * @throws modulus_tables_refused, also where there are none
 */
export async function modulusTablesIn(folder: string): Promise<ModulusTables> {
  const tables = await modulusTablesWhereThere(folder);
  if (!tables) throw modulusTablesRefused('That folder is not there, or has no tables in it.');
  return tables;
}

/**
 * Reads the banks' tables where there are any; nothing where there is no such folder, or neither table in it.
 * @throws modulus_tables_refused for tables that are there and cannot be used
 */
export async function modulusTablesWhereThere(folder: string): Promise<ModulusTables | undefined> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw modulusTablesRefused('That folder cannot be read.');
  });
  if (!names.some((name) => WEIGHTS.test(name) || SUBSTITUTES.test(name))) return undefined;
  const text = (name: RegExp): Promise<string> => readFile(join(folder, theOnly(names, name)), 'ascii');
  return readTables(await text(WEIGHTS), await text(SUBSTITUTES));
}

function theOnly(names: readonly string[], pattern: RegExp): string {
  const [name, ...more] = names.filter((each) => pattern.test(each));
  if (name === undefined || more.length > 0)
    throw modulusTablesRefused(
      `${more.length > 0 ? 'More than one file is' : 'No file is'} named like ${pattern.source}.`,
    );
  return name;
}
