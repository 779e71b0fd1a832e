import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const places = Array.from('uvwxyzabcdefgh');

/** One line of a made-up table of weights: only the digits named count. */
export function weights(
  sortCode: string,
  method: 'MOD10' | 'MOD11' | 'DBLAL',
  counted: Readonly<Record<string, number>>,
  exception?: number,
): string {
  return [sortCode, sortCode, method, ...places.map((place) => counted[place] ?? 0), exception ?? ''].join('  ');
}

/** The bank of the tests: an account number there ends in a nought. */
export const CHECKED_BANK = '000090';

/** Puts made-up tables into a folder of their own, named as the banks name theirs. */
export async function modulusFolder(
  lines: readonly string[] = [weights(CHECKED_BANK, 'MOD10', { h: 1 })],
): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-modulus-'));
  await writeFile(join(folder, 'valacdos000.txt'), `${lines.join('\r\n')}\r\n`);
  await writeFile(join(folder, 'scsubtab000.txt'), '000050 200000\r\n');
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
