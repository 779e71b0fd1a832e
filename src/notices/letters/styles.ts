import { directionOf, type Language } from '../domain/languages.ts';
import type { Style } from './runs.ts';

/** Line heights, in sizes of the words: what hangs and towers needs more room. */
const HEIGHTS: Partial<Record<Language, number>> = { ur: 2.4, ar: 1.62, bn: 1.58 };
const INK = '#0b0c0c';
const QUIET = '#484949';
const BODY = 11.5;

/** The few ways words of a letter are set, in one language. */
export interface Styles {
  readonly body: Style;
  readonly strong: Style;
  readonly lead: Style;
  readonly title: Style;
  readonly heading: Style;
  readonly quiet: Style;
}

/** Gives the ways words are set in a language. */
export function stylesIn(language: Language): Styles {
  const height = HEIGHTS[language] ?? 1.42;
  const style = (size: number, weight: Style['weight'], colour = INK): Style => ({
    ...{ language, direction: directionOf(language), size, weight, colour },
    leading: size * height,
  });
  return {
    ...{ body: style(BODY, 'regular'), strong: style(BODY, 'bold'), lead: style(13, 'bold') },
    ...{ title: style(17, 'bold'), heading: style(13, 'bold'), quiet: style(10, 'regular', QUIET) },
  };
}

/** Gives how names, addresses and numbers stand: they are written as they are here, whatever the letter's language. */
export function plainStyle(size: number, leading: number, weight: Style['weight'] = 'regular', colour = INK): Style {
  return { language: 'en', direction: 'ltr', size, weight, colour, leading };
}

/** Names a language the way files and pages do. */
export function languageTag(language: Language): string {
  return language === 'en' ? 'en-GB' : language;
}
