import * as harfbuzz from 'harfbuzzjs';
import type { Typeface } from './typefaces.ts';

/** Which way a run goes. */
export type Direction = 'ltr' | 'rtl';

interface Glyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly codePoints: readonly number[];
}

/** Where a glyph stands, in the font's units. */
interface Position {
  readonly xAdvance: number;
  readonly yAdvance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** A run as shapes: glyphs in the order they are painted, from left to right. */
export interface Shaped {
  readonly glyphs: readonly Glyph[];
  readonly positions: readonly Position[];
  readonly advanceWidth: number;
}

/** Most letters of a batch say the same words. */
const MOST_REMEMBERED = 20_000;
/** Stands for a glyph that is only part of a letter: read as nothing. */
const ZERO_WIDTH_SPACE = 0x200b;
const remembered = new Map<string, Shaped>();
const buffer = new harfbuzz.Buffer();

/** Shapes a run of one typeface, one direction and one language, as its script is written. */
export function shape(typeface: Typeface, text: string, direction: Direction, language: string): Shaped {
  const key = `${typeface.name} ${direction} ${language} ${text}`;
  const known = remembered.get(key);
  if (known) return known;
  buffer.reset();
  buffer.addText(text);
  buffer.setDirection(direction === 'rtl' ? harfbuzz.Direction.RTL : harfbuzz.Direction.LTR);
  buffer.setLanguage(language);
  buffer.guessSegmentProperties();
  harfbuzz.shape(typeface.shaper, buffer);
  const shaped = shapedFrom(typeface, text, buffer.getGlyphInfos(), buffer.getGlyphPositions());
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, shaped);
  return shaped;
}

function shapedFrom(
  typeface: Typeface,
  text: string,
  infos: readonly harfbuzz.GlyphInfo[],
  positions: readonly harfbuzz.GlyphPosition[],
): Shaped {
  const starts = [...new Set(infos.map((info) => info.cluster)), text.length].toSorted((a, b) => a - b);
  const endOf = new Map(starts.slice(0, -1).map((start, index) => [start, starts[index + 1]]));
  const spelled = new Map<number, string[]>();
  const glyphs = infos.map(({ codepoint, cluster }) => {
    const left = spelled.get(cluster) ?? [...text.slice(cluster, endOf.get(cluster))];
    const parts = infos.filter((info) => info.cluster === cluster).length;
    spelled.set(cluster, parts > 1 ? left.slice(1) : []);
    const spells = parts > 1 && left.length > 0 ? left.slice(0, 1) : left;
    const codePoints = spells.map((character) => character.codePointAt(0) as number);
    return {
      ...{ id: codepoint, advanceWidth: typeface.shaper.glyphHAdvance(codepoint) },
      codePoints: codePoints.length > 0 ? codePoints : [ZERO_WIDTH_SPACE],
    };
  });
  return { glyphs, positions, advanceWidth: positions.reduce((sum, each) => sum + each.xAdvance, 0) };
}

/**
 * Gives a typeface as the PDF library embeds it: it asks this for shapes instead of making its own.
 *
 * The library passes its `features` on: here they are a run's direction and language.
 */
export function embeddable(typeface: Typeface): unknown {
  return Object.assign(Object.create(typeface.parsed) as object, {
    layout: (text: string, [direction = 'ltr', language = 'en']: readonly string[] = []) => {
      const { glyphs, positions, advanceWidth } = shape(typeface, text, direction as Direction, language);
      // The library scales positions where they are: it gets its own.
      return { glyphs, positions: positions.map((each) => ({ ...each })), advanceWidth };
    },
  });
}
