import * as harfbuzz from 'harfbuzzjs';
import type { Typeface } from './typefaces.ts';

/** Which way a run goes. */
export type Direction = 'ltr' | 'rtl';

/** One shape and where it stands, in the font's units. */
export interface Glyph {
  readonly id: number;
  /** How far the font says it reaches, and how far it reaches here. */
  readonly width: number;
  readonly advance: number;
  readonly dx: number;
  readonly dy: number;
}

/** The shapes that together write some characters: a letter with its dots, two letters joined. */
export interface Cluster {
  readonly text: string;
  readonly glyphs: readonly Glyph[];
}

/** A run as shapes: clusters in the order they stand, from left to right. */
export interface Shaped {
  readonly clusters: readonly Cluster[];
  /** In sizes of the words. */
  readonly width: number;
}

/** Most letters of a batch say the same words. */
const MOST_REMEMBERED = 20_000;
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
  const clusters = clustersOf(typeface, text, buffer.getGlyphInfos(), buffer.getGlyphPositions());
  const units = clusters.flatMap((cluster) => cluster.glyphs).reduce((sum, glyph) => sum + glyph.advance, 0);
  const shaped = { clusters, width: units / typeface.parsed.unitsPerEm };
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, shaped);
  return shaped;
}

function clustersOf(
  typeface: Typeface,
  text: string,
  infos: readonly harfbuzz.GlyphInfo[],
  positions: readonly harfbuzz.GlyphPosition[],
): Cluster[] {
  const starts = [...new Set(infos.map((info) => info.cluster))].toSorted((a, b) => a - b);
  const found = new Map<number, { text: string; glyphs: Glyph[] }>();
  for (const [index, { codepoint: id, cluster }] of infos.entries()) {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {};
    const glyph = { id, width: typeface.shaper.glyphHAdvance(id), advance: xAdvance, dx: xOffset, dy: yOffset };
    const same = found.get(cluster);
    if (same) same.glyphs.push(glyph);
    else found.set(cluster, { text: text.slice(cluster, starts[starts.indexOf(cluster) + 1]), glyphs: [glyph] });
  }
  return [...found.values()];
}
