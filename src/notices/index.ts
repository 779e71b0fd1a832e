export { directionOf, isLanguage, type Language, languages } from './domain/languages.ts';
export type { Block, Speaker, Written } from './domain/written.ts';
export { type Letter, letterHeadTooLong, letterTooLong, type Sender } from './letters/letter.ts';
export { letterPdf, lettersPdf } from './letters/letter-pdf.ts';
