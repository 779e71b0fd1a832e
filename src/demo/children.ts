import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a room's process uses memory: a worker makes much that is soon forgotten, as in the script `start:worker`. */
const memoryFor = { web: [], worker: ['--max-semi-space-size=64'], 'stand-ins/notify': [] } as const;
type Room = keyof typeof memoryFor;

/** What a child says when it is up: its address, and what can be sent through it. */
interface Said {
  readonly started: string;
  readonly templates?: Readonly<Record<string, string>>;
}

/** Processes this one started: a web front, workers, a stand-in for GOV.UK Notify. All of them stop when it stops. */
export class Children {
  readonly #running = new Map<ChildProcess, Room>();

  /** Starts `src/ROOM/main` and waits until it says it is up. @returns what it said */
  start(
    room: Room,
    environment: Record<string, string | undefined>,
    options: readonly string[] = [],
  ): Promise<{ child: ChildProcess; said: string; templates: Said['templates'] }> {
    const file = fileURLToPath(new URL(`../${room}/main.js`, import.meta.url));
    const child = fork(file, options, {
      execArgv: [...process.execArgv, ...memoryFor[room]],
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#running.set(child, room);
    return new Promise((resolve, reject) => {
      child.once('message', (message) => {
        const { started, templates } = message as Said;
        resolve({ child, said: started, templates });
      });
      child.once('exit', (code) => {
        this.#running.delete(child);
        reject(new Error(`the ${room} process ended (${code}) before it was up`));
      });
    });
  }

  /** Stops those of some rooms, or all. */
  async stop(rooms: readonly Room[] = ['web', 'worker', 'stand-ins/notify']): Promise<void> {
    await Promise.all(
      [...this.#running].map(
        async ([child, room]) =>
          rooms.includes(room) &&
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
