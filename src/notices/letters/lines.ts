import { asTheyStand, type Paragraph, paragraphOf, type Run, runsOf, type Style } from './runs.ts';

/** A run where it stands: points from the left end of its line. */
export interface PlacedRun extends Run {
  readonly x: number;
}

/** A line of words: its runs in the order they are read. */
export interface Line {
  readonly style: Style;
  readonly runs: readonly PlacedRun[];
  readonly width: number;
  /** More of the same paragraph follows: a reader hears a space here, not the end. */
  readonly goesOn: boolean;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Breaks words into lines of at most a width. Each line of the text is a paragraph of its own; empty ones are left out. */
export function linesOf(text: string, style: Style, width: number): Line[] {
  return text.split('\n').flatMap((part) => {
    // A telephone number is never in two lines.
    const words = part
      .trim()
      .replaceAll(/[ \t]+/g, ' ')
      .replaceAll(/(?<=\d) (?=\d)/g, '\u00a0');
    if (words === '') return [];
    const paragraph = paragraphOf(words, style);
    const ends = breaksOf(paragraph, width);
    return ends.map(({ from, to }, index) => lineOf(paragraph, from, to, index < ends.length - 1));
  });
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function breaksOf(paragraph: Paragraph, width: number): Stretch[] {
  const found: Stretch[] = [];
  let line: Stretch | undefined;
  for (const word of wordsOf(paragraph.text).flatMap((each) => fitting(paragraph, each, width))) {
    if (line && widthOf(paragraph, line.from, word.to) <= width) {
      line = { from: line.from, to: word.to };
      continue;
    }
    if (line) found.push(line);
    line = word;
  }
  return line ? [...found, line] : found;
}

/** Finds the words; a dash between letters is a place to break too. */
function wordsOf(text: string): Stretch[] {
  const matches = text.matchAll(/[^ ]+?(?:-(?=\p{L})|\u2013|(?= |$))/gu);
  return [...matches].map((match) => ({ from: match.index, to: match.index + match[0].length }));
}

/** Cuts a word that is longer than a whole line; any other stays whole. */
function fitting(paragraph: Paragraph, word: Stretch, width: number): Stretch[] {
  if (widthOf(paragraph, word.from, word.to) <= width) return [word];
  const parts: Stretch[] = [];
  let from = word.from;
  for (const { index, segment } of graphemes.segment(paragraph.text.slice(word.from, word.to))) {
    const to = word.from + index + segment.length;
    if (widthOf(paragraph, from, to) <= width) continue;
    parts.push({ from, to: word.from + index });
    from = word.from + index;
  }
  return [...parts, { from, to: word.to }].filter((part) => part.to > part.from);
}

function widthOf(paragraph: Paragraph, from: number, to: number): number {
  return runsOf(paragraph, from, to).reduce((sum, run) => sum + run.width, 0);
}

function lineOf(paragraph: Paragraph, from: number, to: number, goesOn: boolean): Line {
  const runs = runsOf(paragraph, from, to);
  const places = new Map<Run, number>();
  let width = 0;
  for (const run of asTheyStand(runs)) {
    places.set(run, width);
    width += run.width;
  }
  const placed = runs.map((run) => ({ ...run, x: places.get(run) ?? 0 }));
  return { style: paragraph.style, runs: placed, width, goesOn };
}
