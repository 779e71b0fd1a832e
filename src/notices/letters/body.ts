import type { Block } from '../domain/written.ts';
import { nextBody } from './geometry.ts';
import type { Letter } from './letter.ts';
import { linesOf } from './lines.ts';
import type { Part, Pen } from './pen.ts';
import { lineBox, type Piece, paragraphPieces } from './pieces.ts';
import { languageTag, plainStyle, type Styles, stylesIn } from './styles.ts';
import { factsPieces, paymentPieces } from './tables.ts';

const QUOTED = '#b1b4b6';
const INDENT = 16;

/** Sets everything a letter says, from its title to who wrote it. */
export function bodyPieces(letter: Letter, pen: Pen, whole: Part): Piece[] {
  const { written } = letter;
  const styles = stylesIn(written.language);
  const paragraph = (text: string, style = styles.body, above = 8, tag = 'P'): Piece[] =>
    text.trim() === '' ? [] : paragraphPieces(text, style, { pen, part: pen.part(whole, tag), tag, above });
  return [
    ...paragraph(written.greeting),
    ...titlePieces(written.subject, pen, whole, styles),
    ...written.blocks.flatMap((block) => blockPieces(block, pen, whole, styles)),
    ...keptTogether(paragraph(written.closing, styles.body, 16)),
    ...signature(letter, pen, whole),
  ];
}

/** What a person signed never stands alone on a page. */
function keptTogether(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece) => ({ ...piece, staysWithNext: true }));
}

function titlePieces(subject: string, pen: Pen, whole: Part, styles: Styles): Piece[] {
  const setting = { pen, part: pen.part(whole, 'H1'), tag: 'H1', above: 10, staysWithNext: true };
  return paragraphPieces(subject, styles.title, setting);
}

function blockPieces(block: Block, pen: Pen, whole: Part, styles: Styles): Piece[] {
  switch (block.kind) {
    case 'lead':
      return paragraphs(block.text, styles.lead, 'P', pen, whole);
    case 'paragraph':
      return paragraphs(block.text, styles.body, 'P', pen, whole);
    case 'heading':
      return paragraphs(block.text, styles.heading, 'H2', pen, whole);
    case 'facts':
      return block.rows.length > 0 ? factsPieces(block, pen, whole, styles) : [];
    case 'payments':
      return block.rows.length > 0 ? paymentPieces(block, pen, whole, styles) : [];
    case 'list':
      return block.items.length > 0 ? listPieces(block.items, pen, whole, styles) : [];
    case 'as-written':
    default:
      return quotedPieces(block, pen, whole);
  }
}

function paragraphs(text: string, style: Styles['body'], tag: 'P' | 'H2', pen: Pen, whole: Part): Piece[] {
  const isHeading = tag === 'H2';
  return text
    .split('\n')
    .filter((each) => each.trim() !== '')
    .flatMap((each) => {
      const part = pen.part(whole, tag);
      return paragraphPieces(each, style, { pen, part, tag, above: isHeading ? 14 : 8, staysWithNext: isHeading });
    });
}

function listPieces(items: readonly string[], pen: Pen, whole: Part, styles: Styles): Piece[] {
  const list = pen.part(whole, 'L');
  const bullet = linesOf('•', styles.body, INDENT);
  return items.flatMap((item, index) => {
    const entry = pen.part(list, 'LI');
    const label = pen.part(entry, 'Lbl');
    const beside = (top: number): void =>
      pen.words(label, 'Lbl', bullet, lineBox(top, INDENT / 4, styles.body.direction));
    const setting = { pen, part: pen.part(entry, 'LBody'), tag: 'LBody', above: index === 0 ? 8 : 4 };
    return paragraphPieces(item, styles.body, { ...setting, indent: INDENT, beside });
  });
}

/** A person's own words stand in the language they were written in, beside a bar. */
function quotedPieces(block: Block & { kind: 'as-written' }, pen: Pen, whole: Part): Piece[] {
  const style = stylesIn(block.language).body;
  const part = pen.part(pen.part(whole, 'P'), 'Span', { lang: languageTag(block.language) });
  const pieces = paragraphPieces(block.text, style, { pen, part, tag: 'Span', above: 8, indent: INDENT });
  return pieces.map((piece) => ({
    ...piece,
    paint(top) {
      const bar = { left: nextBody.left + 3, right: nextBody.left + 5, top, bottom: top + piece.height };
      pen.bar(bar, QUOTED);
      piece.paint(top);
    },
  }));
}

/** Who wrote it. A discreet letter says only here which council that is, and how to write back. */
function signature({ written, from, isDiscreet }: Letter, pen: Pen, whole: Part): Piece[] {
  const details = isDiscreet ? [...from.lines, ...(from.email === null ? [] : [from.email])] : [];
  const names = written.closing.includes(from.name) ? details : [from.name, ...details];
  const [name, ...rest] = names;
  if (name === undefined) return [];
  const part = pen.part(whole, 'P', { lang: 'en-GB' });
  const style = plainStyle(11.5, 16);
  const above = linesOf(name, { ...style, weight: names === details ? 'regular' : 'bold' }, 400);
  const lines = [...above, ...rest.flatMap((each) => linesOf(each, style, 400))];
  const height = lines.reduce((sum, line) => sum + line.style.leading, 0);
  const isRight = written.direction === 'rtl';
  const left = isRight ? nextBody.right - Math.max(...lines.map((line) => line.width)) : nextBody.left;
  const paint = (top: number): void => pen.words(part, 'P', lines, { ...nextBody, left, top });
  return [{ above: 6, height, staysWithNext: false, paint }];
}
