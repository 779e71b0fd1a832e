// oxlint-disable-next-line import/no-named-as-default -- its types know the default only
import PDFDocument from 'pdfkit';
import { bodyPieces } from './body.ts';
import { firstBody, foot, mostPages, nextBody } from './geometry.ts';
import { paintHead } from './head.ts';
import { type Letter, letterTooLong } from './letter.ts';
import { linesOf } from './lines.ts';
import { type Part, Pen } from './pen.ts';
import { pagesOf } from './pieces.ts';
import { languageTag, plainStyle } from './styles.ts';

/**
 * Makes one letter as a file the post takes and a screen reader reads: A4, tagged, its fonts inside.
 *
 * The same letter is the same bytes. @throws letter_too_long, letter_head_too_long
 */
export async function letterPdf(letter: Letter): Promise<Buffer> {
  return documentOf([letter], letter.written.subject);
}

/**
 * Makes one file of many letters, for a person who prints them.
 *
 * Each letter has an even number of pages, so that no sheet printed on both sides holds words for two families.
 *
 * @throws letter_too_long, letter_head_too_long
 */
export async function lettersPdf(letters: readonly Letter[]): Promise<Buffer> {
  return documentOf(letters, `${letters.length} ${letters.length === 1 ? 'letter' : 'letters'}`, true);
}

async function documentOf(letters: readonly Letter[], title: string, areSheetsKept = false): Promise<Buffer> {
  const [first] = letters;
  const document = new PDFDocument({
    ...{ size: 'A4', margin: 0, autoFirstPage: false, font: '' },
    ...{ tagged: true, pdfVersion: '1.7', displayTitle: true },
    // The library knows this one; its types do not yet.
    subset: 'PDF/UA' as 'PDF/A-1',
    lang: languageTag(first?.written.language ?? 'en'),
    info: { Title: title, Creator: 'Mainstay', Producer: 'Mainstay', CreationDate: stampOf(first) },
  });
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  const pen = new Pen(document);
  const root = document.struct('Document');
  document.addStructure(root);
  for (const letter of letters) {
    const pages = paintLetter(letter, document, pen, root);
    if (areSheetsKept && pages % 2 === 1) document.addPage();
  }
  root.end();
  document.end();
  return whole;
}

/** The file was made, as far as it says, on the day the letter is dated. */
function stampOf(letter: Letter | undefined): Date {
  return new Date(`${letter?.date ?? '2000-01-01'}T00:00:00Z`);
}

function paintLetter(letter: Letter, document: PDFKit.PDFDocument, pen: Pen, root: Part): number {
  const { written } = letter;
  const whole = pen.part(root, 'Part', { lang: languageTag(written.language), title: written.subject });
  document.addPage();
  paintHead(letter, pen, whole);
  const pages = pagesOf(bodyPieces(letter, pen, whole), firstBody, nextBody);
  if (pages.length > mostPages) throw letterTooLong(`It would have ${pages.length} pages.`);
  for (const [index, pieces] of pages.entries()) {
    if (index > 0) document.addPage();
    for (const [at, { piece, top }] of pieces.entries()) {
      if (index > 0 && at === 0) piece.headed?.paintAgain(top - piece.headed.height);
      piece.paint(top);
    }
    if (pages.length > 1) paintFoot(letter, index + 1, pages.length, pen);
  }
  whole.end();
  return pages.length;
}

function paintFoot({ reference }: Letter, number: number, count: number, pen: Pen): void {
  const style = plainStyle(9, 12, 'regular', '#484949');
  pen.aside(linesOf(`${reference} · ${number}/${count}`, style, foot.right - foot.left), foot);
}
