import type { Postage } from '../../identity/index.ts';
import type { DeliveryStatus } from './delivery-status.ts';

/** How a council is known to Notify: its own service, with the templates somebody made there. */
export interface NotifyAccount {
  /** Where Notify is; its own address in production. */
  readonly baseUrl: string;
  /** `NAME-SERVICE-SECRET`, as Notify shows it once. */
  readonly apiKey: string;
  /** A template whose body is `((body))`. */
  readonly smsTemplateId: string;
  /** A template whose subject is `((subject))` and whose body is `((body))`. */
  readonly emailTemplateId: string;
  readonly smsSenderId?: string;
  readonly emailReplyToId?: string;
}

interface Sendable {
  /** Finds the message again when an answer was lost. Ours, with a UUID in it: never a name, a number or an address. */
  readonly reference: string;
}

/** A text message, written out. */
export interface SmsMessage extends Sendable {
  readonly channel: 'sms';
  readonly to: string;
  readonly body: string;
}

/** An e-mail, written out. */
export interface EmailMessage extends Sendable {
  readonly channel: 'email';
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** A letter, ready to print: its address is on its first page. */
export interface LetterMessage extends Sendable {
  readonly channel: 'letter';
  readonly pdf: Uint8Array;
  readonly postage: Postage;
}

/** What can be handed to Notify. */
export type NotifyMessage = SmsMessage | EmailMessage | LetterMessage;

/** What came of handing a message over. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly providerId: string }
  /** For good. `about` says whose it is to mend: the family's number or address, or the message itself. */
  | {
      readonly kind: 'refused';
      readonly about: 'recipient' | 'message';
      readonly code: string;
      readonly message: string;
    }
  /** Nothing was taken in. */
  | { readonly kind: 'try-later'; readonly after: Date }
  /** The council's messages of today are used up. */
  | { readonly kind: 'stop-until'; readonly at: Date }
  /** The council's account with Notify is not right: no message goes until an administrator mends it. */
  | { readonly kind: 'not-set-up'; readonly code: string; readonly message: string }
  /** It may have been taken in or not: look it up by its reference before sending again. */
  | { readonly kind: 'unknown' };

/** A message as Notify knows it. */
export interface KnownMessage {
  readonly providerId: string;
  readonly reference: string | null;
  readonly channel: 'sms' | 'email' | 'letter';
  readonly status: DeliveryStatus;
  readonly acceptedAt: Date;
  readonly completedAt: Date | null;
}

/** What looking something up came to. */
export type LookedUp =
  | { readonly kind: 'found'; readonly messages: readonly [KnownMessage, ...KnownMessage[]] }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-set-up'; readonly code: string; readonly message: string }
  /** Nobody can say now: ask again. It is not the same as not found. */
  | { readonly kind: 'try-later'; readonly after: Date };
