import { z } from 'zod';
import { type DeliveryStatus, deliveryStatusOf, notifyStatuses } from './delivery-status.ts';

/** What Notify tells of a text message or an e-mail. The recipient is left out: the reference finds the notice. */
export interface Receipt {
  readonly kind: 'receipt';
  readonly providerId: string;
  readonly reference: string | null;
  readonly channel: 'sms' | 'email';
  readonly status: DeliveryStatus;
  readonly sentAt: Date | null;
  /** When it was delivered or given up; absent while neither is so. */
  readonly completedAt: Date | null;
}

/** What Notify tells of a letter that Royal Mail brought back: it never reached the family. */
export interface ReturnedLetter {
  readonly kind: 'returned-letter';
  readonly providerId: string;
  readonly reference: string | null;
  readonly status: 'failed-permanently';
}

/** A body that is not one of Notify's. The reason names fields, never what was in them. */
export interface NotACallback {
  readonly kind: 'problem';
  readonly reason: string;
}

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const id = z.uuid().transform((text) => text.toLowerCase());
const reference = z.string().max(1000).nullish();

// Notify adds fields without notice, so what is not known here is let be.
const receipt = z.object({
  id,
  reference,
  status: z.enum(notifyStatuses),
  notification_type: z.enum(['sms', 'email']),
  sent_at: moment.nullish(),
  completed_at: moment.nullish(),
});
const returnedLetter = z.object({ notification_id: id, reference });

/** Reads what Notify posted to the webhook, once it is parsed from JSON. */
export function readCallback(body: unknown): Receipt | ReturnedLetter | NotACallback {
  if (typeof body === 'object' && body !== null && 'notification_id' in body) return readReturnedLetter(body);
  const read = receipt.safeParse(body);
  if (!read.success) return problemOf(read.error);
  const { data } = read;
  return {
    kind: 'receipt',
    providerId: data.id,
    reference: data.reference ?? null,
    channel: data.notification_type,
    status: deliveryStatusOf(data.status),
    sentAt: data.sent_at ?? null,
    completedAt: data.completed_at ?? null,
  };
}

function readReturnedLetter(body: object): ReturnedLetter | NotACallback {
  const read = returnedLetter.safeParse(body);
  if (!read.success) return problemOf(read.error);
  const { notification_id: providerId, reference: given } = read.data;
  return { kind: 'returned-letter', providerId, reference: given ?? null, status: 'failed-permanently' };
}

function problemOf(error: z.ZodError): NotACallback {
  const fields = new Set(error.issues.map((issue) => issue.path.join('.') || 'the body'));
  return { kind: 'problem', reason: `Not understood: ${[...fields].join(', ')}.` };
}
