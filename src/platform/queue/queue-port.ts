import { type ConnectionOptions, Queue, Worker, createPostgresBackend, withBackend } from 'bullmq';
import pg from 'pg';
import type { Logger } from '../logging/logger.ts';
import { QUEUE_NAME, QUEUE_SCHEMA } from '../database/migrate.ts';

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
    await queue.obliterate({ force: true });
  }

  /** Says whether the queue's store answers. */
  async isUp(): Promise<boolean> {
    return this.#ready()
      .then((queue) => queue.getJobCounts('waiting'))
      .then(() => true)
      .catch(() => false);
  }

  async close(): Promise<void> {
    await this.#worker?.close().catch(() => undefined);
    await this.#queue?.close().catch(() => undefined);
    await Promise.all(this.#pools.map((pool) => pool.end().catch(() => undefined)));
  }

  queue(): Queue {
    this.#queue ??= this.#open();
    return this.#queue;
  }

  #open(): Queue {
    const queue = this.#place.redisUrl
      ? new Queue(QUEUE_NAME, { prefix: this.#prefix(), connection: this.#redis() })
      : (new (withBackend(createPostgresBackend).Queue)(QUEUE_NAME, {
          connection: this.#pool(2),
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
