import { type ConnectionOptions, Queue, Worker, createPostgresBackend, withBackend } from 'bullmq';
import pg from 'pg';
import type { Logger } from '../logging/logger.ts';
import { QUEUE_NAME, QUEUE_SCHEMA } from '../database/migrate.ts';
import { emptyOnPostgres } from './empty-on-postgres.ts';

/** What a doorbell carries: which council's outbox row to look at. */
export interface Ring {
  readonly authorityId: string;
  readonly messageId: string;
}

/** Where the queue lives: Redis when there is a URL for it, Postgres otherwise. */
export interface QueuePlace {
  readonly redisUrl?: string;
  readonly postgresUrl: string;
  readonly prefix: string;
  readonly jobLeaseSeconds: number;
}

export type QueueWork = (name: string, ring: Ring) => Promise<void>;

/** The doorbell's name in the queue that asks for due work to be claimed. */
export const TICK = 'tick';
const TICK_MILLISECONDS = 15_000;
/** A Redis that is away is waited for without end, so whoever only asks, or stops, sets an end. */
const ANSWERS_WITHIN_MILLISECONDS = 2000;
const CLOSES_WITHIN_MILLISECONDS = 20_000;

/**
 * Rings and answers the doorbell through BullMQ, on Postgres or on Redis, for the outbox.
 *
 * Jobs carry ids only and may be lost or doubled at any time: the outbox row is the job of record.
 */
export class QueuePort {
  readonly #place: QueuePlace;
  readonly #log: Logger;
  readonly #pools: pg.Pool[] = [];
  #queue: Queue | undefined;
  #queuePool: pg.Pool | undefined;
  #worker: Worker | undefined;

  constructor(place: QueuePlace, log: Logger) {
    this.#place = place;
    this.#log = log;
  }

  get backend(): 'redis' | 'postgres' {
    return this.#place.redisUrl ? 'redis' : 'postgres';
  }

  /** Rings once for each outbox row. A job id is never used twice: a finished or failed id would be swallowed. */
  async ring(bells: readonly { name: string; ring: Ring; id: string }[]): Promise<void> {
    const options = { removeOnComplete: true, removeOnFail: true, attempts: 1 };
    const queue = await this.#ready();
    await queue.addBulk(
      bells.map((bell) => ({ name: bell.name, data: bell.ring, opts: { ...options, jobId: bell.id } })),
    );
  }

  /** Makes sure the tick is scheduled; a wiped queue forgets it, so this is asked again and again. */
  async keepTicking(): Promise<void> {
    const options = { removeOnComplete: true, removeOnFail: true };
    const queue = await this.#ready();
    await queue.upsertJobScheduler(TICK, { every: TICK_MILLISECONDS }, { name: TICK, opts: options });
  }

  /** Starts answering. */
  async answer(concurrency: number, work: QueueWork): Promise<void> {
    const processor = async (job: { name: string; data: Ring }): Promise<void> => work(job.name, job.data);
    // A job of a lost worker is found by the queue itself before its lease in the outbox ends.
    const lockDuration = Math.round((this.#place.jobLeaseSeconds * 1000 * 2) / 3);
    const stalledInterval = Math.round(lockDuration / 3);
    const options = { concurrency, lockDuration, stalledInterval, maxStalledCount: 1, runRetryDelay: 1000 };
    this.#worker = this.#place.redisUrl
      ? new Worker(QUEUE_NAME, processor, { ...options, prefix: this.#prefix(), connection: this.#redis() })
      : (new (withBackend(createPostgresBackend).Worker)(QUEUE_NAME, processor, {
          ...options,
          connection: this.#pool(3),
        }) as unknown as Worker);
    this.#worker?.on('error', (error) => this.#log.warn({ event: 'queue.worker-error', reason: error.message }));
    await this.#worker?.waitUntilReady();
  }

  /** Throws away everything the queue holds, as a lost Redis would. For fault tests and operators. */
  async empty(): Promise<void> {
    const queue = await this.#ready();
    if (this.#queuePool) await emptyOnPostgres(this.#queuePool);
    else await queue.obliterate({ force: true });
  }

  /** Says whether the queue's store answers. */
  async isUp(): Promise<boolean> {
    const asked = this.#ready().then((queue) => queue.getJobCounts('waiting'));
    return within(ANSWERS_WITHIN_MILLISECONDS, asked).then(
      () => true,
      () => false,
    );
  }

  /** Lets jobs under way finish, for a while, and leaves. What is cut short comes back when its lease ends. */
  async close(): Promise<void> {
    // The worker first: jobs under way still ring for what they announce.
    const closing = Promise.resolve(this.#worker?.close()).then(() => this.#queue?.close());
    await within(CLOSES_WITHIN_MILLISECONDS, closing).catch(() => undefined);
    await Promise.all(this.#pools.map((pool) => pool.end().catch(() => undefined)));
  }

  /** Gives the queue once its store answers. BullMQ remembers a first failure for ever, so that queue is thrown away. */
  async #ready(): Promise<Queue> {
    const queue = (this.#queue ??= this.#open());
    try {
      await queue.waitUntilReady();
      return queue;
    } catch (error) {
      if (this.#queue === queue) this.#queue = undefined;
      await queue.close().catch(() => undefined);
      throw error;
    }
  }

  #open(): Queue {
    const queue = this.#place.redisUrl
      ? new Queue(QUEUE_NAME, { prefix: this.#prefix(), connection: this.#redis() })
      : (new (withBackend(createPostgresBackend).Queue)(QUEUE_NAME, {
          connection: (this.#queuePool ??= this.#pool(2)),
        }) as unknown as Queue);
    queue.on('error', (error) => this.#log.warn({ event: 'queue.error', reason: error.message }));
    return queue;
  }

  #prefix(): string {
    // The braces keep every key of the queue in one slot of a Redis cluster.
    return `{${this.#place.prefix}}`;
  }

  #redis(): ConnectionOptions {
    return { url: this.#place.redisUrl as string, maxRetriesPerRequest: null };
  }

  #pool(max: number): pg.Pool {
    const pool = new pg.Pool({
      connectionString: this.#place.postgresUrl,
      max,
      options: `-c search_path=${QUEUE_SCHEMA}`,
      application_name: 'mainstay-queue',
      keepAlive: true,
    });
    pool.on('error', (error) => this.#log.warn({ event: 'queue.pool-error', reason: error.message }));
    this.#pools.push(pool);
    return pool;
  }
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
