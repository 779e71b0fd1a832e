import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const WORKER = fileURLToPath(new URL('../../src/worker/main.js', import.meta.url));
const RESTART_MS = 100;
const STOPS_WITHIN_MS = 5000;
const STARTS_WITHIN_MS = 30_000;

interface Post {
  child?: ChildProcess;
  isUp: boolean;
}

/** Worker processes that are started again whenever they die, as a service manager does. */
export class Workers {
  readonly #posts: Post[];
  readonly #killed = new Set<ChildProcess>();
  #environment: Record<string, string> = {};
  #stopping = true;
  /** How often a worker that was up ended without being killed: it should outlive a database that is away. */
  endedByThemselves = 0;
  /** How often a worker did not come up, which is right while the database is away. */
  failedToStart = 0;
  /** How often a worker asked to stop had to be killed. */
  stoppedByForce = 0;

  /** @param log the open file their logs go to */
  constructor(
    count: number,
    private readonly log: number,
  ) {
    this.#posts = Array.from({ length: count }, () => ({ isUp: false }));
  }

  /** Starts them all and waits until each is up. */
  async start(environment: Record<string, string>): Promise<void> {
    this.#environment = environment;
    this.#stopping = false;
    for (const post of this.#posts) this.#man(post);
    const deadline = Date.now() + STARTS_WITHIN_MS;
    while (this.#posts.some((post) => !post.isUp)) {
      if (Date.now() > deadline) throw new Error('the workers do not come up: see their log');
      await pause(20);
    }
  }

  /** Kills one at once, waiting for it to be started again if it is just dead. */
  async kill(number: number): Promise<void> {
    const post = this.#posts[number] as Post;
    while (!post.child && !this.#stopping) await pause(10);
    if (!post.child) return;
    this.#killed.add(post.child);
    post.child.kill('SIGKILL');
  }

  /** Stops them all: politely, then not. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#posts.map(async (post) => post.child && this.#end(post.child)));
  }

  async #end(child: ChildProcess): Promise<void> {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const force = setTimeout(() => {
      this.stoppedByForce += 1;
      child.kill('SIGKILL');
    }, STOPS_WITHIN_MS);
    await ended;
    clearTimeout(force);
  }

  #man(post: Post): void {
    if (this.#stopping || post.child) return;
    const child = fork(WORKER, [], {
      env: { ...process.env, ...this.#environment },
      stdio: ['ignore', 'ignore', this.log, 'ipc'],
    });
    Object.assign(post, { child, isUp: false });
    child.once('message', () => (post.isUp = true));
    child.once('exit', () => {
      if (!this.#killed.delete(child) && !this.#stopping) this[post.isUp ? 'endedByThemselves' : 'failedToStart'] += 1;
      Object.assign(post, { child: undefined, isUp: false });
      setTimeout(() => this.#man(post), RESTART_MS);
    });
  }
}
