import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Children } from '../../src/demo/children.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { peakRssMb } from './meter.ts';
import type { Scene } from './scene.ts';

/** Real worker processes, that can be made to stand still while something is done in their place. */
export class Workers {
  readonly #children = new Children();
  readonly #running: ChildProcess[] = [];
  #peakRssMb = 0;

  constructor(private readonly scene: Scene) {}

  async start(count: number, today: PlainDate): Promise<void> {
    const { config } = this.scene;
    const environment = {
      ...{ DATABASE_URL: config.DATABASE_URL, FIELD_KEY: config.FIELD_KEY, QUEUE_PREFIX: config.QUEUE_PREFIX },
      ...{ REDIS_URL: '', MAINSTAY_TODAY: today, LOG_LEVEL: config.LOG_LEVEL },
      ...{ DATA_DIR: config.dataDir, EXPORT_DIR: config.exportDir },
    };
    const started = await Promise.all(Array.from({ length: count }, () => this.#children.start('worker', environment)));
    this.#running.push(...started.map(({ child }) => child));
  }

  /** Holds every worker still at a moment when none is inside a transaction. */
  async hold(): Promise<void> {
    for (;;) {
      this.#signal('SIGSTOP');
      const { rowCount } = await this.scene.sql.query(
        `select from pg_stat_activity where usename = 'mainstay_app' and (xact_start is not null or state = 'active') limit 1`,
      );
      if (rowCount === 0) return;
      this.letGo();
      await pause(20);
    }
  }

  letGo(): void {
    this.#signal('SIGCONT');
  }

  /** The most memory any of them has held so far. */
  peakRssMb(): number {
    return Math.max(this.#peakRssMb, ...this.#running.map((child) => peakRssMb(child.pid as number)));
  }

  async stop(): Promise<void> {
    this.#peakRssMb = this.peakRssMb();
    this.letGo();
    await this.#children.stop();
    this.#running.length = 0;
  }

  #signal(signal: NodeJS.Signals): void {
    for (const child of this.#running) child.kill(signal);
  }
}
