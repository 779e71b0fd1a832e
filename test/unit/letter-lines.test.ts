import { linesOf } from '../../src/notices/letters/lines.ts';
import { asTheyStand, paragraphOf, runsOf } from '../../src/notices/letters/runs.ts';
import { stylesIn } from '../../src/notices/letters/styles.ts';

const textsOf = (text: string, width: number, language: 'en' | 'ar' = 'en'): string[] =>
  linesOf(text, stylesIn(language).body, width).map((line) => line.runs.map((run) => run.text).join(''));

describe('The lines of a letter', () => {
  it('break between words, and are never wider than their place', () => {
    const lines = linesOf('It must last until Tuesday 8 December 2026.', stylesIn('en').body, 120);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every((line) => line.width <= 120)).toBe(true);
    expect(lines.map((line) => line.goesOn)).toEqual([...lines.slice(1).map(() => true), false]);
  });

  it('keep a word of 35 letters whole where it fits, and cut one that fits nowhere without losing a letter', () => {
    const word = 'Muvaffakiyetsizlestiricilestirivere';
    expect(textsOf(`a ${word} b`, 300)).toEqual([`a ${word} b`]);
    const cut = textsOf(word, 60);
    expect(cut.length).toBeGreaterThan(2);
    expect(cut.join('')).toBe(word);
  });

  it('never part a telephone number', () => {
    expect(textsOf('Call 020 8000 0000.', 95)).toEqual(['Call', '020\u00a08000\u00a00000.']);
  });

  it('say nothing for nothing, and break where a person did', () => {
    expect(textsOf('  \n ', 300)).toEqual([]);
    expect(textsOf('Yours sincerely\n\nThe team', 300)).toEqual(['Yours sincerely', 'The team']);
  });

  it('stand from right to left where the language does, amounts and brackets in their own order', () => {
    const paragraph = paragraphOf('مبلغ \u2066£142.50\u2069 (كامل)', stylesIn('ar').body);
    const runs = runsOf(paragraph, 0, paragraph.text.length);
    expect(runs.map((run) => run.text)).toContain('£142.50');
    expect(runs.find((run) => run.text === '£142.50')?.direction).toBe('ltr');
    expect(asTheyStand(runs)).toEqual(runs.toReversed());
  });

  it('leave no mark of direction among what is drawn', () => {
    expect(textsOf('مبلغ \u2066£142.50\u2069', 400, 'ar').join('')).toBe('مبلغ £142.50');
  });
});
