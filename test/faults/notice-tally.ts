import type { AttemptState } from '../../src/notices/index.ts';

/** An attempt to tell a family by a message, as the database has it at the end. */
export interface AttemptInBooks {
  readonly reference: string;
  readonly channel: 'sms' | 'email' | 'letter';
  readonly state: AttemptState;
}

/** A message as Notify's own receipts have it. */
export interface MessageTakenIn {
  readonly reference: string | null;
  readonly type: 'sms' | 'email' | 'letter';
  readonly status: string;
}

/** What became of a family's change of pay day. */
export interface ChangeInBooks {
  readonly planId: string;
  readonly state: 'proposed' | 'waiting' | 'in_force' | 'kept' | 'withdrawn';
  /** Whether its notice was received by the last day it was needed. */
  readonly isToldInTime: boolean;
}

/** Everything that says who was told: on our side, and on Notify's. */
export interface NoticeBooks {
  readonly attempts: readonly AttemptInBooks[];
  readonly takenIn: readonly MessageTakenIn[];
  readonly changes: readonly ChangeInBooks[];
  /** How many notices reached their family. */
  readonly received: number;
}

/** What the count came to; each fault is a sentence. */
export interface NoticeTally {
  /** How many messages Notify should have taken in. */
  readonly expected: number;
  readonly accepted: number;
  readonly duplicates: readonly string[];
  readonly missing: readonly string[];
  readonly received: number;
  readonly inForce: number;
  readonly kept: number;
}

/** Counts, from Notify's receipts and our own books, who was told twice or not at all, and which change is left open. */
export function tallyNotices({ attempts, takenIn, changes, received }: NoticeBooks): NoticeTally {
  const times = new Map<string, MessageTakenIn[]>();
  for (const message of takenIn) {
    const reference = message.reference ?? 'none';
    times.set(reference, [...(times.get(reference) ?? []), message]);
  }
  const wanted = attempts.filter(({ state }) => state !== 'withdrawn');
  const count = (state: ChangeInBooks['state']): number => changes.filter((change) => change.state === state).length;
  return {
    ...{ expected: wanted.length, accepted: takenIn.length, received },
    duplicates: [...twice(times), ...strays(times, wanted)],
    missing: [...wanted.flatMap((attempt) => lost(attempt, times.get(attempt.reference))), ...leftOpen(changes)],
    ...{ inForce: count('in_force'), kept: count('kept') },
  };
}

function twice(times: ReadonlyMap<string, readonly MessageTakenIn[]>): string[] {
  return [...times]
    .filter(([, messages]) => messages.length > 1)
    .map(([reference, messages]) => `message ${reference} was taken in ${messages.length} times`);
}

function strays(times: ReadonlyMap<string, unknown>, wanted: readonly AttemptInBooks[]): string[] {
  const known = new Set(wanted.map((attempt) => attempt.reference));
  return [...times.keys()]
    .filter((reference) => !known.has(reference))
    .map((reference) => `message ${reference} was taken in, and nobody was to be told by it`);
}

function lost({ reference, channel, state }: AttemptInBooks, messages: readonly MessageTakenIn[] = []): string[] {
  if (messages.length === 0) return [`message ${reference} was never taken in: it is ${state}`];
  if (state === 'queued' || state === 'sending') return [`message ${reference} was taken in, and is still ${state}`];
  // Of letters Notify tells no delivery: the posting calendar does.
  const isDelivered = channel !== 'letter' && messages.some((message) => message.status === 'delivered');
  return isDelivered && state !== 'delivered' ? [`message ${reference} was delivered, and is ${state}`] : [];
}

function leftOpen(changes: readonly ChangeInBooks[]): string[] {
  return changes.flatMap(({ planId, state, isToldInTime }) => {
    if (state !== 'in_force' && state !== 'kept') return [`the change of plan ${planId} is still ${state}`];
    if ((state === 'in_force') === isToldInTime) return [];
    return [
      `the change of plan ${planId} is ${state}, though its family was ${isToldInTime ? '' : 'not '}told in time`,
    ];
  });
}
