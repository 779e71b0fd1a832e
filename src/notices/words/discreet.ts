import type { Language } from '../domain/languages.ts';
import type { NoticeFacts } from '../domain/notice-facts.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { allWords } from './all-words.ts';
import { byKind } from './by-kind.ts';
import type { Voice } from './voice.ts';

const MOST_DATES = 4;

/** Gives everything a discreet message says, by text message and by e-mail: what, where to read on, whom to call. */
export function discreetLines(voice: Voice, facts: NoticeFacts): string[] {
  const { link, helpPhone } = voice.speaker;
  const details = link === null ? [] : [voice.say('discreetDetails', { link })];
  return [discreetText(voice, facts), ...details, ...(helpPhone ? [voice.say('smsHelp')] : [])];
}

/**
 * Says that something changes and when, for whoever else may hold the telephone: honest, and nothing of money.
 *
 * The rest is behind the link, after the family said that it is safe to go on.
 */
function discreetText(voice: Voice, told: NoticeFacts): string {
  const moved = (newDate: PlainDate, oldDate: PlainDate) =>
    voice.say('discreetMoved', { newDate: voice.date(newDate), oldDate: voice.date(oldDate) });
  const change = (from: PlainDate) => voice.say('discreetChange', { date: voice.date(from) });
  const news = () => voice.say('discreetNews');
  return byKind(told, {
    'pay-day': ({ newDate, oldDate }) => moved(newDate, oldDate),
    'pay-day-kept': ({ notDate, usualDate }) =>
      voice.say('discreetKept', { newDate: voice.date(notDate), oldDate: voice.date(usualDate) }),
    'change-kept': ({ notOn }) => voice.say('discreetStays', { date: voice.date(notOn) }),
    'early-payment': ({ payment, usualDate }) => moved(payment.arrivesOn, usualDate),
    amount: ({ from }) => change(from),
    method: ({ from }) => change(from),
    accommodation: ({ movesOn }) => change(movesOn),
    end: ({ lastDay }) => change(lastDay),
    calendar: ({ payments }) => {
      const dates = payments.slice(0, MOST_DATES).map(({ arrivesOn }) => voice.date(arrivesOn));
      return dates.length === 0 ? news() : voice.say('discreetDates', { dates: dates.join('; ') });
    },
    ...{ award: news, decision: news, remittance: news, 'payment-returned': news },
  });
}

/** Says whether a text tells a stranger nothing of council, money or immigration, in that language or in English. */
export function saysNothing(text: string, language: Language): boolean {
  const heard = folded(text);
  const words = [allWords.en.unsaid, allWords[language].unsaid].flatMap((list) => list.split('|'));
  return words.every((word) => !heard.includes(folded(word)));
}

/** Makes one word of its spellings: capitals, accents and tones, a dotless i. A dot below stays: in Yoruba it is another letter. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u0322\u0324-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll(/\s+/g, ' ');
}
