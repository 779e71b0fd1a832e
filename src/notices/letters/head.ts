import { type Box, logoText, mm, senderText, windowText } from './geometry.ts';
import { type Letter, letterHeadTooLong } from './letter.ts';
import { type Line, linesOf } from './lines.ts';
import type { Part, Pen } from './pen.ts';
import { plainStyle, stylesIn } from './styles.ts';

/** Paints the head of page 1: who writes, the day, and whom the window shows. @throws letter_head_too_long */
export function paintHead(letter: Letter, pen: Pen, whole: Part): void {
  if (!letter.isDiscreet) paintName(letter, pen, whole);
  paintAddressee(letter.to, pen, whole);
  paintSender(letter, pen, whole);
}

/** The council's name under a bar of its colour. It is no crest and no crown: every council can have it. */
function paintName({ from, colour }: Letter, pen: Pen, whole: Part): void {
  const lines = linesOf(from.name, plainStyle(16, 20, 'bold', colour), logoText.right - logoText.left);
  const box = { ...logoText, top: logoText.top + mm(3.4) };
  mustFit(lines, box);
  pen.bar({ ...logoText, right: logoText.left + mm(28), bottom: logoText.top + mm(1.6) }, colour);
  pen.words(pen.part(whole, 'P', { lang: 'en-GB' }), 'P', lines, box);
}

/** The address stands a line a line, however long one is: a long line is set smaller, never in two. */
function paintAddressee(to: readonly string[], pen: Pen, whole: Part): void {
  const width = windowText.right - windowText.left;
  const leading = to.length > 6 ? mm(3.65) : mm(4.2);
  const usual = to.length > 6 ? 9.5 : 10.5;
  const lines = to.flatMap((text) => {
    const [line] = linesOf(text, plainStyle(usual, leading), Number.MAX_SAFE_INTEGER);
    if (!line || line.width <= width) return line ? [line] : [];
    return linesOf(text, plainStyle((usual * width) / (line.width + 1), leading), width);
  });
  mustFit(lines, windowText);
  pen.words(pen.part(whole, 'P', { lang: 'en-GB' }), 'P', lines, windowText);
}

function paintSender(letter: Letter, pen: Pen, whole: Part): void {
  const { written, from, isDiscreet } = letter;
  const width = senderText.right - senderText.left;
  const set = (text: string, weight: 'regular' | 'bold' = 'regular'): Line[] =>
    linesOf(text, plainStyle(9.5, 12.8, weight), width);
  const reached = [from.phone, ...(from.email === null || isDiscreet ? [] : [from.email])];
  const groups = [
    isDiscreet ? [] : [...set(from.name, 'bold'), ...from.lines.flatMap((line) => set(line))],
    reached.flatMap((each) => set(each)),
    linesOf(letter.dateText, { ...stylesIn(written.language).body, size: 10.5, weight: 'bold' }, width),
    set(letter.reference),
  ];
  let top = senderText.top;
  for (const lines of groups.filter((each) => each.length > 0)) {
    const box = { ...senderText, top };
    mustFit(lines, box);
    const isForeign = lines[0]?.style.language !== written.language;
    pen.words(pen.part(whole, 'P', isForeign ? { lang: 'en-GB' } : {}), 'P', lines, box, sideIn(letter, lines));
    top += lines.reduce((sum, line) => sum + line.style.leading, 0) + 6;
  }
}

/** In a letter written from right to left the sender's lines stand at the right, as its own words do. */
function sideIn({ written }: Letter, lines: readonly Line[]): 'start' | 'end' {
  return written.direction === lines[0]?.style.direction ? 'start' : 'end';
}

function mustFit(lines: readonly Line[], box: Box): void {
  const height = lines.reduce((sum, line) => sum + line.style.leading, 0);
  if (height > box.bottom - box.top) throw letterHeadTooLong(`${lines.length} lines have no room at the top.`);
}
