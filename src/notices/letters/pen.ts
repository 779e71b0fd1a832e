import { type Box, page } from './geometry.ts';
import { type EmbeddedFont, glyphText } from './glyph-text.ts';
import type { Line, PlacedRun } from './lines.ts';
import { shape } from './shaping.ts';
import type { Typeface } from './typefaces.ts';

/** A part of a letter as a screen reader knows it: a heading, a paragraph, a table's row. */
export type Part = PDFKit.PDFStructureElement;

/** What a part says about itself. */
export interface PartOptions {
  readonly lang?: string;
  readonly title?: string;
  /** Which way a table's heading heads. */
  readonly scope?: 'Column' | 'Row';
}

/** Where the letters of a line stand below its top, as a share of the line's height. */
const RISE = { plain: 0.74, nastaliq: 0.62 };

/** Paints words and rules on the page a document is at, each as part of what it belongs to. */
export class Pen {
  readonly #document: PDFKit.PDFDocument;
  readonly #fonts = new Map<string, EmbeddedFont>();

  constructor(document: PDFKit.PDFDocument) {
    this.#document = document;
  }

  /** Makes a part below another. */
  part(above: Part, tag: string, options: PartOptions = {}): Part {
    const part = this.#document.struct(tag, options);
    above.add(part);
    return part;
  }

  /** Paints lines as words of a part, the first at the top of a box, each at the side its words begin. */
  words(part: Part, tag: string, lines: readonly Line[], box: Box, side: 'start' | 'end' = 'start'): void {
    if (lines.length === 0) return;
    const content = this.#document.markStructureContent(tag);
    this.#lines(lines, box, side);
    this.#document.endMarkedContent();
    const isPlain = lines.every((line) => line.runs.every((run) => run.direction === 'ltr' && !run.typeface.isComplex));
    part.add(isPlain ? content : this.#document.struct('Span', { actual: spoken(lines) }, content));
  }

  /** Paints lines that are read out nowhere, such as the number of a page. */
  aside(lines: readonly Line[], box: Box, side: 'start' | 'end' = 'start'): void {
    this.#artifact(() => this.#lines(lines, box, side));
  }

  /** Fills a box with colour: a bar or a rule. */
  bar({ left, top, right, bottom }: Box, colour: string): void {
    this.#artifact(() => this.#document.rect(left, top, right - left, bottom - top).fill(colour));
  }

  #artifact(paint: () => void): void {
    this.#document.markContent('Artifact', { type: 'Layout' });
    paint();
    this.#document.endMarkedContent();
  }

  #lines(lines: readonly Line[], box: Box, side: 'start' | 'end'): void {
    let top = box.top;
    for (const [index, line] of lines.entries()) {
      const { direction, leading, language, colour } = line.style;
      const isRight = (direction === 'rtl') === (side === 'start');
      const left = isRight ? box.right - line.width : box.left;
      const baseline = top + leading * (language === 'ur' ? RISE.nastaliq : RISE.plain);
      this.#document.fillColor(colour);
      // The library's page is upside down, as for pictures; words stand on the file's own page.
      this.#document.addContent(`q\n1 0 0 -1 0 ${inPoints(page.bottom)} cm\nBT`);
      for (const run of line.runs) this.#run(run, left, baseline, language);
      if (line.goesOn || index < lines.length - 1) this.#space(line, left, baseline);
      this.#document.addContent('ET\nQ');
      top += leading;
    }
  }

  #run(run: PlacedRun, left: number, baseline: number, language: string): void {
    const shaped = shape(run.typeface, run.text, run.direction, language);
    const font = this.#font(run.typeface);
    const operators = glyphText(font, shaped, { ...run, isComplex: run.typeface.isComplex });
    const place = `1 0 0 1 ${inPoints(left + run.x)} ${inPoints(page.bottom - baseline)} Tm`;
    this.#document.addContent(`${place}\n/${font.id} ${inPoints(run.size)} Tf\n${operators}`);
  }

  /** Two words on two lines are still two words to a reader. */
  #space({ runs, style, width }: Line, left: number, baseline: number): void {
    const last = runs.at(-1);
    if (!last) return;
    const x = style.direction === 'rtl' ? 0 : width;
    this.#run({ ...last, text: ' ', x }, left, baseline, style.language);
  }

  #font(typeface: Typeface): EmbeddedFont {
    const { name, parsed } = typeface;
    if (!this.#fonts.has(name)) this.#document.registerFont(name, parsed as unknown as PDFKit.Mixins.PDFFontSource);
    this.#document.font(name);
    const { _font: font } = this.#document as unknown as { _font: EmbeddedFont };
    this.#fonts.set(name, font);
    (this.#document.page.fonts as Record<string, unknown>)[font.id] ??= font.ref();
    return font;
  }
}

/** Says lines as they are read, whatever their shapes: what a screen reader speaks. */
function spoken(lines: readonly Line[]): string {
  const text = lines.map((line) => line.runs.map((run) => run.text).join('')).join(' ');
  return lines.at(-1)?.goesOn ? `${text} ` : text;
}

function inPoints(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
