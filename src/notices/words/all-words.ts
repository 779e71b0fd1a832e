import type { Language } from '../domain/languages.ts';
import { ar } from './ar.ts';
import { bn } from './bn.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { pt } from './pt.ts';
import { ro } from './ro.ts';
import { so } from './so.ts';
import { tr } from './tr.ts';
import { ur } from './ur.ts';
import type { Words } from './words.ts';
import { yo } from './yo.ts';

/** Has the words of every language. */
export const allWords: Readonly<Record<Language, Words>> = { en, es, pt, fr, ro, bn, ur, ar, yo, so, tr };

/** Gives what a language calls itself, for a reader who knows no other: `Español`. */
export function ownNameOf(language: Language): string {
  return allWords[language].name;
}
