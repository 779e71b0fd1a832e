import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Check, sentence } from './checks/violation.ts';

/** Builds a small house with a fault in it, checks it, clears it away, and gives what the check said. */
export async function faultsPlanted(check: Check, files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'mainstay-planted-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return (await check(root)).map(sentence);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Writes a migration of some SQL. */
export function migration(sql: string): string {
  return `export const up = \`\n${sql}\n\`;\n`;
}
