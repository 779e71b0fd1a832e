import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { clockOf, DomainError } from '../kernel/index.ts';
import {
  CONFIG,
  LOGGER,
  type Logger,
  QueuePort,
  type ReadyConfig,
  type Ring,
  TICK,
  UnitOfWork,
} from '../platform/index.ts';
import { JobCatalogue } from './job-catalogue.ts';
import { type ClaimedMessage, claimDue, insertAnnouncements, lockOpen, markDone, markFailed } from './outbox.store.ts';

const BATCH = 500;

/** Something to do on each tick for each council. */
export type TickWork = (authorityId: string) => Promise<void>;

/**
 * Carries jobs from the outbox to whoever does them: claim, ring, and do-and-mark-done in one transaction.
 *
 * The queue may lose or double anything: leases bring lost jobs back, row locks make doubles harmless.
 */
@Injectable()
export class Relay implements OnModuleInit {
  readonly #ticks: TickWork[] = [];
  #sweeping: Promise<void> | undefined;
  #again = false;
  #rings = true;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: QueuePort,
    private readonly catalogue: JobCatalogue,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(CONFIG) private readonly config: ReadyConfig,
  ) {}

  onModuleInit(): void {
    this.unitOfWork.beforeCommit(async (tx) => {
      const unknown = tx.announcements.find((each) => !JobCatalogue.isDefined(each.topic));
      if (unknown) throw new Error(`job ${unknown.topic} was announced but never defined`);
      if (tx.announcements.length > 0) await insertAnnouncements(tx, tx.announcements);
    });
    this.unitOfWork.afterCommit((tx) => {
      const now = tx.announcements.some((each) => !each.delaySeconds);
      if (now && this.#rings) void this.dispatch(tx.actor.authorityId);
    });
  }

  onTick(work: TickWork): void {
    this.#ticks.push(work);
  }

  /** Rings for everything that is due in one council. Failing to ring is not an error: the lease brings it back. */
  async dispatch(authorityId: string): Promise<void> {
    try {
      const due = await this.#claim(authorityId);
      if (due.length === 0) return;
      await this.queue.ring(
        due.map((each) => ({
          name: each.topic,
          ring: { authorityId, messageId: each.id },
          id: `m${each.id}-${each.dispatches}`,
        })),
      );
      if (due.length === BATCH) await this.dispatch(authorityId);
    } catch (error) {
      this.log.warn({ event: 'outbox.dispatch-failed', authorityId, reason: (error as Error).message });
    }
  }

  /** Leaves the queue alone from now on: this process does its jobs itself, with `performDue`. */
  workHere(): void {
    this.#rings = false;
  }

  /** Does what is due in one council here and now, without the queue: for the CLI. Harmless beside workers. */
  async performDue(authorityId: string): Promise<number> {
    const due = await this.#claim(authorityId);
    for (const { id } of due) await this.perform({ authorityId, messageId: id });
    return due.length;
  }

  /** Goes round every council once: rings for what is due. Calls that arrive meanwhile share one more round. */
  async sweep(authorityIds: () => Promise<readonly string[]>): Promise<void> {
    if (this.#sweeping) {
      this.#again = true;
      return this.#sweeping;
    }
    this.#sweeping = (async () => {
      do {
        this.#again = false;
        for (const authorityId of await authorityIds()) await this.dispatch(authorityId);
      } while (this.#again);
    })().finally(() => (this.#sweeping = undefined));
    return this.#sweeping;
  }

  /** Answers one ring: the tick, or one outbox row. */
  async answer(name: string, ring: Ring, authorityIds: () => Promise<readonly string[]>): Promise<void> {
    if (name === TICK) {
      for (const authorityId of await authorityIds()) for (const work of this.#ticks) await work(authorityId);
      return;
    }
    await this.perform(ring);
  }

  /** Does one outbox row's job. Doing it twice, or twice at once, has the effect of once. */
  async perform(ring: Ring): Promise<void> {
    const actor = clockOf(ring.authorityId);
    try {
      await this.unitOfWork.run({ name: 'outbox.perform', actor }, async (tx) => {
        const open = await lockOpen(tx, ring.messageId);
        if (!open) return;
        const handler = this.catalogue.handlerOf(open.topic);
        if (!handler) throw new Error(`nobody handles ${open.topic}`);
        await handler(tx, open.payload);
        await markDone(tx, ring.messageId);
      });
    } catch (error) {
      await this.#noteFailure(ring, error as Error);
    }
  }

  #claim(authorityId: string): Promise<ClaimedMessage[]> {
    const claim = { name: 'outbox.claim', actor: clockOf(authorityId) };
    return this.unitOfWork.run(claim, (tx) => claimDue(tx, BATCH, this.config.JOB_LEASE_SECONDS));
  }

  async #noteFailure(ring: Ring, error: Error): Promise<void> {
    const reason = error instanceof DomainError ? `${error.code}: ${error.message}` : error.message;
    this.log.error({ event: 'outbox.job-failed', ...ring, reason });
    const note = { name: 'outbox.note-failure', actor: clockOf(ring.authorityId) };
    await this.unitOfWork
      .run(note, (tx) => markFailed(tx, ring.messageId, reason))
      // The database itself is away: the lease brings the job back.
      .catch((second: Error) => this.log.warn({ event: 'outbox.note-lost', ...ring, reason: second.message }));
  }
}
