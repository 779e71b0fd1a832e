/** The languages notices are written in. English is complete; each other one is used only once a named person approved it. */
export const languages = ['en', 'es', 'pt', 'fr', 'ro', 'bn', 'ur', 'ar', 'yo', 'so', 'tr'] as const;
/** The code of a language notices are written in. */
export type Language = (typeof languages)[number];

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ur', 'ar']);

/** Says which way a language is written. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
}

/** Says whether a family's language is one notices are written in. */
export function isLanguage(code: string): code is Language {
  return (languages as readonly string[]).includes(code);
}
