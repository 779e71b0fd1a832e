import { Inject, Injectable } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { noticePolicy } from '../../identity/index.ts';
import { clockOf } from '../../kernel/index.ts';
import {
  CONFIG,
  FieldSeal,
  LOGGER,
  type Logger,
  type ReadyConfig,
  type Transaction,
  UnitOfWork,
} from '../../platform/index.ts';
import { openTheWay } from '../access/make-links.ts';
import { failGoneAstray } from '../actions/fail-gone-astray.ts';
import { takeTokens } from '../notify/token-bucket.ts';
import { type AttemptRow, takeAttempts } from '../store/attempt.store.ts';
import { keepBucket, lockSender, type SenderRow } from '../store/sender.store.ts';
import { handOver } from './hand-over.ts';
import { Outcomes } from './outcomes.ts';

const AT_ONCE = 50;

/** What one turn of sending came to. */
export interface SendingTurn {
  readonly sent: number;
  /** Seconds until it is worth another turn; absent when nothing waits. */
  readonly waitMs: number | null;
}

/**
 * Sends what waits to be sent, at the rate GOV.UK Notify permits, however many workers there are.
 *
 * What is taken is committed as `sending` before the first call. A worker killed after that leaves attempts whose fate
 * nobody knows: when their lease ends they are looked up by reference before anything is sent again.
 */
@Injectable()
export class NoticeSender {
  readonly #busy = new Map<string, Promise<void>>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
    private readonly calendars: Calendars,
    @Inject(CONFIG) private readonly config: ReadyConfig,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Sends until nothing waits any more, or Notify said to stop. Calls meanwhile share the round under way. */
  drain(authorityId: string): Promise<void> {
    const under = this.#busy.get(authorityId);
    if (under) return under;
    const round = this.#drain(authorityId).finally(() => this.#busy.delete(authorityId));
    this.#busy.set(authorityId, round);
    return round;
  }

  async #drain(authorityId: string): Promise<void> {
    for (let empty = 0; empty < 100;) {
      const { sent, waitMs } = await this.turn(authorityId);
      if (waitMs === null) return;
      empty = sent > 0 ? 0 : empty + 1;
      if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs));
    }
  }

  /** Takes up to fifty, hands them over side by side, and writes down what came of it in one transaction. */
  async turn(authorityId: string): Promise<SendingTurn> {
    const actor = clockOf(authorityId);
    const leaseSeconds = this.config.NOTIFY_LOOK_AGAIN_SECONDS;
    // Half of the lease to begin, half to be on the way.
    const beginBy = Date.now() + leaseSeconds * 500;
    const taken = await this.unitOfWork.run({ name: 'notices.take', actor }, (tx) => this.#take(tx, leaseSeconds));
    if (!taken.sender || taken.attempts.length === 0) return { sent: 0, waitMs: taken.waitMs };
    const { sender, attempts } = taken;
    const { seal, unitOfWork, calendars } = this;
    const context = { sender, seal, unitOfWork, actor, calendars, beginBy };
    const outcomes = await Promise.all(attempts.map((attempt) => handOver(context, attempt)));
    await this.unitOfWork.run({ name: 'notices.note-handed-over', actor }, (tx) =>
      new Outcomes(tx, this.calendars, leaseSeconds, sender.sealedKey).write(outcomes),
    );
    this.log.info({ event: 'notices.handed-over', authorityId, count: attempts.length });
    return { sent: attempts.length, waitMs: 0 };
  }

  async #take(tx: Transaction, leaseSeconds: number): Promise<Taken> {
    const taken = await take(tx, leaseSeconds);
    await openTheWay(tx, this.seal, taken.attempts);
    return taken;
  }
}

interface Taken {
  readonly sender?: SenderRow;
  readonly attempts: readonly AttemptRow[];
  readonly waitMs: number | null;
}

/** Takes as many as the rate allows now, under a lock that all of a council's senders share. */
async function take(tx: Transaction, leaseSeconds: number): Promise<Taken> {
  const sender = await lockSender(tx);
  if (!sender || sender.isPaused) return { attempts: [], waitMs: null };
  const { granted, bucket, waitMs } = takeTokens(sender.bucket, sender.now, AT_ONCE);
  if (granted === 0) return { attempts: [], waitMs };
  const { lettersPrintedHere } = await noticePolicy(tx);
  await failGoneAstray(tx, granted, lettersPrintedHere ? ['sms', 'email'] : ['sms', 'email', 'letter']);
  const attempts = await takeAttempts(tx, granted, leaseSeconds, lettersPrintedHere ? 'letter' : null);
  await keepBucket(tx, { ...bucket, tokens: bucket.tokens + granted - attempts.length });
  return attempts.length === 0 ? { attempts, waitMs: null } : { sender, attempts, waitMs: 0 };
}
