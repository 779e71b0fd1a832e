import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What the folders of test servers begin with, in the machine's folder for passing things. */
export const HOMES = 'mainstay-tests-';

interface Owner {
  readonly jest: number;
  readonly pid: number;
  readonly dataDir: string;
}

/** Writes down whose server this is, so that a later run can tell when nobody is left to stop it. */
export function noteOwner(home: string, server: { pid: number; dataDir: string }): void {
  const owner: Owner = { jest: process.pid, pid: server.pid, dataDir: server.dataDir };
  writeFileSync(join(home, 'owner.json'), JSON.stringify(owner));
}

/** Stops and removes test servers whose jest was killed before it could. */
export function sweepAbandoned(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(HOMES))) {
    const owner = ownerOf(join(tmpdir(), name));
    if (!owner || isAlive(owner.jest)) continue;
    if (isAlive(owner.pid) && readText(join(owner.dataDir, 'postmaster.pid')).startsWith(`${owner.pid}\n`))
      process.kill(owner.pid, 'SIGQUIT');
    for (const folder of [join(tmpdir(), name), dirname(owner.dataDir)])
      rmSync(folder, { recursive: true, force: true });
  }
}

function ownerOf(home: string): Owner | undefined {
  const text = readText(join(home, 'owner.json'));
  return text ? (JSON.parse(text) as Owner) : undefined;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
