import type { en } from './en.ts';

/** The name of something every language says. */
export type Phrase = keyof typeof en.phrases;

/** The parts of a phrase that are filled in, read from the English: `{amount}` and `{date}`. */
export type Holes<P extends Phrase> = HolesOf<(typeof en.phrases)[P]>;

type HolesOf<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}` ? Hole | HolesOf<Rest> : never;

/** How a language writes days. Lists are in the order of the calendar, Monday and January first, between bars. */
export interface DateWords {
  readonly weekdays: string;
  readonly shortWeekdays: string;
  readonly months: string;
  readonly shortMonths: string;
  /** With `{weekday}`, `{day}` and `{month}`. */
  readonly long: string;
  readonly short: string;
  /** The day a letter was written: with `{day}`, `{month}` and `{year}`. */
  readonly dated: string;
}

/** All the words of a language: what a translator writes and a named person approves. */
export interface Words {
  /** What the language calls itself. */
  readonly name: string;
  readonly dates: DateWords;
  /** What a discreet message must not contain, between bars, besides the English. */
  readonly unsaid: string;
  readonly phrases: Readonly<Record<Phrase, string>>;
}
