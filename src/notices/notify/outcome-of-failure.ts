import { z } from 'zod';
import type { SendOutcome } from './notify-message.ts';

/** Why a request did not get a good answer, as Notify's client throws it. */
interface ClientFailure {
  readonly response?: { readonly status: number; readonly data?: unknown };
  readonly code?: string;
  readonly syscall?: string;
  readonly cause?: unknown;
}

interface Refused {
  readonly code: string;
  readonly message: string;
}

const notifysErrors = z.object({ errors: z.array(z.object({ error: z.string(), message: z.string() })) });

const AFTER_TOO_FAST_MS = 1000;
const AFTER_A_FAULT_MS = 30_000;
/** A gateway between us and Notify, or Notify itself, gave up waiting: what it waited for may yet be done. */
const GAVE_UP_WAITING: readonly number[] = [408, 502, 504];
const NEVER_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_TLS_|CERT_|UNABLE_TO_)/;
// Notify says the same code for all of these, so only its sentences tell whose fault it is. A sentence it changes is
// taken for one about the message: that family's next way is tried, and nobody's number is called wrong.
const OF_THE_RECIPIENT = /^(phone_number|email_address|Cannot send to international|Address must|Last line of address)/;
const OF_THE_ACCOUNT =
  /^(Template|sms template|email template|letter template|template_id|sms_sender_id|email_reply_to_id|Service is not allowed|Cannot send letters|Can.?t send to this recipient|Missing personalisation|Additional properties)/;

/** Says what a failed sending comes to. Nothing of the recipient is in what it says. */
export function outcomeOfFailure(thrown: unknown, recipient: string, now: Date): SendOutcome {
  const failure = thrown as ClientFailure;
  if (!failure.response) return neverConnected(failure) ? later(now, AFTER_A_FAULT_MS) : { kind: 'unknown' };
  const { status } = failure.response;
  const refused = errorIn(failure.response.data, recipient);
  if (status === 429) return outcomeOfTooMany(refused.code, now);
  if (GAVE_UP_WAITING.includes(status)) return { kind: 'unknown' };
  if (status >= 500) return later(now, AFTER_A_FAULT_MS);
  return isOfTheAccount(status, refused) ? { kind: 'not-set-up', ...refused } : refusal(refused);
}

/** Notify counts its days in UTC. */
function outcomeOfTooMany(code: string, now: Date): SendOutcome {
  if (code !== 'TooManyRequestsError')
    return later(now, code === 'RateLimitError' ? AFTER_TOO_FAST_MS : AFTER_A_FAULT_MS);
  return { kind: 'stop-until', at: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1)) };
}

/** Says what a failed look-up comes to. */
export function outcomeOfLookup(thrown: unknown, now: Date) {
  const { response } = thrown as ClientFailure;
  if (!response || response.status >= 500 || response.status === 429) return later(now, AFTER_A_FAULT_MS);
  const refused = errorIn(response.data, '');
  // Only Notify's own word counts: a 404 of something in between must not lead to sending twice.
  if (response.status === 404 && refused.code === 'NoResultFound') return { kind: 'not-found' } as const;
  return { kind: 'not-set-up', ...refused } as const;
}

function later(now: Date, ms: number): { readonly kind: 'try-later'; readonly after: Date } {
  return { kind: 'try-later', after: new Date(now.getTime() + ms) };
}

function neverConnected({ code, syscall, cause }: ClientFailure): boolean {
  const below = (cause ?? {}) as ClientFailure;
  const isConnecting = [syscall, below.syscall].some((call) => call === 'connect' || call === 'getaddrinfo');
  return isConnecting || NEVER_CONNECTED.test(code ?? '') || NEVER_CONNECTED.test(below.code ?? '');
}

function errorIn(data: unknown, recipient: string): Refused {
  const [first] = notifysErrors.safeParse(data).data?.errors ?? [];
  if (!first) return { code: 'UnknownError', message: 'Notify gave no reason.' };
  const { error: code, message } = first;
  return { code, message: recipient === '' ? message : message.replaceAll(recipient, '…') };
}

/** Whatever is not Notify's own word about this message is a wrong address, a wrong key or something in between. */
function isOfTheAccount(status: number, { code, message }: Refused): boolean {
  return status !== 400 || code === 'UnknownError' || OF_THE_ACCOUNT.test(message);
}

function refusal(refused: Refused): SendOutcome {
  const isRecipient = /^Invalid(Phone|Email|Recipient|Address)Error$/.test(refused.code);
  const about = isRecipient || OF_THE_RECIPIENT.test(refused.message) ? 'recipient' : 'message';
  return { kind: 'refused', about, ...refused };
}
