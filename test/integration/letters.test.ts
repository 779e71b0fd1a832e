import { DomainError } from '../../src/kernel/index.ts';
import { type Block, languages, type Letter, letterPdf, lettersPdf } from '../../src/notices/index.ts';
import { describeOnPaper, inkIn, onPaper, wordsCopied } from '../support/poppler.ts';
import { sampleLetter, sampleLetters } from '../support/sample-letters.ts';

/** In millimetres, as GOV.UK Notify measures a letter. */
const A4 = { x0: 0, y0: 0, x1: 210, y1: 297 };
const EDGES = [
  { ...A4, x1: 15 },
  { ...A4, x0: 195 },
  { ...A4, y1: 5 },
  { ...A4, y0: 292 },
];
const FORBIDDEN = [
  { x0: 15, x1: 24.6, y0: 30, y1: 95 },
  { x0: 24.6, x1: 120, y0: 30, y1: 39.5 },
  { x0: 120, x1: 125, y0: 30, y1: 95 },
  { x0: 24.6, x1: 120, y0: 66.3, y1: 95 },
];
const WINDOW = { x0: 24.6, x1: 120, y0: 39.5, y1: 66.3 };
const TWO_MEGABYTES = 2 * 1024 * 1024;

const manyPayments: Block = {
  ...{ kind: 'payments', head: { arrives: 'Arrives on', amount: 'Amount', lastsUntil: 'Must last until' } },
  rows: Array.from({ length: 60 }, (_, index) => ({
    ...{ arrives: `Payment ${index + 1}`, amount: '£142.50', lastsUntil: 'Tuesday 8 December 2026', note: null },
  })),
};
const saying = (letter: Letter, ...blocks: readonly Block[]): Letter => ({
  ...letter,
  written: { ...letter.written, blocks: [...letter.written.blocks, ...blocks] },
});
const longest = saying(
  sampleLetter('en', {
    to: [
      'Ms Very Long Name and Mr Longer Name, of the Second Floor Back, in Care of Somebody Else',
      'Room 7',
      'Flat 12B',
    ].concat(['Willow House', '14 Elm Street', 'Northtown', 'NR2 4QQ']),
  }),
  manyPayments,
  {
    kind: 'paragraph',
    text: `${'Muvaffakiyetsizlestiricilestirivere'.repeat(6)} and https://example.org/${'a'.repeat(150)}`,
  },
  { kind: 'paragraph', text: '' },
  { kind: 'list', items: [] },
);

describe('A letter', () => {
  it('is the same bytes each time, whatever was made before', async () => {
    const first = await letterPdf(sampleLetter('ar'));
    await lettersPdf(sampleLetters('bn'));
    expect((await letterPdf(sampleLetter('ar'))).equals(first)).toBe(true);
  });

  it('says that it is tagged, what language it is in and what it is called', async () => {
    const file = (await letterPdf(sampleLetter('tr'))).toString('latin1');
    expect(file.slice(0, 8)).toBe('%PDF-1.7');
    for (const sign of [
      '/MarkInfo',
      '/Marked true',
      '/StructTreeRoot',
      '/Lang (tr)',
      '/DisplayDocTitle true',
      '/S /H1',
    ])
      expect(file).toContain(sign);
    for (const tag of ['/S /Table', '/S /TH', '/S /TD', '/S /P', '/Lang (en-GB)']) expect(file).toContain(tag);
    expect(file).toContain('<pdfuaid:part>1</pdfuaid:part>');
  });

  it('tells a screen reader the words of Urdu in the order they are read', async () => {
    const { written } = sampleLetter('ur');
    const file = (await letterPdf(sampleLetter('ur'))).toString('latin1').replaceAll(/\\([()\\])/g, '$1');
    const spoken = Buffer.from(written.subject, 'utf16le').swap16().toString('latin1');
    expect(file).toContain(spoken);
  });

  it('is refused when it would be longer than the post takes', async () => {
    const endless = saying(sampleLetter(), ...Array.from({ length: 9 }, () => manyPayments));
    await expect(letterPdf(endless)).rejects.toThrow(DomainError);
    await expect(letterPdf(endless)).rejects.toMatchObject({ code: 'letter_too_long' });
  });

  it('is refused when the council has more address than its head has room for', async () => {
    const letter = sampleLetter();
    const lines = Array.from({ length: 30 }, (_, index) => `Line ${index}`);
    const wordy = { ...letter, from: { ...letter.from, lines } };
    await expect(letterPdf(wordy)).rejects.toMatchObject({ code: 'letter_head_too_long' });
  });
});

describeOnPaper('A letter on paper', () => {
  it.each(languages)('keeps its ink inside the places of the post, in "%s"', async (language) => {
    const pdf = await lettersPdf(sampleLetters(language));
    for (const paper of onPaper(pdf)) for (const edge of EDGES) expect(inkIn(paper, edge)).toBeUndefined();
    const [first] = onPaper(await letterPdf(sampleLetter(language)));
    for (const place of FORBIDDEN) expect(first && inkIn(first, place)).toBeUndefined();
    expect(first && inkIn(first, WINDOW)).toBeDefined();
  });

  it('keeps them when it is as long and its address as large as can be', async () => {
    const pdf = await letterPdf(longest);
    const papers = onPaper(pdf);
    expect(papers).toHaveLength(4);
    for (const paper of papers) for (const edge of EDGES) expect(inkIn(paper, edge)).toBeUndefined();
    for (const place of FORBIDDEN) expect(papers[0] && inkIn(papers[0], place)).toBeUndefined();
    expect(pdf.length).toBeLessThan(TWO_MEGABYTES);
    const words = wordsCopied(pdf, '-layout');
    expect(words.match(/Arrives on/g)?.length).toBeGreaterThan(2);
    for (const row of manyPayments.kind === 'payments' ? manyPayments.rows : []) expect(words).toContain(row.arrives);
  });

  it('shows in its window the address and nothing else', async () => {
    const letter = sampleLetter();
    const inWindow = ['-x', '70', '-y', '112', '-W', '270', '-H', '76', '-l', '1', '-layout'];
    const words = wordsCopied(await letterPdf(letter), ...inWindow)
      .trim()
      .split(/\s*\n\s*/);
    expect(words).toEqual(letter.to);
  });

  it.each<[(typeof languages)[number], RegExp]>([
    ['en', /Your payment day is changing|You will get|payment/],
    ['tr', /ödeme/i],
    ['yo', /ọ/],
    ['bn', /ডিসেম্বর/],
    ['ar', /ديسمبر/],
  ])('gives back its words as they are read, in "%s"', async (language, word) => {
    const letter = sampleLetter(language);
    const copied = wordsCopied(await letterPdf(letter), '-layout').replaceAll(/\s+/g, ' ');
    expect(copied).toMatch(word);
    expect(copied).toContain(letter.written.subject.split(' ')[0]);
  });

  it('is read from the top to the end: address, title, then what it says', async () => {
    const { written, to } = sampleLetter();
    const copied = wordsCopied(await letterPdf(sampleLetter()), '-raw').replaceAll(/\s+/g, ' ');
    const places = [to[0], written.greeting, written.subject, written.closing].map((part) =>
      copied.indexOf(part ?? ''),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('names no council at its head when it is discreet, and says at its end who wrote', async () => {
    const copied = wordsCopied(await letterPdf(sampleLetter('en', { isDiscreet: true })), '-raw');
    const [head = '', end = ''] = copied.split(sampleLetter().written.subject);
    expect(head).not.toMatch(/council|northshire|county hall|families@/i);
    expect(end).toContain('Northshire Council');
  });

  it('begins each of a batch on a sheet of its own', async () => {
    const batch = [sampleLetter('en'), longest, sampleLetter('ur')];
    const pages = batch.map(async (letter) => onPaper(await letterPdf(letter)).length);
    const sheets = (await Promise.all(pages)).map((count) => Math.ceil(count / 2));
    expect(onPaper(await lettersPdf(batch))).toHaveLength(2 * sheets.reduce((sum, count) => sum + count, 0));
  });
});
