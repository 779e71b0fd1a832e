import { z } from 'zod';
import { plainRecipient } from './recipients.ts';

const count = z.number().int().min(0);
const milliseconds = z.number().min(0).max(3_600_000);
const failing = z.union([count, z.strictObject({ times: count, status: z.union([z.literal(500), z.literal(504)]) })]);
const perDay = z.strictObject({
  ...{ sms: count.optional(), email: count.optional(), letter: count.optional() },
  international_sms: count.optional(),
});

/** What a test may ask for. Each stays as asked until asked otherwise. */
export const faultsAsked = z.strictObject({
  /** Every answer waits this long; what was asked is done at once. */
  slow: milliseconds.optional(),
  /** Every message waits this long before it is taken in. */
  slowToAccept: milliseconds.optional(),
  /** The next messages are taken in, and the connection dropped instead of an answer. */
  loseReply: count.optional(),
  /** The next messages are answered 500 (or 504) and not taken in. */
  failNext: failing.optional(),
  /** The next look-ups are answered 500 (or 504). */
  failLookups: failing.optional(),
  /** The next messages are told that they come too fast. */
  rateLimit: count.optional(),
  bucket: z.strictObject({ burst: count, perSecond: z.number().min(0) }).optional(),
  /** How many a day; a number is for each type. */
  dailyLimit: z.union([count, perDay]).optional(),
  /** What becomes of messages to these recipients. */
  outcomes: z.record(z.string(), z.string()).optional(),
  /** How many more times each receipt is told. */
  duplicateCallbacks: count.optional(),
  /** A receipt that failed for the time being is told after the one that says delivered. */
  outOfOrderCallbacks: z.boolean().optional(),
  lateCallbacks: milliseconds.optional(),
  holdCallbacks: z.boolean().optional(),
  releaseCallbacks: z.boolean().optional(),
  revokeKey: z.boolean().optional(),
  /** Tells that letters to or of these references came back. */
  returnLetters: z.array(z.string()).optional(),
  /** Back to no faults at all; what was taken in stays. */
  clear: z.boolean().optional(),
});
export type FaultsAsked = z.output<typeof faultsAsked>;

/** The faults in force. */
export class Faults {
  slowMs = 0;
  slowToAcceptMs = 0;
  duplicates = 0;
  isOutOfOrder = false;
  lateMs = 0;
  isKeyRevoked = false;
  readonly #outcomes = new Map<string, string>();
  readonly #left = { loseReply: 0, rateLimit: 0, failNext: 0, failLookups: 0 };
  #sendStatus: 500 | 504 = 500;
  #lookupStatus: 500 | 504 = 500;

  ask(asked: FaultsAsked): void {
    this.slowMs = asked.slow ?? this.slowMs;
    this.slowToAcceptMs = asked.slowToAccept ?? this.slowToAcceptMs;
    this.duplicates = asked.duplicateCallbacks ?? this.duplicates;
    this.isOutOfOrder = asked.outOfOrderCallbacks ?? this.isOutOfOrder;
    this.lateMs = asked.lateCallbacks ?? this.lateMs;
    this.isKeyRevoked = asked.revokeKey ?? this.isKeyRevoked;
    this.#left.loseReply = asked.loseReply ?? this.#left.loseReply;
    this.#left.rateLimit = asked.rateLimit ?? this.#left.rateLimit;
    [this.#left.failNext, this.#sendStatus] = failures(asked.failNext, this.#left.failNext, this.#sendStatus);
    [this.#left.failLookups, this.#lookupStatus] = failures(
      ...([asked.failLookups, this.#left.failLookups, this.#lookupStatus] as const),
    );
    for (const [to, status] of Object.entries(asked.outcomes ?? {})) this.#outcomes.set(plainRecipient(to), status);
  }

  outcomeFor(to: string): string | undefined {
    return this.#outcomes.get(plainRecipient(to));
  }

  /** Says whether this one is to suffer a fault, and counts it off. */
  strikes(which: 'loseReply' | 'rateLimit'): boolean {
    if (this.#left[which] === 0) return false;
    this.#left[which] -= 1;
    return true;
  }

  /** Gives the status this request fails with, and counts it off. */
  failure(which: 'failNext' | 'failLookups'): 500 | 504 | undefined {
    if (this.#left[which] === 0) return undefined;
    this.#left[which] -= 1;
    return which === 'failNext' ? this.#sendStatus : this.#lookupStatus;
  }
}

function failures(asked: FaultsAsked['failNext'], left: number, status: 500 | 504): [number, 500 | 504] {
  if (asked === undefined) return [left, status];
  return typeof asked === 'number' ? [asked, 500] : [asked.times, asked.status];
}
