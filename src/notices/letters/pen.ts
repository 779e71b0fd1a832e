import type { Box } from './geometry.ts';
import type { Line, PlacedRun } from './lines.ts';
import { embeddable } from './shaping.ts';
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
  readonly #known = new Set<Typeface>();

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
    part.add(content);
  }

  /** Paints lines that are read out nowhere, such as the number of a page. */
  aside(lines: readonly Line[], box: Box): void {
    this.#artifact(() => this.#lines(lines, box, 'start'));
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
    for (const line of lines) {
      const { direction, leading, language, colour } = line.style;
      const isRight = (direction === 'rtl') === (side === 'start');
      const left = isRight ? box.right - line.width : box.left;
      const baseline = top + leading * (language === 'ur' ? RISE.nastaliq : RISE.plain);
      this.#document.fillColor(colour);
      for (const run of line.runs) this.#run(run, left, baseline, language);
      if (line.goesOn) this.#space(line, left, baseline);
      top += leading;
    }
  }

  #run(run: PlacedRun, left: number, baseline: number, language: string): void {
    const isSpelled = run.typeface.isComplex || run.direction === 'rtl';
    if (isSpelled) this.#document.markContent('Span', { actual: run.text });
    this.#typeface(run.typeface, run.size);
    const features = [run.direction, language] as unknown as PDFKit.Mixins.OpenTypeFeatures[];
    this.#document.text(run.text, left + run.x, baseline, { lineBreak: false, baseline: 'alphabetic', features });
    if (isSpelled) this.#document.endMarkedContent();
  }

  /** Two words on two lines are still two words to a reader. */
  #space(line: Line, left: number, baseline: number): void {
    const last = line.runs.at(-1);
    if (!last) return;
    this.#typeface(last.typeface, last.size);
    const end = line.style.direction === 'rtl' ? left : left + line.width;
    const isSpelled = last.typeface.isComplex;
    if (isSpelled) this.#document.markContent('Span', { actual: ' ' });
    this.#document.text(' ', end, baseline, { lineBreak: false, baseline: 'alphabetic', features: [] });
    if (isSpelled) this.#document.endMarkedContent();
  }

  #typeface(typeface: Typeface, size: number): void {
    if (!this.#known.has(typeface)) {
      this.#known.add(typeface);
      this.#document.registerFont(typeface.name, embeddable(typeface) as PDFKit.Mixins.PDFFontSource);
    }
    this.#document.font(typeface.name, size);
  }
}
