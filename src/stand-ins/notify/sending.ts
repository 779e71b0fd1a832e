import {
  anything,
  type Field,
  readFields,
  reference,
  scheduledFor,
  type Shape,
  text,
  uuid,
  webAddress,
} from './fields.ts';
import type { Incoming, Kept } from './kept-messages.ts';
import { addressIn, decodedLetter } from './letters.ts';
import { emailAddress, isAbroad, phoneNumber } from './recipients.ts';
import { badRequest } from './refusal.ts';
import { fill, type Filled, type MessageType, messageTypes, mustBeSendable, templateFor } from './templates.ts';

/** A message that was read and found right, and what Notify answers once it is taken in. */
export interface Readied {
  readonly incoming: Incoming;
  readonly answer: (kept: Kept, baseUrl: string) => Record<string, unknown>;
}

/** The template every uploaded letter hangs on. */
const UPLOADED = { id: '5d2c7a10-6c1f-4c3a-9a50-0d1f00000009', name: 'Pre-compiled PDF', version: 1 };
const SENDER_EMAIL = 'families@notifications.service.gov.uk';
const SENDER_NUMBER = 'GOVUK';

const postage: Field = {
  type: 'string',
  check: (value) =>
    ['first', 'second', 'economy'].includes(value) ? undefined : 'invalid. It must be first, second or economy.',
};
const shapes: Readonly<Record<MessageType | 'uploaded', Shape>> = {
  sms: {
    required: { phone_number: phoneNumber, template_id: uuid },
    optional: { personalisation: anything, reference, sms_sender_id: uuid, scheduled_for: scheduledFor },
  },
  email: {
    required: { email_address: emailAddress, template_id: uuid },
    optional: {
      ...{ personalisation: anything, reference, email_reply_to_id: uuid, scheduled_for: scheduledFor },
      ...{ one_click_unsubscribe_url: webAddress, sanitise_content_for: { type: 'array' } },
    },
  },
  letter: { required: { template_id: uuid, personalisation: anything }, optional: { reference } },
  uploaded: { required: { reference, content: text }, optional: { postage } },
};

/** Checks the fields of a message. @throws Refusal with everything that is wrong */
export function readMessage(type: MessageType, body: unknown): Record<string, unknown> {
  return readFields(body, shapes[isUploaded(type, body) ? 'uploaded' : type]);
}

/** Makes a message of fields that were found right. @throws Refusal when its template or its recipient is not */
export function readyMessage(type: MessageType, form: Record<string, unknown>): Readied {
  if (isUploaded(type, form)) return readyUploaded(form);
  const template = templateFor(form.template_id as string, type);
  const personalisation = (form.personalisation ?? {}) as Record<string, unknown>;
  const filled = fill(template, personalisation);
  mustBeSendable(filled, type);
  const to = recipientIn(type, form, personalisation);
  const incoming: Incoming = {
    ...{ type, to, ...filled, template, postage: template.postage },
    reference: (form.reference as string | null | undefined) ?? null,
    scheduledFor: (form.scheduled_for as string | null | undefined) ?? null,
    ...(type === 'letter' ? { status: 'accepted', pdf: Buffer.from('%PDF-1.4\n') } : { status: 'created', pdf: null }),
  };
  return { incoming, answer: (kept, baseUrl) => answerTo(kept, form, filled, baseUrl) };
}

/** Says whether a word is a type of message. */
export function isMessageType(word: string): word is MessageType {
  return (messageTypes as readonly string[]).includes(word);
}

function isUploaded(type: MessageType, body: unknown): boolean {
  return type === 'letter' && typeof body === 'object' && body !== null && 'content' in body;
}

function recipientIn(type: MessageType, form: Record<string, unknown>, personalisation: Record<string, unknown>) {
  if (type === 'letter') return addressIn(personalisation).join('\n');
  if (type === 'email') return form.email_address as string;
  const to = form.phone_number as string;
  if (isAbroad(to)) throw badRequest('Cannot send to international mobile numbers');
  return to;
}

function readyUploaded(form: Record<string, unknown>): Readied {
  const pdf = decodedLetter(form.content as string);
  return {
    incoming: {
      ...{ type: 'letter', to: 'Provided as PDF', subject: 'Pre-compiled PDF', body: '', template: UPLOADED, pdf },
      ...{ reference: form.reference as string, postage: (form.postage as string | undefined) ?? 'second' },
      ...{ status: 'pending-virus-check', scheduledFor: null },
    },
    answer: (kept) => ({ id: kept.id, reference: kept.reference, postage: kept.postage }),
  };
}

function answerTo(kept: Kept, form: Record<string, unknown>, filled: Filled, baseUrl: string) {
  const { id, version } = kept.template;
  return {
    ...{ id: kept.id, reference: kept.reference, uri: `${baseUrl}/v2/notifications/${kept.id}` },
    content: contentOf(kept, form, filled),
    template: { id, version, uri: `${baseUrl}/v2/template/${id}/version/${version}` },
    scheduled_for: kept.scheduledFor,
    ...(kept.type === 'email' ? { sanitised_content: {} } : {}),
  };
}

function contentOf(kept: Kept, form: Record<string, unknown>, { subject, body }: Filled): Record<string, unknown> {
  if (kept.type === 'sms') return { body, from_number: SENDER_NUMBER };
  if (kept.type === 'letter') return { subject, body };
  const one_click_unsubscribe_url = form.one_click_unsubscribe_url ?? null;
  return { subject, body, from_email: SENDER_EMAIL, one_click_unsubscribe_url };
}
