import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { clockOf } from '../../kernel/index.ts';
import { JobCatalogue, Relay } from '../../outbox/index.ts';
import { LOGGER, type Logger, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { ARRIVED_ASTRAY, failAttempt, makeSomethingOf } from '../actions/hear.ts';
import { noteReceipt } from '../actions/note-receipt.ts';
import { drain, heardOf, received } from '../notice-jobs.ts';
import { NoticeOutcomes } from '../notice-outcomes.ts';
import { NoticeSender } from '../sending/notice-sender.ts';
import { arrivedLetters, isStillSafe, unprovenMessages } from '../store/attempt.store.ts';
import { markDelivered } from '../store/attempt-outcome.store.ts';
import { readNotice } from '../store/notice.store.ts';

const UNPROVEN_HOURS = 48;
/** How much longer when nobody could ask Notify about them. */
const PATIENCE_HOURS = 6;

/** Does the notices' jobs, and on each tick what the calendar brings: letters that arrived, messages nobody confirmed. */
@Injectable()
export class NoticeWork implements OnModuleInit {
  constructor(
    private readonly catalogue: JobCatalogue,
    private readonly relay: Relay,
    private readonly sender: NoticeSender,
    private readonly outcomes: NoticeOutcomes,
    private readonly unitOfWork: UnitOfWork,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    // The job only wakes: sending takes its own transactions, and the tick finds what a lost wake leaves.
    this.catalogue.handle(drain, async (tx) => this.#wake(tx.actor.authorityId));
    this.catalogue.handle(heardOf, (tx, { heardId }) => makeSomethingOf(tx, heardId as string));
    this.catalogue.handle(received, (tx, { noticeId }) => this.received(tx, noticeId as string));
    this.relay.onTick((authorityId) => this.tick(authorityId));
  }

  async received(tx: Transaction, noticeId: string): Promise<void> {
    const { kind } = await readNotice(tx, noticeId);
    await this.outcomes.tell(tx, kind, noticeId);
  }

  async tick(authorityId: string): Promise<void> {
    await this.unitOfWork.run({ name: 'notices.tick', actor: clockOf(authorityId) }, async (tx) => {
      for (const attempt of await arrivedLetters(tx)) {
        if (!(await isStillSafe(tx, attempt.id))) {
          await failAttempt(tx, attempt, ARRIVED_ASTRAY);
          continue;
        }
        await markDelivered(tx, attempt.id, attempt.arrivesLatest);
        await noteReceipt(tx, attempt, attempt.arrivesLatest);
      }
      for (const attempt of await unprovenMessages(tx, UNPROVEN_HOURS, PATIENCE_HOURS))
        await failAttempt(tx, attempt, 'Nothing proved it delivered within two days.');
    });
    this.#wake(authorityId);
  }

  /** Lets the job's own transaction end first. */
  #wake(authorityId: string): void {
    setImmediate(() => {
      this.sender.drain(authorityId).catch((error: Error) => {
        this.log.warn({ event: 'notices.drain-failed', authorityId, reason: error.message });
      });
    });
  }
}
