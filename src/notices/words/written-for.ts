import type { Language } from '../domain/languages.ts';
import type { NoticeFacts, NoticeKind } from '../domain/notice-facts.ts';
import type { Block, Speaker, Written } from '../domain/written.ts';
import { byKind } from './by-kind.ts';
import { howToAsk } from './paragraphs.ts';
import {
  accommodationBlocks,
  amountBlocks,
  earlyPaymentBlocks,
  endBlocks,
  keptBlocks,
  methodBlocks,
  payDayBlocks,
  staysBlocks,
} from './said-of-changes.ts';
import { awardBlocks, calendarBlocks, decisionBlocks, remittanceBlocks, returnedBlocks } from './said-of-payments.ts';
import { Voice } from './voice.ts';
import type { Phrase } from './words.ts';

const SUBJECTS = {
  'pay-day': 'payDaySubject',
  'pay-day-kept': 'keptSubject',
  'change-kept': 'staysSubject',
  amount: 'amountSubject',
  end: 'endSubject',
  method: 'methodSubject',
  accommodation: 'homeSubject',
  'early-payment': 'earlySubject',
  calendar: 'calendarSubject',
  award: 'awardSubject',
  decision: 'decisionSubject',
  remittance: 'paidSubject',
  'payment-returned': 'returnedSubject',
} as const satisfies Readonly<Record<NoticeKind, Phrase>>;

/** Writes a whole notice out for a family: what its letter, its page and its e-mail are made from. */
export function writtenFor(facts: NoticeFacts, language: Language, speaker: Speaker): Written {
  const voice = new Voice(language, speaker);
  const told = blocksOf(voice, facts);
  const hasEnglish = told.some((block) => block.kind === 'as-written');
  return {
    ...{ language, direction: voice.direction },
    subject: voice.say(SUBJECTS[facts.kind]),
    greeting: voice.say('greeting'),
    blocks: [...told, ...howToAsk(voice, hasEnglish)],
    closing: voice.say('closing'),
  };
}

function blocksOf(voice: Voice, told: NoticeFacts): Block[] {
  return byKind(told, {
    'pay-day': (facts) => payDayBlocks(voice, facts),
    'pay-day-kept': (facts) => keptBlocks(voice, facts),
    'change-kept': (facts) => staysBlocks(voice, facts),
    amount: (facts) => amountBlocks(voice, facts),
    end: (facts) => endBlocks(voice, facts),
    method: (facts) => methodBlocks(voice, facts),
    accommodation: (facts) => accommodationBlocks(voice, facts),
    'early-payment': (facts) => earlyPaymentBlocks(voice, facts),
    calendar: (facts) => calendarBlocks(voice, facts),
    award: (facts) => awardBlocks(voice, facts),
    decision: (facts) => decisionBlocks(voice, facts),
    remittance: (facts) => remittanceBlocks(voice, facts),
    'payment-returned': (facts) => returnedBlocks(voice, facts),
  });
}
