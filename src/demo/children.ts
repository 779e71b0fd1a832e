import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a room's process uses memory: a worker makes much that is soon forgotten, as in the script `start:worker`. */
const memoryFor = { web: [], worker: ['--max-semi-space-size=64'] } as const;

/** Processes this one started: a web front, workers. All of them stop when it stops. */
export class Children {
  readonly #running = new Set<ChildProcess>();

  /** Starts `src/ROOM/main` and waits until it says it is up. @returns what it said */
  start(
    room: 'web' | 'worker',
    environment: Record<string, string | undefined>,
  ): Promise<{ child: ChildProcess; said: string }> {
    const file = fileURLToPath(new URL(`../${room}/main.js`, import.meta.url));
    const child = fork(file, [], {
      execArgv: [...process.execArgv, ...memoryFor[room]],
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#running.add(child);
    return new Promise((resolve, reject) => {
      child.once('message', (message) => resolve({ child, said: (message as { started: string }).started }));
      child.once('exit', (code) => {
        this.#running.delete(child);
        reject(new Error(`the ${room} process ended (${code}) before it was up`));
      });
    });
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.#running].map(
        (child) =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) return resolve();
            const force = setTimeout(() => child.kill('SIGKILL'), 8000);
            child.once('exit', () => {
              clearTimeout(force);
              resolve();
            });
            child.kill('SIGTERM');
          }),
      ),
    );
  }
}
