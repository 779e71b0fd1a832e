import type { Calendars } from '../../calendar/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { failAttempt } from '../actions/hear.ts';
import { letterArrival } from '../domain/arrival.ts';
import { instantOf } from '../domain/instant-of.ts';
import { type AttemptRow } from '../store/attempt.store.ts';
import { askAgainSoon, markAccepted, putBack } from '../store/attempt-outcome.store.ts';
import { pauseSending } from '../store/sender.store.ts';
import type { HandedOver } from './hand-over.ts';

/** An account that is not right is tried again this often; a person mends it meanwhile. */
const NOT_SET_UP_MINUTES = 10;

/** Writes down what came of handing messages over: for the sender, in one transaction. */
export class Outcomes {
  constructor(
    private readonly tx: Transaction,
    private readonly calendars: Calendars,
    /** How long a message may still be on its way to Notify after we stopped waiting: only then is it looked up. */
    private readonly lookAgainSeconds: number,
    /** Who they were handed over as. */
    private readonly sealedKey: Buffer,
  ) {}

  async write(handed: readonly HandedOver[]): Promise<void> {
    await this.#accepted(handed);
    for (const { attempt, outcome } of handed) {
      if (outcome.kind === 'refused') await failAttempt(this.tx, attempt, failureOf(outcome));
      if (outcome.kind === 'try-later') await putBack(this.tx, attempt, secondsUntil(outcome.after));
      if (outcome.kind === 'unknown') await askAgainSoon(this.tx, attempt, this.lookAgainSeconds);
      if (outcome.kind === 'stop-until') await this.#stop(attempt, outcome.at, 'The messages of today are used up.');
      if (outcome.kind === 'not-set-up') await this.#stop(attempt, soon(), `GOV.UK Notify: ${outcome.message}`);
    }
  }

  async #accepted(handed: readonly HandedOver[]): Promise<void> {
    const { bacs } = await this.calendars.of(this.tx, 'england-and-wales');
    const accepted = handed.flatMap(({ attempt, outcome, acceptedAt }) => {
      if (outcome.kind !== 'accepted') return [];
      const days = attempt.channel === 'letter' ? arrival(attempt, bacs, instantOf(this.tx.today, acceptedAt)) : null;
      const { earliest: arrivesEarliest = null, latest: arrivesLatest = null } = days ?? {};
      return [{ id: attempt.id, providerId: outcome.providerId, arrivesEarliest, arrivesLatest }];
    });
    if (accepted.length > 0) await markAccepted(this.tx, accepted);
  }

  async #stop(attempt: AttemptRow, until: Date, why: string): Promise<void> {
    await putBack(this.tx, attempt, 0);
    await pauseSending(this.tx, this.sealedKey, until, why);
  }
}

function arrival(attempt: AttemptRow, bacs: Parameters<typeof letterArrival>[2], handedOverAt: Date) {
  return letterArrival(handedOverAt, attempt.postage ?? 'second', bacs);
}

function failureOf(outcome: { about: 'recipient' | 'message'; code: string }): string {
  return outcome.about === 'recipient'
    ? 'GOV.UK Notify does not accept the number or address.'
    : `GOV.UK Notify does not accept the message (${outcome.code}).`;
}

function secondsUntil(moment: Date): number {
  return Math.max(1, Math.ceil((moment.getTime() - Date.now()) / 1000));
}

function soon(): Date {
  return new Date(Date.now() + NOT_SET_UP_MINUTES * 60_000);
}
