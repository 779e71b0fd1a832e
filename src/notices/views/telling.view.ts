import { Calendars } from '../../calendar/index.ts';
import type { Channel, FamilyReach } from '../../families/index.ts';
import { noticePolicy, type NoticePolicy } from '../../identity/index.ts';
import { addDays, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { letterArrival } from '../domain/arrival.ts';
import { instantOf } from '../domain/instant-of.ts';
import { canSendBy } from '../actions/compose-attempt.ts';
import { senderOf } from '../store/sender.store.ts';

/** How and by when a family would have a notice that is served today. */
export interface Told {
  readonly way: Channel;
  readonly receivedOn: PlainDate;
}

/** Answers, for whoever plans a change, by which way a family is told and when it would have it. */
export interface Telling {
  readonly policy: NoticePolicy;
  /** The last day a letter given to the post today can arrive. */
  readonly letterReceivedOn: PlainDate;
  /** Nothing when the family can be reached by no safe way at all. */
  expected(family: FamilyReach): Told | undefined;
  /** The first day a change may affect, for news received on a day. */
  earliest(receivedOn: PlainDate, noticeDays: number): PlainDate;
}

/** Prepares that answer for many families at once. */
export async function telling(tx: Transaction, calendars: Calendars): Promise<Telling> {
  const policy = await noticePolicy(tx);
  const { bacs } = await calendars.of(tx, 'england-and-wales');
  const sender = await senderOf(tx);
  const letter = letterArrival(instantOf(tx.today), policy.postage, bacs).latest;
  const expected = (family: FamilyReach): Told | undefined => {
    const way = family.ways.find((each) => each === 'call' || canSendBy(sender, each, family.isDiscreet));
    return way && { way, receivedOn: way === 'letter' ? letter : tx.today };
  };
  return {
    policy,
    letterReceivedOn: letter,
    expected,
    earliest: (receivedOn, noticeDays) => addDays(receivedOn, noticeDays + 1),
  };
}
