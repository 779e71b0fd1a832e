import bidiFactory, { type Bidi } from 'bidi-js';
import type { Language } from '../domain/languages.ts';
import { type Direction, shape } from './shaping.ts';
import { type Typeface, typefaceFor, type Weight } from './typefaces.ts';

/** How words are set. */
export interface Style {
  readonly language: Language;
  readonly direction: Direction;
  readonly size: number;
  readonly weight: Weight;
  readonly colour: string;
  /** From one line to the next, in points. */
  readonly leading: number;
}

/** Words of one typeface and one direction. */
export interface Run {
  readonly text: string;
  readonly typeface: Typeface;
  readonly direction: Direction;
  /** How deep it is nested: odd is right to left. */
  readonly level: number;
  readonly size: number;
  readonly width: number;
}

/** A paragraph ready to be broken: each character's level and typeface. */
export interface Paragraph {
  readonly text: string;
  readonly style: Style;
  readonly levels: Uint8Array;
  readonly typefaces: readonly Typeface[];
}

/** The package is a function; its types, read as CommonJS, say otherwise. */
const bidi = (bidiFactory as unknown as () => Bidi)();
/** Marks that only say which way words go. They have done so before shapes are asked for. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const FOLLOWS = /[\p{M}\s\u200c\u200d]/u;

/** Finds out which way each character of a paragraph goes, isolates included, and what it is drawn with. */
export function paragraphOf(text: string, style: Style): Paragraph {
  const { levels } = bidi.getEmbeddingLevels(text, style.direction);
  const typefaces: Typeface[] = [];
  for (const character of text) {
    const before = typefaces.at(-1);
    const stays = before !== undefined && FOLLOWS.test(character);
    const typeface = stays ? before : typefaceFor(character, style.language, style.weight);
    for (let unit = 0; unit < character.length; unit += 1) typefaces.push(typeface);
    if (!typeface.isComplex) takeSpacesBefore(text, typefaces, typeface);
  }
  return { text, style, levels, typefaces };
}

/** A space before plain letters is as wide as theirs: some scripts have a narrow one of their own. */
function takeSpacesBefore(text: string, typefaces: Typeface[], typeface: Typeface): void {
  for (let at = typefaces.length - 2; text[at] === ' ' && typefaces[at] !== typeface; at -= 1) typefaces[at] = typeface;
}

/** Cuts part of a paragraph into runs, in the order they are read. */
export function runsOf({ text, style, levels, typefaces }: Paragraph, start: number, end: number): Run[] {
  const runs: Run[] = [];
  for (let from = start; from < end;) {
    let to = from + 1;
    while (to < end && levels[to] === levels[from] && typefaces[to] === typefaces[from]) to += 1;
    const words = text.slice(from, to).replaceAll(DIRECTION_MARKS, '');
    if (words.length > 0) runs.push(runOf(words, typefaces[from] as Typeface, levels[from] ?? 0, style));
    from = to;
  }
  return runs;
}

/** Makes one run of words that all go one way. */
function runOf(text: string, typeface: Typeface, level: number, style: Style): Run {
  const direction = level % 2 === 1 ? 'rtl' : 'ltr';
  const size = style.size * typeface.scale;
  const { width } = shape(typeface, text, direction, style.language);
  return { text, typeface, direction, level, size, width: width * size };
}

/** Puts a line's runs in the order they stand on paper, from left to right. */
export function asTheyStand(runs: readonly Run[]): Run[] {
  const standing = [...runs];
  const highest = Math.max(0, ...runs.map((run) => run.level));
  for (let level = highest; level >= 1; level -= 1) {
    for (let from = 0; from < standing.length; from += 1) {
      let to = from;
      while ((standing[to]?.level ?? 0) >= level) to += 1;
      if (to - from > 1) standing.splice(from, to - from, ...standing.slice(from, to).toReversed());
      from = Math.max(from, to);
    }
  }
  return standing;
}
