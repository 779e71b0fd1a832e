import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { smsPrice } from '../domain/sms-text.ts';
import { type SenderRow, senderOf } from '../store/sender.store.ts';

/** The council's GOV.UK Notify service without its key and token. */
export type SenderShown = Omit<SenderRow, 'sealedKey' | 'callbackTokenSha256' | 'bucket' | 'now'>;

/** How the council sends, and how far it is. */
export interface SendingShown {
  /** Nothing while the council has no GOV.UK Notify service. */
  readonly sender: SenderShown | undefined;
  /** Messages that wait or are being handed over now. */
  readonly waiting: number;
  /** Messages handed over since the oldest that waits was made: how far today's sending is. */
  readonly sentOfThese: number;
  readonly sentLastHour: number;
  readonly month: readonly { readonly way: string; readonly messages: number; readonly parts: number }[];
  /** What the text messages of this month cost at most. */
  readonly smsCost: Money;
}

/** Reads how the council sends. */
export async function sendingShown(tx: Transaction): Promise<SendingShown> {
  const sender = await senderOf(tx);
  const month = await tx.query<{ way: string; messages: number; parts: number }>(
    `select channel as way, count(*)::int as messages, coalesce(sum(parts), 0)::int as parts from notices.attempt
      where sent_at >= date_trunc('month', now()) group by channel order by channel`,
  );
  const parts = month.find(({ way }) => way === 'sms')?.parts ?? 0;
  return { sender: sender && openly(sender), ...(await queueLength(tx)), month, smsCost: smsPrice(parts) };
}

/** Counts what waits to be sent and what of the same sending is on its way. */
export async function queueLength(
  tx: Transaction,
): Promise<Pick<SendingShown, 'waiting' | 'sentOfThese' | 'sentLastHour'>> {
  return tx.one(
    `with waiting as (
       select count(*)::int as n, min(made_at) as since from notices.attempt
        where state in ('queued', 'sending') and print_batch_id is null and channel <> 'letter')
     select waiting.n as waiting,
            (select count(*)::int from notices.attempt where sent_at >= waiting.since) as "sentOfThese",
            (select count(*)::int from notices.attempt where sent_at >= now() - interval '1 hour') as "sentLastHour"
       from waiting`,
  );
}

/** What may be shown is named here, so that nothing secret is shown by adding a column. */
function openly(sender: SenderRow): SenderShown {
  const { version, baseUrl, smsTemplate, emailTemplate, pageUrl, isPaused, pausedUntil, pauseReason } = sender;
  const { discreetSmsSender, isNeutral } = sender;
  const names = { discreetSmsSender, isNeutral };
  return { version, baseUrl, smsTemplate, emailTemplate, pageUrl, isPaused, pausedUntil, pauseReason, ...names };
}
