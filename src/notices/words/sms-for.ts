import type { Language } from '../domain/languages.ts';
import type { Bridging, NoticeFacts, ToldPayment } from '../domain/notice-facts.ts';
import { type SmsCheck, smsCheck, withPlainSigns } from '../domain/sms-text.ts';
import type { Speaker } from '../domain/written.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { byKind } from './by-kind.ts';
import { discreetLines } from './discreet.ts';
import { neutralSms } from './neutral-sms.ts';
import {
  amountLead,
  awardText,
  keptText,
  lastPaymentText,
  methodLead,
  movedText,
  nextText,
  remittanceLead,
  returnedLead,
  staysText,
} from './sentences.ts';
import { Voice } from './voice.ts';

/** A text message as it will be sent, with what becomes of it on the way. */
export interface Sms extends SmsCheck {
  readonly text: string;
  /** Whether it says digits and a link only, because the language would not arrive, or only in too many parts. */
  readonly isNeutral: boolean;
}

/** What a message cannot do without, and what it says besides where there is room. */
interface Sentences {
  readonly must: readonly string[];
  readonly more?: readonly string[];
}

const MOST_PARTS = 3;

/** Writes the text message of a notice, and makes sure first that its language arrives. */
export function smsFor(facts: NoticeFacts, language: Language, speaker: Speaker): Sms {
  const voice = new Voice(language, speaker, 'short');
  for (const wanted of speaker.isDiscreet ? [discreetLines(voice, facts).join(' ')] : openSms(voice, facts)) {
    const text = withPlainSigns(wanted);
    const checked = smsCheck(text);
    if (checked.lossless && checked.parts <= MOST_PARTS) return { text, isNeutral: false, ...checked };
  }
  const text = neutralSms(facts, speaker);
  return { text, isNeutral: true, ...smsCheck(text) };
}

/** Gives the whole message first, then the one without what it can do without. */
function openSms(voice: Voice, facts: NoticeFacts): string[] {
  const { council, link } = voice.speaker;
  const { must, more = [] } = sentences(voice, facts);
  // A change of account says whom to call already.
  const help = facts.kind === 'method' ? [] : [voice.say('smsHelp')];
  const message = (said: readonly string[]) => [`${council}:`, ...said, ...help, ...(link ? [link] : [])].join(' ');
  return more.length === 0 ? [message(must)] : [message([...must, ...more]), message(must)];
}

function sentences(voice: Voice, told: NoticeFacts): Sentences {
  return byKind<Sentences>(told, {
    'pay-day': ({ newDate, oldDate, payment, bridging }) => ({
      must: [
        ...[voice.say('smsPayDay'), movedText(voice, newDate, oldDate, payment.amount)],
        ...[lasts(voice, payment.lastsUntil), ...extra(voice, bridging)],
      ],
    }),
    'pay-day-kept': (facts) => ({ must: [keptText(voice, facts), ...next(voice, facts.payment)] }),
    'change-kept': (facts) => ({ must: [staysText(voice, facts)], more: next(voice, facts.next[0]) }),
    'early-payment': ({ usualDate, payment: { arrivesOn, amount, lastsUntil }, urgent }) => ({
      must: [voice.say('smsEarly'), movedText(voice, arrivesOn, usualDate, amount), lasts(voice, lastsUntil)],
      more: urgent ? [`${voice.say('sorryHeading')}.`] : [],
    }),
    amount: (facts) => ({ must: [amountLead(voice, facts)], more: next(voice, facts.next[0]) }),
    end: (facts) => ({
      must: [voice.say('endLead', { date: voice.date(facts.lastDay) })],
      more: [lastPaymentText(voice, facts)],
    }),
    method: (facts) => ({ must: [methodLead(voice, facts), voice.say('methodWarning')] }),
    accommodation: ({ movesOn }) => ({ must: [voice.say('homeLead', { date: voice.date(movesOn) })] }),
    calendar: ({ payments: [first] }) => ({ must: first ? next(voice, first) : [voice.say('endNone')] }),
    award: (facts) => ({ must: [awardText(voice, facts)] }),
    decision: ({ outcome }) => ({ must: [voice.say(outcome)] }),
    remittance: (facts) => ({ must: [remittanceLead(voice, facts), lasts(voice, facts.payment.lastsUntil)] }),
    'payment-returned': (facts) => ({ must: [returnedLead(voice, facts)], more: [voice.say('returnedDoing')] }),
  });
}

function extra(voice: Voice, bridging: Bridging | null): string[] {
  if (!bridging) return [];
  return [voice.say('smsBridging', { amount: voice.amount(bridging.amount), date: voice.date(bridging.arrivesOn) })];
}

function next(voice: Voice, payment: ToldPayment | undefined): string[] {
  return payment ? [nextText(voice, payment.arrivesOn, payment.amount), lasts(voice, payment.lastsUntil)] : [];
}

function lasts(voice: Voice, until: PlainDate): string {
  return voice.say('smsMustLast', { date: voice.date(until) });
}
