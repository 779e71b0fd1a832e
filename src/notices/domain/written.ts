import type { Language } from './languages.ts';

/** A piece of a letter, an e-mail or a page, in one language. Dates and amounts are written out in it already. */
export type Block =
  | { readonly kind: 'lead'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly label: string; readonly value: string }[] }
  | {
      readonly kind: 'payments';
      readonly head: { readonly arrives: string; readonly amount: string; readonly lastsUntil: string };
      readonly rows: readonly {
        readonly arrives: string;
        readonly amount: string;
        readonly lastsUntil: string;
        readonly note: string | null;
      }[];
    }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** A person's own words, left in the language they were written in. */
  | { readonly kind: 'as-written'; readonly language: 'en'; readonly text: string };

/** A whole notice in one language: what letter, e-mail, page and the letter's HTML twin are made from. */
export interface Written {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly subject: string;
  readonly greeting: string;
  readonly blocks: readonly Block[];
  readonly closing: string;
}

/** Who speaks to the family, and how carefully. */
export interface Speaker {
  /** The council's name as families know it. */
  readonly council: string;
  readonly helpPhone: string;
  readonly helpEmail: string | null;
  /** In discreet mode nothing outside a closed envelope or a page names council, benefit, money or immigration. */
  readonly isDiscreet: boolean;
  /** Where the family can look, without data in it; absent where there is none. */
  readonly link: string | null;
}
