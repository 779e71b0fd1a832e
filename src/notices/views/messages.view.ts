import type { FamilyReach } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { composeAttempt, composing, type SentWay } from '../actions/compose-attempt.ts';
import { smsPrice } from '../domain/sms-text.ts';
import type { NoticeFacts } from '../domain/notice-facts.ts';

/** One message as it would be sent, word for word. */
export interface MessageAhead {
  readonly way: SentWay;
  readonly language: string;
  readonly to: string;
  readonly subject: string | null;
  readonly body: string;
  readonly parts: number | null;
  /** What a text message of so many parts costs; absent of other ways. */
  readonly price: string | null;
  /** Whether it says digits and a link only, because the language would not arrive. */
  readonly isNeutral: boolean;
}

/** Shows the messages a family would be sent, by each of its own ways in the order they are tried. */
export async function messagesAhead(
  tx: Transaction,
  facts: NoticeFacts,
  family: FamilyReach,
): Promise<readonly MessageAhead[]> {
  const help = await composing(tx, [family], 'as-if');
  const ways = family.ways.filter((way): way is SentWay => way !== 'call' && help.canSend(way, family));
  return ways.map((way) => {
    const sent = composeAttempt(way, { id: 'preview', familyId: family.familyId, facts }, family, help);
    const { language, destination: to, subject, body, parts, isNeutral } = sent;
    return {
      way,
      language,
      to,
      subject,
      body,
      parts,
      isNeutral,
      price: parts === null ? null : smsPrice(parts).toString(),
    };
  });
}
