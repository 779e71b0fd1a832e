import { plainDate } from '../../src/kernel/index.ts';
import { type Language, type Letter, type Speaker, writtenFor } from '../../src/notices/index.ts';
import { sampleFacts } from '../../src/notices/words/sample-facts.ts';

const sender = {
  name: 'Northshire Council',
  lines: ['Children and Families', 'County Hall', 'Northtown', 'NR1 1AA'],
  phone: '020 8000 0000',
  email: 'families@northshire.example',
};
const dates: Partial<Record<Language, string>> = { ar: '16 نوفمبر 2026', ur: '16 نومبر 2026', bn: '16 নভেম্বর 2026' };

/** Writes a made-up letter of each kind of notice in a language. */
export function sampleLetters(language: Language, changes: Partial<Letter> = {}): Letter[] {
  const isDiscreet = changes.isDiscreet ?? false;
  const speaker: Speaker = { council: sender.name, helpPhone: sender.phone, helpEmail: null, isDiscreet, link: null };
  return sampleFacts.map((facts, index) => ({
    written: writtenFor(facts, language, speaker),
    to: ['Ms Ọlá O’Brien-Şahin', 'Flat 12B', '14 Elm Street', 'Northtown', 'NR2 4QQ'],
    from: sender,
    ...{
      date: plainDate('2026-11-16'),
      dateText: dates[language] ?? '16 November 2026',
      reference: `MS ${4711 + index}`,
    },
    ...{ isDiscreet, colour: '#1d4f5c', ...changes },
  }));
}

/** Writes one made-up letter: that a pay day moves. */
export function sampleLetter(language: Language = 'en', changes: Partial<Letter> = {}): Letter {
  return sampleLetters(language, changes)[0] as Letter;
}
