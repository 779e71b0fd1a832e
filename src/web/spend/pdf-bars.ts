import { money } from '../pages/formats.ts';
import type { Bar, Fill } from './bars.ts';

const LEFT = 42;
const LABEL_WIDTH = 190;
const VALUE_WIDTH = 90;
const ROW = 17;
const BAR = 10;
const MOST = 15;

/** Paints bars as one figure that says in words where its figures are; the table has them all. */
export function paintBars(
  document: PDFKit.PDFDocument,
  root: PDFKit.PDFStructureElement,
  alt: string,
  all: readonly Bar[],
): void {
  const bars = all.slice(0, MOST);
  if (bars.length === 0) return;
  const { top, height } = { top: document.y + 4, height: bars.length * ROW };
  const width = document.page.width - 2 * LEFT - LABEL_WIDTH - VALUE_WIDTH;
  const paint = (): void => {
    for (const [index, bar] of bars.entries()) paintBar(document, bar, top + index * ROW, width);
  };
  const figure = document.struct(
    'Figure',
    { alt, bbox: [LEFT, top, document.page.width - LEFT, top + height] } as object,
    paint,
  );
  root.add(figure);
  figure.end();
  document.x = LEFT;
  document.y = top + height + 14;
}

function paintBar(document: PDFKit.PDFDocument, { label, value, stretches }: Bar, top: number, width: number): void {
  document.font('regular').fontSize(9.5).fillColor('#0b0c0c');
  document.text(label, LEFT, top, { width: LABEL_WIDTH - 8, lineBreak: false });
  for (const { fill, from, width: share } of stretches) {
    const left = LEFT + LABEL_WIDTH + (width * Number(from)) / 100;
    paintStretch(document, fill, { left, top: top + 2, width: (width * Number(share)) / 100 });
  }
  const at = document.page.width - LEFT - VALUE_WIDTH;
  document.fillColor('#0b0c0c').text(money(value), at, top, { width: VALUE_WIDTH, align: 'right', lineBreak: false });
}

/** Solid, striped or empty, as on the page: nobody has to tell colours apart. */
function paintStretch(
  document: PDFKit.PDFDocument,
  fill: Fill,
  { left, top, width }: Record<'left' | 'top' | 'width', number>,
): void {
  document.lineWidth(0.7).strokeColor('#0b0c0c');
  if (fill === 'solid') document.rect(left, top, width, BAR).fillAndStroke('#1d4f5c', '#0b0c0c');
  else document.rect(left, top, width, BAR).stroke();
  if (fill !== 'striped') return;
  for (let x = left + 3; x < left + width; x += 3)
    document
      .moveTo(x, top)
      .lineTo(x, top + BAR)
      .stroke();
}
