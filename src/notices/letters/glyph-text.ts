import type { Cluster, Direction, Glyph, Shaped } from './shaping.ts';

/** A font as a document embeds it: what of it is used, and what each shape spells. */
export interface EmbeddedFont {
  readonly id: string;
  readonly subset: { includeGlyph(id: number): number };
  readonly widths: (number | undefined)[];
  readonly unicode: (readonly number[] | undefined)[];
  /** Thousandths of the words' size for one of the font's units. */
  readonly scale: number;
  ref(): unknown;
}

/** Stands for a shape that is only part of a letter: read as nothing. */
const NOTHING: readonly number[] = [0x200b];

/** How a run is set: what it says, in which direction, and whether its script joins and stacks letters. */
export interface SetRun {
  readonly text: string;
  readonly direction: Direction;
  readonly isComplex: boolean;
  readonly size: number;
}

/**
 * Writes shapes as a page's operators, so that whoever copies or listens gets the words back.
 *
 * A shape spells what it spelled first. Words of joined shapes say what they are as a whole; words from right to left
 * stand as they are painted, marked as reversed, and each letter that is more than a shape says what it is.
 */
export function glyphText(font: EmbeddedFont, { clusters }: Shaped, run: SetRun): string {
  const spelled = clusters.map((cluster) => spells(font, cluster, run.direction === 'ltr' && !run.isComplex));
  const show = (glyphs: readonly Glyph[]): string => showing(glyphs.flatMap((each) => shapeOf(font, each, run.size)));
  if (run.direction === 'ltr') {
    const shown = show(clusters.flatMap((cluster) => cluster.glyphs));
    return run.isComplex || spelled.includes(false) ? saying(run.text, shown) : shown;
  }
  const letters = clusters.map((cluster, index) => (spelled[index] ? show(cluster.glyphs) : letter(cluster, show)));
  return `/ReversedChars BMC\n${letters.join('\n')}\nEMC`;
}

/** A letter of several shapes: its body says all of it, its marks say nothing, so that no word falls apart. */
function letter({ text, glyphs }: Cluster, show: (glyphs: readonly Glyph[]) => string): string {
  const body = glyphs.filter((glyph) => glyph.width > 0);
  const marks = glyphs.filter((glyph) => glyph.width === 0);
  if (body.length !== 1 || marks.some((mark) => mark.advance !== 0)) return saying(text, show(glyphs));
  const parts = glyphs.map((glyph) => saying(glyph.width > 0 ? text : '', show([glyph])));
  return parts.join('\n');
}

function saying(text: string, shown: string): string {
  return `/Span <</ActualText <${utf16(text)}>>> BDC\n${shown}\nEMC`;
}

/** Notes what a cluster's shapes spell where that is not settled; says whether they spell the cluster's text. */
function spells(font: EmbeddedFont, { text, glyphs }: Cluster, isLetterByLetter: boolean): boolean {
  const points = Array.from(text, (character) => character.codePointAt(0) as number);
  const isEach = isLetterByLetter && glyphs.length === points.length;
  const fits = glyphs.map(({ id, width }, index) => {
    const own = isEach ? [points[index] as number] : index === 0 ? points : NOTHING;
    const used = font.subset.includeGlyph(id);
    font.widths[used] ??= width * font.scale;
    const known = (font.unicode[used] ??= own);
    return known.join(' ') === own.join(' ');
  });
  return (isEach || glyphs.length === 1) && fits.every(Boolean);
}

/** Writes one shape: its number, and by how much it and the next stand off. `^` marks a change of height. */
function shapeOf(font: EmbeddedFont, { id, width, advance, dx, dy }: Glyph, size: number): string[] {
  const code = font.subset.includeGlyph(id).toString(16).padStart(4, '0');
  const before = dx === 0 ? [] : [number(-dx * font.scale)];
  const after = number((width - advance + dx) * font.scale);
  const parts = [...before, `<${code}>`, ...(after === '0' ? [] : [after])];
  return dy === 0 ? parts : [`^${number((dy * font.scale * size) / 1000)}`, ...parts, '^0'];
}

function showing(parts: readonly string[]): string {
  const operators: string[] = [];
  let row: string[] = [];
  const end = (): void => {
    if (row.length > 0) operators.push(`[${row.join('').replaceAll('><', '')}] TJ`);
    row = [];
  };
  for (const part of parts) {
    if (!part.startsWith('^')) row.push(part.startsWith('<') ? part : ` ${part} `);
    else {
      end();
      operators.push(`${part.slice(1)} Ts`);
    }
  }
  end();
  return operators.join('\n');
}

function number(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

function utf16(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return ['feff', ...units.map((unit) => unit.toString(16).padStart(4, '0'))].join('');
}
