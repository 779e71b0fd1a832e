import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { exportDiskFull } from '../payment-problems.ts';

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
