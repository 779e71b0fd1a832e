import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModulusTables } from './domain/modulus/modulus-tables.ts';
import { modulusTablesRefused, readTables } from './domain/modulus/read-tables.ts';

/**
 * Reads the banks' tables from the folder an operator put them in. They are the banks' copyright and come with no release.
 * @throws modulus_tables_refused
 */
export async function modulusTablesIn(folder: string): Promise<ModulusTables> {
  const names = await readdir(folder).catch(() => {
    throw modulusTablesRefused('That folder cannot be read.');
  });
  const text = (name: RegExp): Promise<string> => readFile(join(folder, theOnly(names, name)), 'ascii');
  return readTables(await text(/^valacdos\w*\.txt$/i), await text(/^scsubtab\w*\.txt$/i));
}

function theOnly(names: readonly string[], pattern: RegExp): string {
  const [name, ...more] = names.filter((each) => pattern.test(each));
  if (name === undefined || more.length > 0)
    throw modulusTablesRefused(
      `${more.length > 0 ? 'More than one file is' : 'No file is'} named like ${pattern.source}.`,
    );
  return name;
}
