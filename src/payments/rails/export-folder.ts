import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { authorityOf } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { exportDiskFull } from '../payment-problems.ts';
import type { Rail } from './rail.ts';

/** Names a run's file of one rail. */
export function runFileName(rail: Rail, run: { readonly id: string; readonly payDate: string }): string {
  return `${rail.name}-${run.payDate}-run-${run.id}${rail.ending}`;
}

/** Names a file that is of no run alone: by the day the money arrives and its serial. */
export function otherFileName(rail: Rail, purpose: string, entryDay: PlainDate, serial: string): string {
  return `${rail.name}-${entryDay}-${purpose}-${serial}${rail.ending}`;
}

/** Finds the folder a council's bank files are copied to. */
export async function exportFolder(tx: Transaction, exportDir: string): Promise<string> {
  return join(exportDir, (await authorityOf(tx)).slug);
}

/**
 * Puts a bank file on disk for the finance officer, whole or not at all: written beside, synced, then renamed.
 * @throws export_disk_refused with what the system said (no space, no permission)
 */
export async function writeExportToDisk(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(`${path}.part`, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.part`, path);
    return path;
  } catch (error) {
    throw exportDiskFull(`The system said: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}.`);
  }
}
