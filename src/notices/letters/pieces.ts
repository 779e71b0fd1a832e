import { type Box, nextBody } from './geometry.ts';
import { type Line, linesOf } from './lines.ts';
import type { Part, Pen } from './pen.ts';
import type { Style } from './runs.ts';

/** The least of a letter that stays on one page: a line, a row of a table. */
export interface Piece {
  /** Empty points above it; none at the top of a page. */
  readonly above: number;
  readonly height: number;
  /** A heading never ends a page. */
  readonly staysWithNext: boolean;
  /** The row of headings of the table it is in: painted once more where a page begins in the middle of it. */
  readonly headed?: Heading;
  paint(top: number): void;
}

/** A table's headings, as they are repeated on a page that begins in the middle of the table. */
export interface Heading {
  readonly height: number;
  paintAgain(top: number): void;
}

/** How the lines of a paragraph stand. */
export interface Setting {
  readonly pen: Pen;
  readonly part: Part;
  readonly tag: string;
  readonly above: number;
  readonly staysWithNext?: boolean;
  /** Points left free at the side where words begin. */
  readonly indent?: number;
  /** What else is painted beside the first line. */
  readonly beside?: (top: number) => void;
}

/** How wide the words of a letter run. */
export const bodyWidth = nextBody.right - nextBody.left;

/** Gives the box of a line: as wide as the body, less an indent at the side its words begin. */
export function lineBox(top: number, indent: number, direction: Style['direction']): Box {
  const { left, right } = nextBody;
  return direction === 'rtl'
    ? { left, right: right - indent, top, bottom: top }
    : { left: left + indent, right, top, bottom: top };
}

/** Sets a paragraph: a piece for each line, of which neither the first nor the last stands alone. */
export function paragraphPieces(text: string, style: Style, setting: Setting): Piece[] {
  const lines = linesOf(text, style, bodyWidth - (setting.indent ?? 0));
  return lines.map((line, index) => linePiece(line, index, lines.length, setting));
}

function linePiece(line: Line, index: number, count: number, setting: Setting): Piece {
  const { pen, part, tag, above, staysWithNext = false, indent = 0, beside } = setting;
  const isLast = index === count - 1;
  return {
    above: index === 0 ? above : 0,
    height: line.style.leading,
    staysWithNext: isLast ? staysWithNext : staysWithNext || index === 0 || index === count - 2,
    paint(top) {
      if (index === 0) beside?.(top);
      pen.words(part, tag, [line], lineBox(top, indent, line.style.direction));
    },
  };
}

/** Deals pieces out to pages, the first of which begins lower. */
export function pagesOf(pieces: readonly Piece[], first: Box, next: Box): { piece: Piece; top: number }[][] {
  const pages: { piece: Piece; top: number }[][] = [[]];
  let y = first.top;
  let bottom = first.bottom;
  for (const [index, piece] of pieces.entries()) {
    const isFirst = pages.at(-1)?.length === 0;
    if (!isFirst && y + piece.above + togetherFrom(pieces, index) > bottom) {
      pages.push([]);
      y = next.top + (piece.headed?.height ?? 0);
      bottom = next.bottom;
    } else if (!isFirst) y += piece.above;
    pages.at(-1)?.push({ piece, top: y });
    y += piece.height;
  }
  return pages;
}

/** Adds up what must stand on one page from a piece on; no more than half a page is kept together. */
function togetherFrom(pieces: readonly Piece[], index: number): number {
  const most = (nextBody.bottom - nextBody.top) / 2;
  let height = pieces[index]?.height ?? 0;
  for (let at = index; pieces[at]?.staysWithNext; at += 1) {
    const following = pieces[at + 1];
    if (!following || height + following.above + following.height > most) break;
    height += following.above + following.height;
  }
  return height;
}
