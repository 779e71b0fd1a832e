import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { DeliveryStatus } from '../notify/delivery-status.ts';

/** Something GOV.UK Notify told us, as it was written down when it came. */
export interface HeardRow {
  readonly id: string;
  readonly providerId: string;
  readonly reference: string | null;
  readonly status: DeliveryStatus;
  /** The day it tells of, held against the day the message was sent: nothing before it was sent. */
  readonly dayHeard: PlainDate;
}

/** What was heard, before it is written down. */
export interface Hearing {
  readonly how: 'callback' | 'poll' | 'look-up';
  readonly providerId: string;
  readonly reference: string | null;
  readonly status: DeliveryStatus;
  readonly completedAt: Date | null;
}

/** Writes down what Notify told us, before anything is made of it. @returns its number */
export async function writeHeard(tx: Transaction, hearing: Hearing): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into notices.heard (authority_id, how, provider_id, reference, status, completed_at) values ($1, $2, $3, $4, $5, $6) returning id`,
    [
      ...[
        tx.actor.authorityId,
        hearing.how,
        hearing.providerId,
        hearing.reference,
        hearing.status,
        hearing.completedAt,
      ],
    ],
  );
  return id;
}

/** Reads what was heard, with the day it counts for an attempt sent on a day. */
export function heardById(tx: Transaction, id: string, sentOn: PlainDate | null): Promise<HeardRow> {
  return tx.one(
    `select h.id, h.provider_id as "providerId", h.reference, h.status,
            notices.day_heard(coalesce($2::date, kernel.today()), h) as "dayHeard" from notices.heard h where h.id = $1`,
    [id, sentOn],
  );
}

/** Lists what was heard of some messages, in the order it came. */
export function heardOfMessages(
  tx: Transaction,
  providerIds: readonly string[],
): Promise<{ providerId: string; how: string; status: DeliveryStatus; at: Date }[]> {
  return tx.query(
    `select provider_id as "providerId", how, status, heard_at as at from notices.heard where provider_id = any ($1::uuid[]) order by id`,
    [providerIds],
  );
}
