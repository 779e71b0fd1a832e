import { setTimeout as pause } from 'node:timers/promises';
import { authenticate, serviceKey, type ServiceKey } from './authentication.ts';
import { type CallbackPlace, Callbacks } from './callbacks.ts';
import { Faults, type FaultsAsked } from './faults.ts';
import { KeptMessages, written } from './kept-messages.ts';
import { Limits } from './limits.ts';
import { Progress } from './progress.ts';
import { isSimulated } from './recipients.ts';
import { fault } from './refusal.ts';
import { readMessage, readyMessage } from './sending.ts';
import type { MessageType } from './templates.ts';

/** What a stand-in is started with. */
export interface ServiceSettings {
  readonly apiKey: string;
  readonly callbacks: CallbackPlace | undefined;
  readonly deliveredAfterMs: number;
}

/** The one service that sends through this Notify: its key, its limits, its messages and what goes wrong for it. */
export class Service {
  readonly kept = new KeptMessages();
  readonly #limits = new Limits();
  readonly #key: ServiceKey;
  readonly #callbacks: Callbacks;
  readonly #progress: Progress;
  #faults = new Faults();

  constructor(settings: ServiceSettings) {
    this.#key = serviceKey(settings.apiKey);
    const faults = (): Faults => this.#faults;
    this.#callbacks = new Callbacks(settings.callbacks, faults);
    this.#progress = new Progress(settings.deliveredAfterMs, faults, this.#callbacks);
  }

  /** Waits as long as answers are made to wait. */
  async dawdle(): Promise<void> {
    if (this.#faults.slowMs > 0) await pause(this.#faults.slowMs);
  }

  /** Says whether the answer to a message just taken in is to be lost. */
  losesReply(): boolean {
    return this.#faults.strikes('loseReply');
  }

  mustKnow(authorization: string | undefined): void {
    authenticate(authorization, this.#key, this.#faults.isKeyRevoked);
  }

  mustAnswerLookups(): void {
    const status = this.#faults.failure('failLookups');
    if (status !== undefined) throw fault(status);
  }

  /** Takes in one message. @throws Refusal */
  async send(type: MessageType, body: unknown, baseUrl: string): Promise<Record<string, unknown>> {
    const failure = this.#faults.failure('failNext');
    if (failure !== undefined) throw fault(failure);
    if (this.#faults.slowToAcceptMs > 0) await pause(this.#faults.slowToAcceptMs);
    const form = readMessage(type, body);
    if (this.#faults.strikes('rateLimit')) throw this.#limits.tooFast();
    this.#limits.mustNotBeTooFast();
    const { incoming, answer } = readyMessage(type, form);
    this.#limits.mustNotBeTooMany(type, incoming.to);
    const isRemembered = type === 'letter' || !isSimulated(incoming.to);
    const kept = this.kept.take(incoming, isRemembered);
    if (isRemembered) this.#progress.begin(kept);
    return answer(kept, baseUrl);
  }

  /** Does what a test asks for. */
  ask(asked: FaultsAsked): void {
    if (asked.clear) {
      this.#faults = new Faults();
      this.#limits.setDaily({});
      this.#limits.setBucket();
      this.#callbacks.release();
    }
    this.#faults.ask(asked);
    if (asked.bucket) this.#limits.setBucket(asked.bucket);
    const day = asked.dailyLimit;
    if (day !== undefined) this.#limits.setDaily(typeof day === 'number' ? { sms: day, email: day, letter: day } : day);
    if (asked.holdCallbacks) this.#callbacks.hold();
    if (asked.releaseCallbacks) this.#callbacks.release();
    for (const reference of asked.returnLetters ?? [])
      for (const kept of this.kept.page({ reference, types: ['letter'] })) this.#callbacks.tellReturned(kept);
  }

  /** Tells a test what was taken in. */
  account(): Record<string, unknown> {
    const counts = { sms: 0, email: 0, letter: 0 };
    const references = new Map<string, number>();
    for (const { type, reference } of this.kept.all) {
      counts[type] += 1;
      if (reference !== null) references.set(reference, (references.get(reference) ?? 0) + 1);
    }
    return {
      counts,
      accepted: this.kept.all.map(({ id, reference, type, to, body, subject, acceptedAt, status, postage, pages }) => ({
        ...{ id, reference, type, to, body, subject, status, postage, pages },
        accepted_at: written(acceptedAt),
      })),
      duplicates: Object.fromEntries([...references].filter(([, times]) => times > 1)),
      callbacks: { ...this.#callbacks.told, held: this.#callbacks.waiting },
    };
  }
}
