import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const isHere = ['pdftoppm', 'pdftotext'].every((program) => {
  try {
    execFileSync(program, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

/** Describes what needs letters to be rendered; says plainly where nothing can do that. */
export function describeOnPaper(title: string, tests: () => void): void {
  const describeOrSkip = isHere ? describe : describe.skip;
  describeOrSkip(title, tests);
}
if (!isHere)
  process.stderr.write('No poppler here: the tests of rendered letters are skipped (apt-get install poppler-utils).\n');

/** A page as dots: 0 is black, 255 is white. */
export interface Paper {
  readonly width: number;
  readonly height: number;
  readonly dots: Uint8Array;
}

const DOTS_AN_INCH = 72;

/** Renders every page of a file. */
export function onPaper(pdf: Uint8Array): Paper[] {
  return inAFolder(pdf, (file, folder) => {
    execFileSync('pdftoppm', ['-gray', '-r', String(DOTS_AN_INCH), file, join(folder, 'page')]);
    const names = readdirSync(folder).filter((name) => name.endsWith('.pgm'));
    return names.toSorted().map((name) => paperFrom(readFileSync(join(folder, name))));
  });
}

/** Says where ink is in a rectangle of a page, in millimetres from its top left corner; nothing when it is white. */
export function inkIn(paper: Paper, { x0, y0, x1, y1 }: Record<'x0' | 'y0' | 'x1' | 'y1', number>): string | undefined {
  const dots = (mm: number): number => (mm / 25.4) * DOTS_AN_INCH;
  for (let y = Math.ceil(dots(y0)); y < Math.min(paper.height, Math.floor(dots(y1))); y += 1)
    for (let x = Math.ceil(dots(x0)); x < Math.min(paper.width, Math.floor(dots(x1))); x += 1)
      if ((paper.dots[y * paper.width + x] ?? 255) < 200)
        return `ink at ${Math.round((x * 25.4) / DOTS_AN_INCH)}, ${Math.round((y * 25.4) / DOTS_AN_INCH)} mm`;
  return undefined;
}

/** Reads the words of a file as whoever copies them gets them; marks of direction are left out. */
export function wordsCopied(pdf: Uint8Array, ...options: readonly string[]): string {
  const text = inAFolder(pdf, (file) => execFileSync('pdftotext', [...options, file, '-'], { encoding: 'utf8' }));
  return text.replaceAll(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** Reads how a file is tagged, as a screen reader finds it: each tag by its name, with the words under it. */
export function tagsOf(pdf: Uint8Array): string {
  return inAFolder(pdf, (file) => execFileSync('pdfinfo', ['-struct-text', file], { encoding: 'utf8' }));
}

function paperFrom(file: Buffer): Paper {
  const [head = '', width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 40)) ?? [];
  return { width: Number(width), height: Number(height), dots: file.subarray(head.length) };
}

function inAFolder<T>(pdf: Uint8Array, work: (file: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'mainstay-letter-'));
  try {
    const file = join(folder, 'letter.pdf');
    writeFileSync(file, pdf);
    return work(file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
