import type { Language } from '../domain/languages.ts';
import type { NoticeFacts, ToldPayment } from '../domain/notice-facts.ts';
import { type SmsCheck, smsCheck, withPlainSigns } from '../domain/sms-text.ts';
import type { Speaker } from '../domain/written.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { discreetText } from './discreet.ts';
import { neutralSms } from './neutral-sms.ts';
import { amountLead, keptText, methodLead, movedText, nextText } from './said-of-changes.ts';
import { awardText, remittanceLead } from './said-of-payments.ts';
import { Voice } from './voice.ts';

/** A text message as it will be sent, with what becomes of it on the way. */
export interface Sms extends SmsCheck {
  readonly text: string;
  /** Whether it says digits and a link only, because the language would not arrive, or only in too many parts. */
  readonly isNeutral: boolean;
}

const MOST_PARTS = 3;

/** Writes the text message of a notice, and makes sure first that its language arrives. */
export function smsFor(facts: NoticeFacts, language: Language, speaker: Speaker): Sms {
  const voice = new Voice(language, speaker, 'short');
  const text = withPlainSigns(speaker.isDiscreet ? discreetSms(voice, facts) : openSms(voice, facts));
  const checked = smsCheck(text);
  if (checked.lossless && checked.parts <= MOST_PARTS) return { text, isNeutral: false, ...checked };
  const neutral = neutralSms(facts, speaker);
  return { text: neutral, isNeutral: true, ...smsCheck(neutral) };
}

/** Writes what a discreet message says, by text message and by e-mail. */
export function discreetSms(voice: Voice, facts: NoticeFacts): string {
  const { link } = voice.speaker;
  const details = link === null ? [] : [voice.say('discreetDetails', { link })];
  return [discreetText(voice, facts), ...details, voice.say('smsHelp')].join(' ');
}

function openSms(voice: Voice, facts: NoticeFacts): string {
  const { council, link } = voice.speaker;
  return [`${council}:`, ...sentences(voice, facts), voice.say('smsHelp'), link].filter(Boolean).join(' ');
}

function sentences(voice: Voice, facts: NoticeFacts): string[] {
  switch (facts.kind) {
    case 'pay-day': {
      const { oldDate, newDate, payment, bridging } = facts;
      const extra = bridging && { amount: voice.amount(bridging.amount), date: voice.date(bridging.arrivesOn) };
      return [
        ...[voice.say('smsPayDay'), movedText(voice, newDate, oldDate, payment.amount)],
        ...[lasts(voice, payment.lastsUntil), ...(extra ? [voice.say('smsBridging', extra)] : [])],
      ];
    }
    case 'pay-day-kept':
      return [keptText(voice, facts), ...nextSentences(voice, facts.payment)];
    case 'early-payment': {
      const { arrivesOn, amount, lastsUntil } = facts.payment;
      return [voice.say('smsEarly'), movedText(voice, arrivesOn, facts.usualDate, amount), lasts(voice, lastsUntil)];
    }
    case 'amount':
      return [amountLead(voice, facts)];
    case 'end':
      return [voice.say('endLead', { date: voice.date(facts.lastDay) })];
    case 'method':
      return [methodLead(voice, facts), voice.say('methodWarning')];
    case 'accommodation':
      return [voice.say('homeLead', { date: voice.date(facts.movesOn) })];
    case 'calendar':
      return nextSentences(voice, facts.payments[0]);
    case 'award':
      return [awardText(voice, facts)];
    case 'decision':
      return [voice.say(facts.outcome)];
    case 'remittance':
      return [remittanceLead(voice, facts), lasts(voice, facts.payment.lastsUntil)];
  }
}

function nextSentences(voice: Voice, next: ToldPayment | undefined): string[] {
  if (!next) return [voice.say('endNone')];
  return [nextText(voice, next.arrivesOn, next.amount), lasts(voice, next.lastsUntil)];
}

function lasts(voice: Voice, until: PlainDate): string {
  return voice.say('smsMustLast', { date: voice.date(until) });
}
