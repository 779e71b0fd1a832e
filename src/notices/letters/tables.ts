import type { Block } from '../domain/written.ts';
import { type Box, nextBody } from './geometry.ts';
import { type Line, linesOf } from './lines.ts';
import type { Part, Pen, PartOptions } from './pen.ts';
import { bodyWidth, type Heading, type Piece } from './pieces.ts';
import type { Style } from './runs.ts';
import type { Styles } from './styles.ts';

const RULE = '#b1b4b6';
const PADDING = 4.5;
const GUTTER = 12;

/** A column: where it begins and ends, as shares of the width, and the side its words stand at. */
interface Column {
  readonly from: number;
  readonly to: number;
  readonly side: 'start' | 'end';
}

interface Cell {
  readonly tag: 'TH' | 'TD';
  readonly options?: PartOptions;
  readonly lines: readonly Line[];
  readonly column: Column;
}

const FACTS = [
  { from: 0, to: 0.38, side: 'start' },
  { from: 0.38, to: 1, side: 'start' },
] as const;
const PAYMENTS = [
  { from: 0, to: 0.4, side: 'start' },
  { from: 0.4, to: 0.6, side: 'end' },
  { from: 0.62, to: 1, side: 'start' },
] as const;

/** Sets facts by name, a row each. */
export function factsPieces(block: Block & { kind: 'facts' }, pen: Pen, above: Part, styles: Styles): Piece[] {
  const table = pen.part(above, 'Table');
  return block.rows.map(({ label, value }, index) => {
    const head = { tag: 'TH', options: { scope: 'Row' }, column: FACTS[0] } as const;
    const cells: Cell[] = [
      { ...head, lines: cellLines([label], [styles.strong], FACTS[0]) },
      { tag: 'TD', column: FACTS[1], lines: cellLines([value], [styles.body], FACTS[1]) },
    ];
    return rowPiece(pen, pen.part(table, 'TR'), cells, index === 0);
  });
}

/** Sets payments, a row each, under headings that come again on the next page. */
export function paymentPieces(block: Block & { kind: 'payments' }, pen: Pen, above: Part, styles: Styles): Piece[] {
  const table = pen.part(above, 'Table');
  const heads = [block.head.arrives, block.head.amount, block.head.lastsUntil].map((text, index): Cell => {
    const column = PAYMENTS[index] ?? PAYMENTS[0];
    return { tag: 'TH', options: { scope: 'Column' }, column, lines: cellLines([text], [styles.strong], column) };
  });
  const head = rowPiece(pen, pen.part(table, 'TR'), heads, true);
  const headed: Heading = {
    height: head.height,
    paintAgain(top) {
      for (const { lines, column } of heads) pen.aside(lines, cellBox(column, top, lines), column.side);
      ruleUnder(pen, top + head.height);
    },
  };
  const rows = block.rows.map(({ arrives, amount, lastsUntil, note }) => {
    const cells: Cell[] = [
      {
        tag: 'TD',
        column: PAYMENTS[0],
        lines: cellLines([arrives, note ?? ''], [styles.body, styles.quiet], PAYMENTS[0]),
      },
      { tag: 'TD', column: PAYMENTS[1], lines: cellLines([amount], [styles.strong], PAYMENTS[1]) },
      { tag: 'TD', column: PAYMENTS[2], lines: cellLines([lastsUntil], [styles.body], PAYMENTS[2]) },
    ];
    return { ...rowPiece(pen, pen.part(table, 'TR'), cells, false), headed };
  });
  return [{ ...head, staysWithNext: true }, ...rows];
}

function cellLines(texts: readonly string[], styles: readonly Style[], column: Column): Line[] {
  const width = (column.to - column.from) * bodyWidth - GUTTER;
  return texts.flatMap((text, index) => linesOf(text, styles[index] as Style, width));
}

function rowPiece(pen: Pen, row: Part, cells: readonly Cell[], isFirst: boolean): Piece {
  const heights = cells.map(({ lines }) => lines.reduce((sum, line) => sum + line.style.leading, 0));
  const height = Math.max(...heights) + 2 * PADDING;
  const parts = cells.map(({ tag, options }) => pen.part(row, tag, options));
  return {
    ...{ above: isFirst ? 8 : 0, height, staysWithNext: false },
    paint(top) {
      for (const [index, { tag, lines, column }] of cells.entries())
        pen.words(parts[index] as Part, tag, lines, cellBox(column, top, lines), column.side);
      ruleUnder(pen, top + height);
    },
  };
}

function ruleUnder(pen: Pen, bottom: number): void {
  pen.bar({ ...nextBody, top: bottom - 0.7, bottom }, RULE);
}

/** Columns stand from left to right, and from right to left in a language written so. */
function cellBox({ from, to }: Column, top: number, lines: readonly Line[]): Box {
  const isRtl = lines[0]?.style.direction === 'rtl';
  const [first, last] = [from * bodyWidth, to * bodyWidth - GUTTER];
  const box = { top: top + PADDING, bottom: top + PADDING };
  return isRtl
    ? { ...box, left: nextBody.right - last, right: nextBody.right - first }
    : { ...box, left: nextBody.left + first, right: nextBody.left + last };
}
