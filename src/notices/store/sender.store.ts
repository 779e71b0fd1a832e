import type { Transaction } from '../../platform/index.ts';
import type { TokenBucket } from '../notify/token-bucket.ts';

/** How a council sends: its own GOV.UK Notify service. The key is sealed. */
export interface SenderRow {
  readonly version: number;
  readonly baseUrl: string;
  readonly sealedKey: Buffer;
  readonly smsTemplate: string;
  readonly emailTemplate: string;
  readonly callbackTokenSha256: Buffer;
  /** The text message sender a discreet family sees; absent where there is none of its own. */
  readonly discreetSmsSender: string | null;
  /** Whether the names messages come from say nothing of the council, in text messages and e-mail alike. */
  readonly isNeutral: boolean;
  /** Where families look at their own page: an address without a path's data. */
  readonly pageUrl: string;
  readonly pausedUntil: Date | null;
  readonly pauseReason: string | null;
  readonly bucket: TokenBucket;
  readonly isPaused: boolean;
  readonly now: number;
}

/** What an operator sets up. */
export type NewSender = Pick<
  SenderRow,
  | ('baseUrl' | 'sealedKey' | 'smsTemplate' | 'emailTemplate' | 'callbackTokenSha256')
  | ('discreetSmsSender' | 'isNeutral' | 'pageUrl')
>;

const MILLISECONDS = 'extract(epoch from %) * 1000';
const COLUMNS = `version, base_url as "baseUrl", sealed_key as "sealedKey", sms_template as "smsTemplate",
  email_template as "emailTemplate", callback_token_sha256 as "callbackTokenSha256", page_url as "pageUrl",
  discreet_sms_sender as "discreetSmsSender", is_neutral as "isNeutral",
  paused_until as "pausedUntil", pause_reason as "pauseReason", coalesce(paused_until > now(), false) as "isPaused",
  jsonb_build_object('tokens', floor(tokens), 'at', floor(${MILLISECONDS.replace('%', 'tokens_at')})) as bucket,
  floor(${MILLISECONDS.replace('%', 'clock_timestamp()')})::float8 as now`;

/** Reads how the council sends, if it was set up. */
export function senderOf(tx: Transaction): Promise<SenderRow | undefined> {
  return tx.maybe(`select ${COLUMNS} from notices.sender`);
}

/** Reads it and keeps other senders from the rate meanwhile. */
export async function lockSender(tx: Transaction): Promise<SenderRow | undefined> {
  return tx.maybe(`select ${COLUMNS} from notices.sender for update`);
}

/** Keeps what is left of the rate. */
export async function keepBucket(tx: Transaction, { tokens, at }: TokenBucket): Promise<void> {
  await tx.query(`update notices.sender set tokens = $1, tokens_at = to_timestamp($2::float8 / 1000)`, [tokens, at]);
}

/** Stops sending until a moment: Notify said so of this key. Of a key that was replaced meanwhile it says nothing any more. */
export async function pauseSending(tx: Transaction, sealedKey: Buffer, until: Date, reason: string): Promise<void> {
  await tx.query(
    `update notices.sender set paused_until = $2, pause_reason = $3, version = version + 1 where sealed_key = $1`,
    [sealedKey, until, reason],
  );
}

/** Sets up, or replaces, how the council sends. */
export async function keepSender(tx: Transaction, sender: NewSender): Promise<void> {
  await tx.query(
    `insert into notices.sender (authority_id, base_url, sealed_key, sms_template, email_template, callback_token_sha256, page_url,
       discreet_sms_sender, is_neutral)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict on constraint pk_sender do update set base_url = excluded.base_url, sealed_key = excluded.sealed_key,
       sms_template = excluded.sms_template, email_template = excluded.email_template,
       callback_token_sha256 = excluded.callback_token_sha256, page_url = excluded.page_url, discreet_sms_sender = excluded.discreet_sms_sender,
       is_neutral = excluded.is_neutral, version = notices.sender.version + 1`,
    [
      ...[tx.actor.authorityId, sender.baseUrl, sender.sealedKey, sender.smsTemplate, sender.emailTemplate],
      ...[sender.callbackTokenSha256, sender.pageUrl, sender.discreetSmsSender, sender.isNeutral],
    ],
  );
}
