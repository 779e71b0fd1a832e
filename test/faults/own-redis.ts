import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../../src/platform/index.ts';

const STARTS_WITHIN_MS = 10_000;

/** A Redis of the harness's own that keeps nothing on disk. */
export class OwnRedis {
  private constructor(
    readonly url: string,
    private readonly server: ChildProcess,
    private readonly client: Redis,
  ) {}

  /** Starts one on a free port. @returns nothing where redis-server is not installed */
  static async start(home: string): Promise<OwnRedis | undefined> {
    const program = findProgram('redis-server');
    if (program === undefined) return undefined;
    const port = await freePort();
    const keepNothing = ['--save', '', '--appendonly', 'no', '--dir', home];
    const server = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', ...keepNothing], { stdio: 'ignore' });
    const url = `redis://127.0.0.1:${port}`;
    const client = new Redis(url, { maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    const answered = await Promise.race([client.ping(), pause(STARTS_WITHIN_MS, undefined, { ref: false })]);
    if (answered !== 'PONG') {
      server.kill('SIGKILL');
      client.disconnect();
      throw new Error(`${program} did not start on port ${port}`);
    }
    return new OwnRedis(url, server, client);
  }

  /** Forgets everything, as a Redis without persistence does when it is lost. */
  async wipe(): Promise<void> {
    await this.client.flushall();
  }

  async stop(): Promise<void> {
    this.client.disconnect();
    if (this.server.exitCode !== null || this.server.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      this.server.once('exit', () => resolve());
      this.server.kill('SIGKILL');
    });
  }
}

function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'].filter((folder) => folder !== '');
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
