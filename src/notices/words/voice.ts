import type { PlainDate } from '../../kernel/index.ts';
import { directionOf, type Language } from '../domain/languages.ts';
import type { Speaker } from '../domain/written.ts';
import { allWords } from './all-words.ts';
import { amountText, dateText, isolated, weekdayText } from './amounts-and-dates.ts';
import type { Holes, Phrase } from './words.ts';

/** What a phrase is filled with. Who speaks is known to the voice already. */
type Filling<P extends Phrase> = Readonly<Record<Exclude<Holes<P>, 'council' | 'phone' | 'email'>, string>>;

/** Speaks one language for one council: phrases, days and amounts, in the right order for the way it is written. */
export class Voice {
  readonly direction: 'ltr' | 'rtl';

  constructor(
    readonly language: Language,
    readonly speaker: Speaker,
    private readonly dateLength: 'long' | 'short' = 'long',
  ) {
    this.direction = directionOf(language);
  }

  /** Says a phrase with everything it takes. */
  say<P extends Phrase>(phrase: P, ...filling: keyof Filling<P> extends never ? [] : [Filling<P>]): string {
    const { council, helpPhone, helpEmail } = this.speaker;
    const spoken = {
      council: this.plain(council),
      phone: helpPhone ? this.unbroken(helpPhone) : this.plain(council),
      email: this.plain(helpEmail ?? ''),
    };
    const values: Readonly<Record<string, string>> = { ...spoken, ...filling[0] };
    const { phrases } = allWords[this.language];
    return phrases[phrase].replaceAll(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole);
  }

  amount(amount: string): string {
    return this.plain(amountText(amount));
  }

  date(date: PlainDate): string {
    return this.kept(dateText(date, allWords[this.language].dates, this.dateLength), this.direction);
  }

  /** The day a letter was written, with its year. */
  dated(date: PlainDate): string {
    return this.kept(dateText(date, allWords[this.language].dates, 'dated'), this.direction);
  }

  weekday(weekday: number): string {
    return weekdayText(weekday, allWords[this.language].dates.weekdays);
  }

  /** Names and numbers that are written from left to right in every language. */
  plain(text: string): string {
    return this.kept(text, 'ltr');
  }

  /** Keeps a telephone number on one line where its parts would otherwise be read in the wrong order. */
  private unbroken(number: string): string {
    return this.direction === 'rtl' ? this.plain(number.replaceAll(' ', '\u00a0')) : number;
  }

  private kept(text: string, direction: 'ltr' | 'rtl'): string {
    return this.direction === 'rtl' ? isolated(text, direction) : text;
  }
}

/** Says a phrase that needs nobody to speak it: a word on a button, or in a calendar. */
export function spokenAlone(language: Language, phrase: 'pageReminder' | 'pageExit'): string {
  return allWords[language].phrases[phrase];
}
