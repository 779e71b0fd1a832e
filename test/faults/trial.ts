import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { bringUpToDate, verifyAll } from '../../src/house/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { QueuePort, readConfig, type ReadyConfig } from '../../src/platform/index.ts';
import { type BankSurvived, tryBank } from './bank-trial.ts';
import { type Council, setUpFamilies, week, withHouse } from './council.ts';
import { driveRun, StuckRun, type Watcher } from './drive-run.ts';
import type { Ground } from './ground.ts';
import type { Breakable } from './injector.ts';
import { type NoticesSurvived, tellFamilies } from './notice-trial.ts';
import type { Backend, FaultOptions } from './options.ts';
import type { OwnRedis } from './own-redis.ts';
import { readBooks } from './read-books.ts';
import { openJobs, rungAgain, settle } from './settle.ts';
import { type Tally, tally } from './tally.ts';
import { Workers } from './workers.ts';

export const WORKERS = 2;
/** Short, so that what a dead worker held comes back soon. */
export const JOB_LEASE_SECONDS = 3;

/** What the books said at the end. */
export interface Counted extends Tally {
  readonly runs: number;
  readonly rungAgain: number;
  /** Faults of the ledger, its seals, the audit trail, the payment orders and the files. */
  readonly bookFaults: readonly string[];
}

/** One council on one queue backend, whose weekly runs go on while things break. */
export class Trial {
  private constructor(
    private readonly config: ReadyConfig,
    private readonly ownerUrl: string,
    private readonly council: Council,
    private readonly ground: Ground,
    private readonly redis: OwnRedis | undefined,
    readonly workers: Workers,
  ) {}

  static async prepare(backend: Backend, options: FaultOptions, ground: Ground, redis?: OwnRedis): Promise<Trial> {
    const urls = await (await ground.postgres()).freshDatabase(`faults_${backend}`);
    await bringUpToDate(urls.owner);
    const config = readConfig({
      ...{ DATABASE_URL: urls.application, FIELD_KEY: urls.fieldKey, REDIS_URL: redis?.url, QUEUE_PREFIX: 'faults' },
      ...{ DATA_DIR: ground.home, EXPORT_DIR: `${ground.home}/exports-${backend}`, LOG_LEVEL: 'silent' },
      ...{ SWEEP_SECONDS: '1', JOB_LEASE_SECONDS: String(JOB_LEASE_SECONDS) },
    }) as ReadyConfig;
    const council = await setUpFamilies(config, urls.owner, options.families, options.seed);
    const workers = new Workers(WORKERS, ground.log);
    ground.atEnd(async () => workers.stop());
    return new Trial(config, urls.owner, council, ground, redis, workers);
  }

  /** Takes one weekly run through, and waits until no job is left. @returns false when it is stuck */
  async week(number: number, watch: (things: Breakable) => Watcher): Promise<boolean> {
    const { payDate, today } = week(number);
    return withHouse(this.config, today, async (app) => {
      await this.workers.start(environmentOf(this.config, today));
      const watcher = watch(this.#breakable(app));
      try {
        await driveRun(app, this.council, payDate, watcher);
        await watcher.finish?.();
        await settle(app, this.council);
        return true;
      } catch (error) {
        if (!(error instanceof StuckRun)) throw error;
        await this.#explain(app, error);
        return false;
      } finally {
        watcher.stop?.();
        await this.workers.stop();
      }
    });
  }

  /** Tells families of a move of their pay day, in the week after so many, while things break. */
  async notices(weeks: number, kills: number, seed: number): Promise<NoticesSurvived | undefined> {
    const { ground } = this;
    try {
      return await tellFamilies(this.#place(), week(weeks).today, kills, seed);
    } catch (error) {
      if (!(error instanceof StuckRun)) throw error;
      ground.tell(`STUCK: ${error.message}; the workers last said:\n${ground.lastLogged(25)}`);
      return undefined;
    }
  }

  /** Takes in what the bank tells, in the week after so many, while whoever does it is killed. */
  bank(weeks: number): Promise<BankSurvived> {
    return tryBank(this.#place(), week(weeks).today);
  }

  #place() {
    const { config, council, ground, workers, ownerUrl } = this;
    const environmentOn = (day: PlainDate): Record<string, string> => environmentOf(config, day);
    const breakable = (app: INestApplicationContext): Breakable => this.#breakable(app);
    return { config, council, ground, workers, ownerUrl, environmentOn, breakable };
  }

  /** Counts what is in the books when all is over. */
  async count(weeks: number): Promise<Counted> {
    return withHouse(this.config, week(weeks).today, async (app) => {
      const { books, exported, fileFaults } = await readBooks(app, this.council);
      const verified = (await verifyAll(app)).flatMap((council) => council.faults);
      const again = await rungAgain(app, this.council);
      return { ...tally(books), runs: exported, rungAgain: again, bookFaults: [...verified, ...fileFaults] };
    });
  }

  #breakable(app: INestApplicationContext): Breakable {
    return {
      kill: async (worker) => this.workers.kill(worker),
      crashPostgres: async () => (await this.ground.postgres()).crash(),
      wipeQueue: async () => (this.redis ? this.redis.wipe() : untilDone(async () => app.get(QueuePort).empty())),
    };
  }

  async #explain(app: INestApplicationContext, stuck: StuckRun): Promise<void> {
    const jobs = await openJobs(app, this.council).catch(() => 'the database does not answer');
    this.ground.tell(`STUCK: ${stuck.message}; open jobs: ${JSON.stringify(jobs)}; the workers last said:`);
    this.ground.tell(this.ground.lastLogged(25));
  }
}

function environmentOf(config: ReadyConfig, today: string): Record<string, string> {
  return {
    ...{ DATABASE_URL: config.DATABASE_URL, FIELD_KEY: config.FIELD_KEY, REDIS_URL: config.REDIS_URL ?? '' },
    ...{ DATA_DIR: config.dataDir, EXPORT_DIR: config.exportDir, QUEUE_PREFIX: config.QUEUE_PREFIX },
    ...{ SWEEP_SECONDS: String(config.SWEEP_SECONDS), JOB_LEASE_SECONDS: String(config.JOB_LEASE_SECONDS) },
    ...{ MAINSTAY_TODAY: today, LOG_LEVEL: 'warn', NODE_ENV: 'test' },
  };
}

/** A wipe that comes while Postgres is away is made when it is back. */
async function untilDone(work: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(50);
    }
  }
}
