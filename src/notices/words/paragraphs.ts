import type { ToldPayment } from '../domain/notice-facts.ts';
import type { Block } from '../domain/written.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Voice } from './voice.ts';

/** Begins a notice with what matters most. */
export const lead = (text: string): Block => ({ kind: 'lead', text });

/** Gives one paragraph for each sentence or two that belong together. */
export const paragraphs = (...texts: readonly string[]): Block[] => texts.map((text) => ({ kind: 'paragraph', text }));

/** Gives a heading and what is below it. */
export const under = (heading: string, blocks: readonly Block[]): Block[] => [
  { kind: 'heading', text: heading },
  ...blocks,
];

/** Gives names and values, leaving out what there is nothing to say of. */
export function rows(...pairs: readonly (readonly [label: string, value: string | null])[]): Block {
  return { kind: 'facts', rows: pairs.flatMap(([label, value]) => (value === null ? [] : [{ label, value }])) };
}

/** Leaves a person's own words in the English they were written in. Empty words are left out. */
export function asWritten(texts: readonly (string | null)[]): Block[] {
  return texts.flatMap((text) => (text?.trim() ? [{ kind: 'as-written', language: 'en', text: text.trim() }] : []));
}

/** Gives several things a person wrote: a list to who reads English, otherwise each left as it was written. */
export function asListed(voice: Voice, texts: readonly string[]): Block[] {
  return voice.language === 'en' && texts.length > 1 ? [{ kind: 'list', items: texts }] : asWritten(texts);
}

/** Says why, in the words of who decided it. */
export function why(voice: Voice, reason: string): Block[] {
  return reason.trim() ? under(voice.say('whyHeading'), asWritten([reason])) : [];
}

/** Says sorry in the council's own words, where something is changed too late. */
export function sorry(voice: Voice, urgent: { readonly apology: string } | null): Block[] {
  return urgent ? under(voice.say('sorryHeading'), asWritten([urgent.apology])) : [];
}

/** Tells what to do when the money does not come: on a certain day, or on any. */
export function ifLate(voice: Voice, date: PlainDate | null): Block[] {
  const text = date === null ? voice.say('lateAnyDay') : voice.say('late', { date: voice.date(date) });
  return under(voice.say('lateHeading'), paragraphs(text));
}

/** Lists coming payments with how long each must last. */
export function payments(voice: Voice, told: readonly (ToldPayment & { readonly isEarly?: boolean })[]): Block[] {
  if (told.length === 0) return [];
  const table: Block = {
    kind: 'payments',
    head: { arrives: voice.say('arrives'), amount: voice.say('amount'), lastsUntil: voice.say('lastsUntil') },
    rows: told.map((payment) => ({
      arrives: voice.date(payment.arrivesOn),
      amount: payment.amount === null ? voice.say('notKnown') : voice.amount(payment.amount),
      lastsUntil: voice.date(payment.lastsUntil),
      note: payment.isEarly ? voice.say('calendarEarly') : null,
    })),
  };
  return under(voice.say('nextHeading'), [table]);
}

/** Ends a notice with how to ask, and says that some of it is in English to who reads another language. */
export function howToAsk(voice: Voice, hasEnglish: boolean): Block[] {
  const { helpEmail } = voice.speaker;
  return under(voice.say('helpHeading'), [
    ...paragraphs(voice.say('help')),
    ...(helpEmail === null ? [] : paragraphs(voice.say('helpEmail'))),
    ...(hasEnglish && voice.language !== 'en' ? paragraphs(voice.say('inEnglish')) : []),
  ]);
}
