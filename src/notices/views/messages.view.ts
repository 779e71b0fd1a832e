import type { FamilyReach } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { composeAttempt, type Composing, composing, type SentWay, speakerTo } from '../actions/compose-attempt.ts';
import { smsPrice } from '../domain/sms-text.ts';
import type { Written } from '../domain/written.ts';
import { writtenFor } from '../words/written-for.ts';
import type { NoticeFacts } from '../domain/notice-facts.ts';

/** One message as it would be sent, word for word. */
export interface MessageAhead {
  readonly way: SentWay;
  readonly language: string;
  readonly to: string;
  readonly subject: string | null;
  readonly body: string;
  /** The same as a letter or an e-mail shows it; absent where it is plain lines. */
  readonly written: Written | null;
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
  const help = await composing(tx, [family]);
  const ways = family.ways.filter((way): way is SentWay => way !== 'call' && help.canSend(way, family));
  return ways.map((way) => {
    const sent = composeAttempt(way, { id: 'preview', familyId: family.familyId, facts }, family, help);
    const { language, destination: to, subject, body, parts, isNeutral } = sent;
    return {
      ...{ way, language, to, subject, body, parts, isNeutral, written: writtenOf(way, facts, family, help) },
      price: parts === null ? null : smsPrice(parts).toString(),
    };
  });
}

function writtenOf(way: SentWay, facts: NoticeFacts, family: FamilyReach, help: Composing): Written | null {
  if (way === 'sms' || (way === 'email' && family.isDiscreet)) return null;
  const speaker = speakerTo(family, help.policy, help.linkOf(family.familyId));
  // Inside a closed envelope nothing is left out.
  return writtenFor(facts, help.languageOf(family), { ...speaker, isDiscreet: false });
}
