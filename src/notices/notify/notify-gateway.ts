import { NotifyClient } from 'notifications-node-client';
import { defineProblem } from '../../kernel/index.ts';
import { deliveryStatusOf, isNotifyStatus } from './delivery-status.ts';
import type { KnownMessage, LookedUp, NotifyAccount, NotifyMessage, SendOutcome } from './notify-message.ts';
import { outcomeOfFailure, outcomeOfLookup } from './outcome-of-failure.ts';

/** Tells an administrator that what they gave is not a key of Notify. */
export const notifyKeyRefused = defineProblem('notify_key_refused', {
  status: 422,
  title: 'That is not a GOV.UK Notify key',
  whatToDo: 'Make a key under "API integration" on GOV.UK Notify and give it whole, as it is shown once.',
});

type RestClient = (options: object) => Promise<unknown>;
type Shown = Awaited<ReturnType<NotifyClient['getNotificationById']>>['data'];

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const API_KEY = new RegExp(`^.+-${UUID}-${UUID}$`, 'i');
const REFERENCE = new RegExp(`^(?:[a-z]{1,20}[-:])?${UUID}(?:[-:]\\d{1,3})?$`, 'i');
const LARGEST_LETTER = 2 * 1024 * 1024;
const TIMEOUT_MS = 10_000;

/**
 * Hands one council's messages to GOV.UK Notify and asks what became of them.
 *
 * It decides nothing and remembers nothing. Every way a call can end is an answer, never an exception, so that whoever
 * calls must say what follows from each. Nothing personal is logged here, or put into what it answers.
 */
export class NotifyGateway {
  readonly #client: NotifyClient;

  /** @throws notify_key_refused */
  constructor(
    private readonly account: NotifyAccount,
    private readonly options: { readonly timeoutMs?: number; readonly now?: () => Date } = {},
  ) {
    if (!API_KEY.test(account.apiKey)) throw notifyKeyRefused('The key is not a name and two ids, joined by dashes.');
    this.#client = new NotifyClient(account.baseUrl.replace(/\/+$/, ''), account.apiKey.trim());
    this.#limitTime(options.timeoutMs ?? TIMEOUT_MS);
  }

  /** Hands one message over. @throws RangeError when its reference could name somebody: a programmer's mistake */
  async send(message: NotifyMessage): Promise<SendOutcome> {
    if (!REFERENCE.test(message.reference)) throw new RangeError('a reference is one of our own ids');
    if (message.channel === 'letter' && message.pdf.byteLength > LARGEST_LETTER)
      return { kind: 'refused', about: 'message', code: 'LetterTooLarge', message: 'The letter is larger than 2 MB.' };
    try {
      const { data } = (await this.#handOver(message)) as { data?: { id?: unknown } };
      return typeof data?.id === 'string' ? { kind: 'accepted', providerId: data.id } : { kind: 'unknown' };
    } catch (error) {
      return outcomeOfFailure(error, message.channel === 'letter' ? '' : message.to, this.#now());
    }
  }

  /** Finds what was handed over under a reference, oldest first; more than one was sent twice. */
  findByReference(reference: string): Promise<LookedUp> {
    return this.#lookUp(async () => {
      const { data } = await this.#client.getNotifications(undefined, undefined, reference);
      return data.notifications.toReversed();
    });
  }

  /** Asks what became of a message: for letters, of which Notify tells nothing by itself. */
  statusOf(providerId: string): Promise<LookedUp> {
    return this.#lookUp(async () => [(await this.#client.getNotificationById(providerId)).data]);
  }

  async #lookUp(ask: () => Promise<readonly Shown[]>): Promise<LookedUp> {
    try {
      const [first, ...more] = (await ask()).map(known);
      return first ? { kind: 'found', messages: [first, ...more] } : { kind: 'not-found' };
    } catch (error) {
      return outcomeOfLookup(error, this.#now());
    }
  }

  #handOver(message: NotifyMessage): Promise<unknown> {
    const { smsTemplateId, smsSenderId, emailTemplateId, emailReplyToId } = this.account;
    const { channel, reference } = message;
    if (channel === 'letter')
      return this.#client.sendPrecompiledLetter(reference, Buffer.from(message.pdf), message.postage);
    if (channel === 'sms')
      return this.#client.sendSms(smsTemplateId, message.to, {
        personalisation: { body: message.body },
        reference,
        smsSenderId,
      });
    const personalisation = { subject: message.subject, body: message.body };
    return this.#client.sendEmail(emailTemplateId, message.to, { personalisation, reference, emailReplyToId });
  }

  /** The official client waits for ever: every request is given an end, and follows nobody elsewhere. */
  #limitTime(timeout: number): void {
    const { restClient } = (this.#client as unknown as { apiClient: { restClient: RestClient } }).apiClient;
    const hasty: RestClient = (options) =>
      restClient({ ...options, timeout, maxRedirects: 0, signal: AbortSignal.timeout(timeout * 2) });
    this.#client.setClient(hasty as unknown as Parameters<NotifyClient['setClient']>[0]);
  }

  #now(): Date {
    return this.options.now?.() ?? new Date();
  }
}

function known(shown: Shown): KnownMessage {
  return {
    ...{ providerId: shown.id, reference: shown.reference ?? null, channel: shown.type },
    // A status made since is no news: the message is there, and that is all it tells.
    status: isNotifyStatus(shown.status) ? deliveryStatusOf(shown.status) : 'accepted',
    acceptedAt: new Date(shown.created_at),
    completedAt: shown.completed_at ? new Date(shown.completed_at) : null,
  };
}
