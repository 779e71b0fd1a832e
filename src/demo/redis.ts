import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../platform/index.ts';

/** The Redis of one demonstration: one that was there, or one of its own. */
export interface DemoRedis {
  readonly url: string;
  stop(): void;
}

/**
 * Finds a Redis for the demonstration: the one at REDIS_URL or on the usual port, else one started for it where
 * redis-server is installed.
 * @throws Error saying what to do when there is none
 */
export async function findRedis(given: string | undefined): Promise<DemoRedis> {
  const url = given ?? 'redis://127.0.0.1:6379';
  const { hostname, port } = new URL(url);
  if (await answers(hostname, Number(port || '6379'))) return { url, stop: () => undefined };
  if (given) throw new Error(`Redis does not answer at ${hostname}:${port}. Start it, or leave --backend redis out.`);
  return startRedis();
}

async function startRedis(): Promise<DemoRedis> {
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', options, { stdio: 'ignore' });
  const failed = new Promise<true>((resolve) => child.once('error', () => resolve(true)));
  for (let tries = 0; tries < 50; tries += 1) {
    if (await answers('127.0.0.1', port)) return { url: `redis://127.0.0.1:${port}`, stop: () => stop(child) };
    if (await Promise.race([failed, pause(100)])) break;
  }
  stop(child);
  throw new Error('There is no Redis: start one (apt-get install redis-server), or leave --backend redis out.');
}

function stop(child: ChildProcess): void {
  if (child.exitCode === null && child.pid !== undefined) child.kill('SIGTERM');
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const settle = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket
      .once('connect', () => settle(true))
      .once('error', () => settle(false))
      .once('timeout', () => settle(false));
  });
}
