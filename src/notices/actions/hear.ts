import type { Transaction } from '../../platform/index.ts';
import { type DeliveryStatus, deliveryStatuses, laterStatus } from '../notify/delivery-status.ts';
import { heardOf } from '../notice-jobs.ts';
import { type AttemptRow, isStillSafe, lockAttemptHeard } from '../store/attempt.store.ts';
import { keepStatus, markAccepted, markDelivered, markFailed } from '../store/attempt-outcome.store.ts';
import { type Hearing, heardById, type HeardRow, writeHeard } from '../store/heard.store.ts';
import { readNotice } from '../store/notice.store.ts';
import { noteReceipt } from './note-receipt.ts';
import { tryNextWay } from './serve-notices.ts';

const FAILURES: Readonly<Partial<Record<DeliveryStatus, string>>> = {
  'failed-permanently': 'The number or address does not exist, or takes no messages.',
  'failed-temporarily': 'It could not be delivered: the phone may be off, or the inbox full.',
  technical: 'GOV.UK Notify could not send it.',
};

/** Why a message that arrived does not count: the family said meanwhile that it is not safely reached there. */
export const ARRIVED_ASTRAY = 'It arrived where the family is not safely reached any more.';

/** Writes down what Notify told us and rings for somebody to make something of it. */
export async function hear(tx: Transaction, hearing: Hearing): Promise<void> {
  const heardId = await writeHeard(tx, hearing);
  tx.announce({ topic: heardOf, key: heardId, payload: { heardId } });
}

/**
 * Makes of one thing heard what follows from it. Safe to run twice, late and out of order.
 *
 * A callback may be quicker than our own note that the message was handed over: then it is that note as well.
 */
export async function makeSomethingOf(tx: Transaction, heardId: string): Promise<void> {
  const first = await heardById(tx, heardId, null);
  const attempt = await lockAttemptHeard(tx, first.providerId, first.reference);
  // Not ours: another system of the council sends through the same service.
  if (!attempt) return;
  if (attempt.state === 'sending') {
    const { id } = attempt;
    await markAccepted(tx, [{ id, providerId: first.providerId, arrivesEarliest: null, arrivesLatest: null }]);
  }
  const heard = await heardById(tx, heardId, attempt.sentOn);
  await follow(tx, attempt, heard);
}

async function follow(tx: Transaction, attempt: AttemptRow, heard: HeardRow): Promise<void> {
  const known = deliveryStatuses[attempt.providerRank] ?? 'accepted';
  if (laterStatus(known, heard.status) === known) return;
  const news = { status: heard.status, rank: deliveryStatuses.indexOf(heard.status) };
  if (heard.status === 'delivered') {
    if (attempt.channel === 'letter') return;
    if (!(await isStillSafe(tx, attempt.id))) return failAttempt(tx, attempt, ARRIVED_ASTRAY, news);
    await markDelivered(tx, attempt.id, heard.dayHeard, news);
    return noteReceipt(tx, attempt, heard.dayHeard);
  }
  const failure = FAILURES[heard.status];
  if (failure === undefined) return keepStatus(tx, attempt.id, news);
  await failAttempt(tx, attempt, failure, news);
}

/** Notes that an attempt failed, and tries the family's next way: for senders, receipts and the clock. */
export async function failAttempt(
  tx: Transaction,
  attempt: { readonly id: string; readonly noticeId: string; readonly familyId: string; readonly channel: string },
  failure: string,
  news: { status: string; rank: number } | null = null,
): Promise<void> {
  if (!(await markFailed(tx, attempt.id, failure, news))) {
    if (news) await keepStatus(tx, attempt.id, news);
    return;
  }
  await afterFailure(tx, attempt);
}

/** Notes on record that an attempt failed, and tries the family's next way. */
export async function afterFailure(
  tx: Transaction,
  attempt: { readonly noticeId: string; readonly familyId: string; readonly channel: string },
): Promise<void> {
  tx.audit({
    ...{ action: 'notices.attempt-failed', subjectKind: 'family', subjectId: attempt.familyId },
    detail: { notice: attempt.noticeId, channel: attempt.channel },
  });
  const notice = await readNotice(tx, attempt.noticeId);
  if (notice.state === 'serving') await tryNextWay(tx, [notice]);
}
