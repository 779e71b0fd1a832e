import { Temporal } from 'temporal-polyfill';
import { type PlainDate, plainDate } from '../../kernel/index.ts';

/** Tells everyone what day it is in Europe/London. The only place `today` comes from. */
export class Clock {
  readonly #pinned: PlainDate | undefined;

  /** @param pinned a day to stand still at, for demonstrations and tests; refused in production by the configuration */
  constructor(pinned?: string) {
    this.#pinned = pinned === undefined ? undefined : plainDate(pinned);
  }

  today(): PlainDate {
    return this.#pinned ?? plainDate(Temporal.Now.plainDateISO('Europe/London').toString());
  }
}
