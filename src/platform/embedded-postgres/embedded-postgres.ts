import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync, openSync, closeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { findPostgres, type PostgresBinaries } from './binaries.ts';

/** A running Postgres of our own: how to reach it, and how to stop it. */
export interface EmbeddedPostgres {
  readonly port: number;
  readonly superuserPassword: string;
  readonly pid: number;
  readonly dataDir: string;
  /** True when this call started it, false when it was already running. */
  readonly started: boolean;
  url(role: string, password: string, database: string): string;
  /** Stops it. `crash` kills it as a power cut would. */
  stop(how?: 'fast' | 'crash'): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Folder for data, password and log. As root it is kept under /var/tmp instead, where the server's user can walk. */
  readonly home: string;
  /** Extra settings, for example `{ fsync: 'off' }` for tests. */
  readonly settings?: Record<string, string>;
  /** The port to listen on; a free one when absent. A server brought back after a crash keeps its port by this. */
  readonly port?: number;
}

/**
 * Starts (or finds already running) the embedded Postgres for a developer or a small council.
 *
 * Loopback only, a free port, a generated password, C.UTF-8 so that sorting is the same everywhere.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = findPostgres();
  const home = binaries.runAs ? sharedHome(options.home) : options.home;
  const dataDir = join(home, 'pg');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  if (binaries.runAs) chownSync(home, binaries.runAs.uid, binaries.runAs.gid);
  const password = initialise(binaries, home, dataDir);
  const running = await findRunning(dataDir, password);
  if (running) return handle(binaries, dataDir, password, running.port, running.pid, false);
  const port = options.port ?? (await freePort());
  const pid = await launch(binaries, home, dataDir, port, password, options.settings ?? {});
  return handle(binaries, dataDir, password, port, pid, true);
}

function sharedHome(home: string): string {
  return join('/var/tmp', `mainstay-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`);
}

function initialise(binaries: PostgresBinaries, home: string, dataDir: string): string {
  const passwordFile = join(home, 'superuser-password');
  if (existsSync(join(dataDir, 'initialised'))) return readFileSync(passwordFile, 'utf8').trim();
  rmSync(dataDir, { recursive: true, force: true });
  const password = randomBytes(18).toString('hex');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (binaries.runAs) chownSync(passwordFile, binaries.runAs.uid, binaries.runAs.gid);
  const made = spawnSync(
    join(binaries.native, 'bin', 'initdb'),
    [
      ...['-D', dataDir, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '-E', 'UTF8'],
      ...['--locale-provider=builtin', '--locale=C.UTF-8', '--no-sync', '--no-instructions'],
    ],
    { encoding: 'utf8', cwd: '/', ...binaries.runAs },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
  writeFileSync(join(dataDir, 'initialised'), 'yes\n');
  return password;
}

async function launch(
  binaries: PostgresBinaries,
  home: string,
  dataDir: string,
  port: number,
  password: string,
  settings: Record<string, string>,
): Promise<number> {
  const merged = {
    ...{ listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '120', timezone: 'UTC' },
    ...{ shared_buffers: '256MB', max_wal_size: '2GB', wal_compression: 'on', lc_messages: 'C' },
    ...settings,
  };
  const log = openSync(join(home, 'postgres.log'), 'a');
  const child = spawn(
    join(binaries.native, 'bin', 'postgres'),
    [
      '-D',
      dataDir,
      '-p',
      String(port),
      ...Object.entries(merged).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { cwd: '/', detached: true, stdio: ['ignore', log, log], ...binaries.runAs },
  );
  closeSync(log);
  child.unref();
  const pid = child.pid;
  if (pid === undefined) throw new Error('Postgres could not be started.');
  await untilReady(port, password, pid, join(home, 'postgres.log'));
  return pid;
}

async function untilReady(port: number, password: string, pid: number, log: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (await answers(port, password)) return;
    if (!alive(pid)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Postgres did not come up; the end of its log:\n${readFileSync(log, 'utf8').slice(-2000)}`);
}

async function findRunning(dataDir: string, password: string): Promise<{ port: number; pid: number } | undefined> {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !alive(pid)) return undefined;
  for (let tries = 0; tries < 40; tries += 1) {
    if (port && (await answers(port, password))) return { port, pid };
    if (!alive(pid)) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // Another program now has the number of a server that died: Postgres itself clears a stale lock file.
  return undefined;
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function handle(
  binaries: PostgresBinaries,
  dataDir: string,
  superuserPassword: string,
  port: number,
  pid: number,
  started: boolean,
): EmbeddedPostgres {
  return {
    ...{ port, superuserPassword, pid, dataDir, started },
    url: (role, password, database) => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`,
    stop: async (how = 'fast') => {
      if (how === 'crash') {
        killTree(pid);
      } else {
        const ctl = join(binaries.native, 'bin', 'pg_ctl');
        spawnSync(ctl, ['-D', dataDir, '-m', 'fast', '-w', 'stop'], { cwd: '/', ...binaries.runAs });
      }
      while (alive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

/** Kills the server and its processes at once, as a power cut would. */
function killTree(pid: number): void {
  const children = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  for (const each of [pid, ...children.split('\n').map(Number).filter(Boolean)]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // already gone
    }
  }
}

/** Finds a port nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
