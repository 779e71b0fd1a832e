import { isAbroad } from './recipients.ts';
import { refusal } from './refusal.ts';
import type { MessageType } from './templates.ts';

/** How many requests at once, and how many come back a second. */
export interface Bucket {
  readonly burst: number;
  readonly perSecond: number;
}

/** What may be sent in a day; it begins anew at midnight UTC. */
export type DailyLimits = Readonly<Record<MessageType | 'international_sms', number>>;

const REAL_BUCKET: Bucket = { burst: 1000, perSecond: 50 };
const REAL_DAY: DailyLimits = { sms: 250_000, email: 250_000, letter: 20_000, international_sms: 100 };

/** Counts what a service asks for, and says no as Notify does. */
export class Limits {
  #bucket = REAL_BUCKET;
  #tokens = REAL_BUCKET.burst;
  #filledAt = Date.now();
  #daily = REAL_DAY;
  #day = '';
  #sent: Record<keyof DailyLimits, number> = { sms: 0, email: 0, letter: 0, international_sms: 0 };

  setBucket(bucket: Bucket = REAL_BUCKET): void {
    this.#bucket = bucket;
    this.#tokens = bucket.burst;
    this.#filledAt = Date.now();
  }

  setDaily(limits: Partial<DailyLimits>): void {
    this.#daily = { ...REAL_DAY, ...limits };
  }

  /** Takes one request. @throws Refusal RateLimitError */
  mustNotBeTooFast(): void {
    const now = Date.now();
    const { burst, perSecond } = this.#bucket;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) throw this.tooFast();
    this.#tokens -= 1;
  }

  /** Makes the refusal of a request that came too soon after the others. */
  tooFast() {
    return refusal(429, 'RateLimitError', 'Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds');
  }

  /** Counts one message of today. @throws Refusal TooManyRequestsError */
  mustNotBeTooMany(type: MessageType, to: string): void {
    const today = new Date().toISOString().slice(0, 10);
    if (today !== this.#day) this.#sent = { sms: 0, email: 0, letter: 0, international_sms: 0 };
    this.#day = today;
    const kinds = type === 'sms' && isAbroad(to) ? (['sms', 'international_sms'] as const) : [type];
    for (const kind of kinds)
      if (this.#sent[kind] >= this.#daily[kind])
        throw refusal(429, 'TooManyRequestsError', `Exceeded send limits (${kind}: ${this.#daily[kind]}) for today`);
    for (const kind of kinds) this.#sent[kind] += 1;
  }
}
