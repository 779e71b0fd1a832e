import type { Channel, FamilyReach } from '../../families/index.ts';
import { noticePolicy } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { isLanguage, type Language } from '../domain/languages.ts';
import type { Speaker } from '../domain/written.ts';
import type { Letter } from '../letters/letter.ts';
import type { NewAttempt } from '../store/attempt.store.ts';
import type { NoticeRow } from '../store/notice.store.ts';
import { type SenderRow, senderOf } from '../store/sender.store.ts';
import { approvedWords } from '../words/approved-words.ts';
import { emailFor } from '../words/email-for.ts';
import { smsFor } from '../words/sms-for.ts';
import { Voice } from '../words/voice.ts';
import { writtenFor } from '../words/written-for.ts';
import { linksToCome } from '../access/make-links.ts';

type Policy = Awaited<ReturnType<typeof noticePolicy>>;

/** What messages are composed with, for many families at once. */
export interface Composing {
  readonly policy: Policy;
  readonly today: PlainDate;
  /** Text messages and e-mail need the council's Notify service; letters can be printed here. */
  canSend(channel: Channel, family: FamilyReach): boolean;
  /** The language a family reads, where a named person approved its words; else English. */
  languageOf(family: FamilyReach): Language;
  /** The digest of the words of a language; absent for English, which needs no approval. */
  digestOf(language: Language): string | null;
  linkOf(familyId: string): string | null;
}

/** Prepares everything messages to some families are composed with. Codes come into them only when they leave. */
export async function composing(tx: Transaction, families: readonly FamilyReach[]): Promise<Composing> {
  const policy = await noticePolicy(tx);
  const sender = await senderOf(tx);
  const digests = await approvedWords(tx);
  const linkOf = sender ? linksToCome(sender.pageUrl, families) : new Map<string, string>();
  return {
    ...{ policy, today: tx.today },
    canSend: (channel, { isDiscreet }) => canSendBy(sender, channel, isDiscreet),
    languageOf: ({ reads }) => (isLanguage(reads) && digests.has(reads) ? reads : 'en'),
    digestOf: (language) => digests.get(language) ?? null,
    linkOf: (familyId) => linkOf.get(familyId) ?? null,
  };
}

/**
 * Says whether a council can send by a way. A discreet family gets no message whose sender's name would say who it is from.
 */
export function canSendBy(sender: SenderRow | undefined, channel: Channel, isDiscreet: boolean): boolean {
  if (channel === 'letter') return true;
  if (channel === 'call' || !sender) return false;
  return !isDiscreet || sender.isNeutral || (channel === 'sms' && sender.discreetSmsSender !== null);
}

/** The ways a message goes by itself. */
export type SentWay = Exclude<Channel, 'call'>;

/** Says who speaks to a family, and how carefully. */
export function speakerTo(family: FamilyReach, policy: Policy, link: string | null): Speaker {
  const { councilName, helpPhone, helpEmail } = policy;
  return { council: councilName, helpPhone: helpPhone ?? '', helpEmail, isDiscreet: family.isDiscreet, link };
}

/** Writes one message to one family by one of its ways, ready to be queued. */
export function composeAttempt(
  channel: SentWay,
  { id: noticeId, familyId, facts }: Pick<NoticeRow, 'id' | 'familyId' | 'facts'>,
  family: FamilyReach,
  help: Composing,
): NewAttempt {
  const language = help.languageOf(family);
  const speaker = speakerTo(family, help.policy, help.linkOf(familyId));
  const { isDiscreet } = family;
  const common = {
    noticeId,
    familyId,
    channel,
    language,
    isDiscreet,
    isNeutral: false,
    wordsDigest: help.digestOf(language),
  };
  const nothing = { subject: null, letter: null, postage: null, parts: null };
  switch (channel) {
    case 'sms': {
      const { text, parts, isNeutral } = smsFor(facts, language, speaker);
      return { ...common, ...nothing, destination: family.mobile ?? '', body: text, parts, isNeutral };
    }
    case 'email': {
      const { subject, body } = emailFor(facts, language, speaker);
      return { ...common, ...nothing, destination: family.email ?? '', subject, body };
    }
    case 'letter':
    default: {
      const letter = letterTo(family, language, { facts, speaker, noticeId, ...help });
      const { postage } = help.policy;
      // Its words without its dress, for whoever reads on screen what was sent. Inside the envelope nothing is left out.
      const { body } = emailFor(facts, language, { ...speaker, isDiscreet: false, link: null });
      const destination = family.addressLines.join('\n');
      // What it is known by on screen: of a discreet one no more than its envelope says.
      const subject = isDiscreet ? new Voice(language, speaker).say('discreetSubject') : letter.written.subject;
      return { ...common, ...nothing, destination, subject, body, letter, postage };
    }
  }
}

function letterTo(
  family: FamilyReach,
  language: Language,
  {
    facts,
    speaker,
    policy,
    today,
    noticeId,
  }: Composing & { facts: NoticeRow['facts']; speaker: Speaker; noticeId: string },
): Letter {
  return {
    written: writtenFor(facts, language, speaker),
    to: family.addressLines,
    from: {
      ...{ name: policy.councilName, lines: policy.returnAddress ?? [], phone: policy.helpPhone ?? '' },
      email: policy.helpEmail,
    },
    ...{ date: today, dateText: new Voice(language, speaker).dated(today), reference: noticeId },
    ...{ isDiscreet: family.isDiscreet, colour: policy.colour },
  };
}
