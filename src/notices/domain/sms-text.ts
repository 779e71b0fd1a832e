import { doubleLetters, keptLetters, replacedLetters, unicodeLetters } from './sms-charset.ts';
import { Money } from '../../kernel/index.ts';

/** What becomes of a text when GOV.UK Notify sends it by SMS. */
export interface SmsCheck {
  /** The text as it arrives. */
  readonly output: string;
  /** How many messages it travels and is paid as. */
  readonly parts: number;
  /** Letters, those that take the room of two counted twice. */
  readonly units: number;
  /** Whether it arrives exactly as it was written. */
  readonly lossless: boolean;
  /** Whether a Welsh letter makes the whole message travel as Unicode, with less room in each part. */
  readonly isUnicode: boolean;
  /** Whether Notify would refuse it. */
  readonly tooLong: boolean;
}

const MOST_LETTERS = 918;
const ROOM = { gsm: { alone: 160, joined: 153 }, unicode: { alone: 70, joined: 67 } } as const;
/** Tenths of a penny for one part, without tax, from 1 April 2026. The council's free allowance is not known here. */
const TENTHS_OF_A_PENNY_A_PART = 24n;

/** Tells whoever sends a text message what will arrive, and as how many messages, by Notify's own rules. */
export function smsCheck(text: string): SmsCheck {
  const output = Array.from(text, asSent).join('');
  const sent = Array.from(output);
  const units = sent.length + sent.filter((letter) => doubleLetters.has(letter)).length;
  const isUnicode = sent.some((letter) => unicodeLetters.has(letter));
  const room = isUnicode ? ROOM.unicode : ROOM.gsm;
  const parts = units <= room.alone ? 1 : Math.ceil(units / room.joined);
  return { output, parts, units, lossless: output === text, isUnicode, tooLong: sent.length > MOST_LETTERS };
}

/** Gives what so many parts cost at most, in pounds: whole pence, rounded up once. */
export function smsPrice(parts: number): Money {
  return Money.fromPence((BigInt(parts) * TENTHS_OF_A_PENNY_A_PART + 9n) / 10n);
}

/** Writes a text with typewriter signs, as Notify would, so that a printer's quotation mark is no loss. */
export function withPlainSigns(text: string): string {
  return Array.from(text, (letter) => replacedLetters.get(letter) ?? letter).join('');
}

function asSent(letter: string): string {
  if (keptLetters.has(letter)) return letter;
  const base = withoutLastMark(letter);
  if (base !== undefined) return keptLetters.has(base) ? base : '?';
  return replacedLetters.get(letter) ?? '?';
}

/** Takes one mark off a letter that is made of a letter and marks: `ế` becomes `ê`. Nothing for other letters. */
function withoutLastMark(letter: string): string | undefined {
  const composed = letter.normalize('NFC');
  if (composed !== letter && Array.from(composed).length === 1) return composed;
  const made = Array.from(letter.normalize('NFD'));
  return made.length > 1 ? made.slice(0, -1).join('').normalize('NFC') : undefined;
}
