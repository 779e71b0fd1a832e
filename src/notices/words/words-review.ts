import { createHash } from 'node:crypto';
import type { Language } from '../domain/languages.ts';
import type { NoticeFacts } from '../domain/notice-facts.ts';
import type { Written } from '../domain/written.ts';
import { allWords } from './all-words.ts';
import { type Email, emailFor } from './email-for.ts';
import { sampleFacts, sampleSpeaker } from './sample-facts.ts';
import { type Sms, smsFor } from './sms-for.ts';
import type { Phrase } from './words.ts';
import { writtenFor } from './written-for.ts';

/** One made-up notice in a language, each way it can be told. */
export interface SampleNotice {
  readonly facts: NoticeFacts;
  readonly written: Written;
  readonly sms: Sms;
  readonly email: Email;
  readonly discreetSms: Sms;
  readonly discreetEmail: Email;
}

/** One phrase as it stands in a language, beside the English it says. `{names}` are filled in for each family. */
export interface PhrasePair {
  readonly phrase: Phrase;
  readonly english: string;
  readonly translated: string;
}

/** Fingerprints every word of a language, so that an approval is of exactly these words: SHA-256, 64 hex digits. */
export function wordsDigest(language: Language): string {
  const { name, dates, unsaid, phrases } = allWords[language];
  const words = [...inOrder({ name, unsaid, ...dates }), ...inOrder(phrases)];
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}

/** Shows a reviewer every kind of notice in a language, with made-up facts. */
export function wordsSample(language: Language): SampleNotice[] {
  const discreet = { ...sampleSpeaker, isDiscreet: true };
  return sampleFacts.map((facts) => ({
    facts,
    written: writtenFor(facts, language, sampleSpeaker),
    sms: smsFor(facts, language, sampleSpeaker),
    email: emailFor(facts, language, sampleSpeaker),
    discreetSms: smsFor(facts, language, discreet),
    discreetEmail: emailFor(facts, language, discreet),
  }));
}

/** Lays every phrase of a language beside the English, in the order of the English, for whoever reviews it. */
export function phrasesBesideEnglish(language: Language): PhrasePair[] {
  return (Object.keys(allWords.en.phrases) as Phrase[]).map((phrase) => ({
    ...{ phrase, english: allWords.en.phrases[phrase], translated: allWords[language].phrases[phrase] },
  }));
}

function inOrder(words: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(words).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
