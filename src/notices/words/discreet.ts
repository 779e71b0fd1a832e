import type { Language } from '../domain/languages.ts';
import type { NoticeFacts } from '../domain/notice-facts.ts';
import { allWords } from './all-words.ts';
import type { Voice } from './voice.ts';

const MOST_DATES = 4;

/**
 * Says that something changes and when, for whoever else may hold the telephone: honest, and nothing of money.
 *
 * The rest is behind the link, after the family said that it is safe to go on.
 */
export function discreetText(voice: Voice, facts: NoticeFacts): string {
  switch (facts.kind) {
    case 'pay-day':
      return voice.say('discreetMoved', { newDate: voice.date(facts.newDate), oldDate: voice.date(facts.oldDate) });
    case 'pay-day-kept':
      return voice.say('discreetKept', { newDate: voice.date(facts.notDate), oldDate: voice.date(facts.usualDate) });
    case 'early-payment': {
      const newDate = voice.date(facts.payment.arrivesOn);
      return voice.say('discreetMoved', { newDate, oldDate: voice.date(facts.usualDate) });
    }
    case 'calendar': {
      const dates = facts.payments.slice(0, MOST_DATES).map(({ arrivesOn }) => voice.date(arrivesOn));
      return dates.length === 0 ? voice.say('discreetNews') : voice.say('discreetDates', { dates: dates.join('; ') });
    }
    case 'amount':
    case 'method':
      return voice.say('discreetChange', { date: voice.date(facts.from) });
    case 'accommodation':
      return voice.say('discreetChange', { date: voice.date(facts.movesOn) });
    case 'end':
      return voice.say('discreetChange', { date: voice.date(facts.lastDay) });
    case 'award':
    case 'decision':
    case 'remittance':
      return voice.say('discreetNews');
  }
}

/** Says whether a text tells a stranger nothing of council, money or immigration, in that language or in English. */
export function saysNothing(text: string, language: Language): boolean {
  const heard = folded(text);
  const words = [allWords.en.unsaid, allWords[language].unsaid].flatMap((list) => list.split('|'));
  return words.every((word) => !heard.includes(folded(word)));
}

/** Makes one word of its spellings: capitals, accents, a dotless i, spaces of any width. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll(/\s+/g, ' ');
}
