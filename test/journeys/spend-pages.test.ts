import { describeOnPaper, onPaper, tagsOf, wordsCopied } from '../support/poppler.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { penceOf, type RawTransfer, rawTransfers, spendScene, written } from '../support/spend-scene.ts';
import { linksOf, moneyIn, numbersOf, rowsOf, type ShownRow, sumOf } from '../support/tables.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let finance: PageVisitor;
let raw: RawTransfer[];
beforeAll(async () => {
  house = await testHouse(PAGES);
  await spendScene(house);
  raw = await rawTransfers(house, house.council);
  finance = await as('finance');
}, 120_000);
afterAll(() => house.close());

const as = (persona: Persona): Promise<PageVisitor> => PageVisitor.signedIn(house, persona);
const LEFT_OUT = 'left out: fewer than five households';
const labelOf = (by: string): string => `Spending by ${by}`;
const fieldsOf = (line: string): string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
    cell.replaceAll(/^"|"$/g, '').replaceAll('""', '"'),
  );

describe('A finance officer', () => {
  it('sees what is budgeted, committed, spent and available, and what is to come', async () => {
    const { text } = await finance.get('/spend');
    const shown = numbersOf(text);
    expect(Object.keys(shown)).toEqual([
      ...['Budget', 'Committed', 'Spent', 'Available', 'Forecast to year end', 'A household, a week'],
    ]);
    expect(moneyIn(shown.Spent).toString()).toBe(written(penceOf(raw)));
    const rows = rowsOf(text, labelOf('fund'));
    for (const column of [1, 2, 3, 4, 5])
      expect(sumOf(rows.slice(0, -1), column)).toBe(moneyIn(rows.at(-1)?.cells[column]).toString());
    expect(rows.map(({ cells }) => cells[0])).toEqual(['Section 17 support', 'Winter hardship fund', 'Together']);
  });

  it.each(['category', 'team', 'ward', 'month', 'standard'])(
    'opens every figure by %s to transfers that come to it',
    async (by) => {
      const { text } = await finance.get(`/spend?by=${by}`);
      const rows = rowsOf(text, labelOf(by));
      const column = 2;
      expect(sumOf(rows.slice(0, -1), column)).toBe(written(penceOf(raw)));
      for (const row of rows.filter(({ links }) => links.length > 0)) {
        const { transfers, total } = await everyTransfer(row.links[0] ?? '');
        expect([row.cells[0], sumOf(transfers, 7)]).toEqual([row.cells[0], moneyIn(row.cells[column]).toString()]);
        expect(moneyIn(total).toString()).toBe(sumOf(transfers, 7));
      }
    },
  );

  it('goes from a figure to a transfer to how it was worked out', async () => {
    const { text } = await finance.get('/spend?by=standard');
    const [figure = ''] = rowsOf(text, labelOf('standard')).find(({ cells }) => cells[0] === 'Welfare')?.links ?? [];
    const [transfer] = rowsOf((await finance.get(figure)).text, 'Transfers, the newest day first');
    const told = await finance.get(transfer?.links[0] ?? '');
    expect(told.text).toContain('Paid to family V-');
    expect(moneyIn(numbersOf(told.text).Amount).toString()).toBe(moneyIn(transfer?.cells[7]).toString());
  });

  it('pages through the transfers of a figure, fifty at a time, and back to spend', async () => {
    const first = await finance.get('/spend/transfers?year=2026-27');
    expect(rowsOf(first.text, 'Transfers, the newest day first')).toHaveLength(50);
    const { transfers } = await everyTransfer('/spend/transfers?year=2026-27');
    expect(transfers).toHaveLength(raw.length);
    expect(linksOf(first.text)).toContain('/spend?year=2026-27&by=fund');
  });

  it('narrows, and is told what by; and finds nothing where there is nothing', async () => {
    const { text } = await finance.get('/spend?by=ward&team=Early+help&month=2026-12');
    expect(text).toContain('Only Early help; December 2026.');
    const mine = raw.filter(({ team, month }) => team === 'Early help' && month === '2026-12');
    expect(moneyIn(numbersOf(text).Spent).toString()).toBe(written(penceOf(mine)));
    expect(numbersOf(text).Budget).toBeUndefined();
    const none = await finance.get('/spend?by=team&month=2026-05');
    expect(none.text).toContain('Nothing was spent like that in 2026-27.');
    expect((await finance.get('/spend/transfers?month=2026-05')).text).toContain('No transfer is like that.');
    expect((await finance.get('/spend?year=2025-26&by=team')).text).toContain('Nothing was spent in 2025-26 yet.');
    const wrong = await finance.get('/spend?year=2026-28');
    expect([wrong.status, wrong.text.includes('Write a financial year as 2026-27.')]).toEqual([422, true]);
  });

  it('puts the table in the order of any figure, either way', async () => {
    const inOrder = async (query: string): Promise<string[]> =>
      rowsOf((await finance.get(`/spend?by=ward&${query}`)).text, labelOf('ward'))
        .slice(0, -1)
        .map(({ cells }) => moneyIn(cells[2]).toString().padStart(9));
    const rising = await inOrder('sort=spent&order=ascending');
    expect(rising).toEqual(rising.toSorted());
    expect(await inOrder('sort=spent&order=descending')).toEqual(rising.toReversed());
    const { text } = await finance.get('/spend?by=ward&sort=spent&order=ascending');
    expect(text).toContain('aria-sort="ascending"');
    expect(linksOf(text)).toContain('/spend?year=2026-27&by=ward&sort=spent&order=descending#parts');
  });

  it('sees every chart beside a table that says the same, told apart by more than colour', async () => {
    const { text } = await finance.get('/spend?by=ward');
    const charts = [...text.matchAll(/<figure class="mainstay-chart">[\s\S]*?<\/figure>/g)].map(([chart]) => chart);
    expect(charts).toHaveLength(2);
    for (const chart of charts) {
      expect(chart).toMatch(/role="img" aria-labelledby="[\w-]+-title [\w-]+-says"/);
      expect(chart).toContain('<pattern');
      expect(chart).toContain('The same figures are in the table that follows.');
    }
    for (const { cells } of rowsOf(text, labelOf('ward')).slice(0, -1))
      expect(charts[0]).toContain(`>${cells[2]}</text>`);
  });
});

describe('Those who may not open the ledger', () => {
  it('see the same figures: a manager goes on to how a payment was worked out, an administrator no further', async () => {
    const manager = await as('manager');
    const shown = rowsOf((await manager.get('/spend/transfers')).text, 'Transfers, the newest day first');
    expect(shown.every(({ links }) => /^\/payments\/\d+$/.test(links[0] ?? ''))).toBe(true);
    expect((await manager.get(shown[0]?.links[0] ?? '')).status).toBe(200);
    const administrator = rowsOf(
      (await (await as('administrator')).get('/spend/transfers')).text,
      'Transfers, the newest day first',
    );
    for (const { links } of administrator)
      for (const link of links) expect((await (await as('administrator')).get(link)).status).toBe(200);
    for (const persona of ['caseworker', 'releaser'] as const)
      for (const path of ['/spend', '/spend/transfers', '/spend.csv', '/spend.pdf', '/spend/over-500.csv'])
        expect([persona, path, (await (await as(persona)).get(path)).status]).toEqual([persona, path, 403]);
  });
});

describe('Figures taken away', () => {
  it('as a table are those of the page, safe for a spreadsheet, and the download is on record', async () => {
    const { text } = await finance.get('/spend.csv?by=ward&standard=subsistence');
    const [head = '', ...lines] = text.trim().split('\r\n');
    const place = (name: string): number => head.split(',').indexOf(name);
    const rows = lines.map(fieldsOf);
    expect(rows.map((row) => row[place('part')])).toEqual([
      'Old "Mill"',
      'Quay',
      'St Mary’s, North',
      'No ward',
      'Together',
    ]);
    const mine = raw.filter(({ standard }) => standard === 'subsistence');
    expect(rows.at(-1)?.[place('spent')]).toBe(written(penceOf(mine)));
    expect(rows[0]?.[place('narrowed_to')]).toBe('standard subsistence');
    for (const row of rows.slice(0, -1)) {
      const of = mine.filter(({ ward }) => (ward ?? 'No ward') === row[place('part')]);
      expect(row[place('spent')]).toBe(written(penceOf(of)));
    }
    const seen = await house.superuser.query(`select 1 from audit.event where action = 'reporting.spend-downloaded'`);
    expect(seen.rowCount).toBe(1);
  });

  it('to be published are never narrowed, and leave out what is of too few households', async () => {
    const { text } = await finance.get('/spend.csv?by=standard&ward=Quay&for=publication');
    const [, ...lines] = text.trim().split('\r\n');
    const rows = lines.map(fieldsOf);
    // Four families of nineteen are on the welfare standard: with two rows, neither can be shown.
    expect(new Set(raw.filter(({ standard }) => standard === 'welfare').map(({ family }) => family)).size).toBe(4);
    expect(rows.map((row) => [row[5], row[10], row[3]])).toEqual([
      ...[
        ['Subsistence', 'left out', ''],
        ['Welfare', 'left out', ''],
      ],
      ['Together', written(penceOf(raw)), ''],
    ]);
  });
});

describe('Payments over £500, to be published', () => {
  it('name nobody, and say of few households only that there were some', async () => {
    const over = raw.filter(({ amount }) => BigInt(amount.replace('.', '')) > 50_000n);
    const sizes = new Map<string, Set<string>>();
    const groupOf = ({ month, fund }: RawTransfer): string => `${month} ${fund}`;
    for (const each of over) sizes.set(groupOf(each), (sizes.get(groupOf(each)) ?? new Set()).add(each.family));
    expect([...sizes.values()].map(({ size }) => size).toSorted((a, b) => a - b)).toEqual([2, 2, 5, 5]);
    const { text } = await finance.get('/spend/over-500.csv?year=2026-27');
    const [head, ...found] = text
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(head).toEqual(['Body Name', 'Month', 'Date', 'Beneficiary', 'Fund', 'Purpose', 'Amount']);
    const [few, many] = [true, false].map((isFew) => found.filter((row) => (row[2] === LEFT_OUT) === isFew));
    expect(few?.map((row) => [row[1], row[4], row[6]])).toEqual([
      ...[
        ['2026-11', 'Winter hardship fund', LEFT_OUT],
        ['2026-12', 'Winter hardship fund', LEFT_OUT],
      ],
    ]);
    const shown = over
      .filter((each) => (sizes.get(groupOf(each))?.size ?? 0) >= 5)
      .map(({ day, amount }) => `${day} ${amount}`);
    expect(many?.map((row) => `${row[2]} ${row[6]}`).toSorted()).toEqual(shown.toSorted());
    for (const row of found)
      expect([row[0], row[3], row[5]]).toEqual([
        'The council of northshire',
        'REDACTED PERSONAL DATA',
        'Section 17 subsistence',
      ]);
    expect((await finance.get('/spend/over-500.csv?year=2025-26')).text.trim()).toBe(head?.join(','));
  });
});

describeOnPaper('A report to hand over', () => {
  it('is tagged, says its figures in a table, and leaves small numbers out where it is published', async () => {
    const whole = await finance.bytes('/spend.pdf?by=fund');
    const words = wordsCopied(whole, '-layout');
    expect(words).toMatch(/Spend 2026-27 by fund/);
    const rows = rowsOf((await finance.get('/spend')).text, labelOf('fund'));
    for (const { cells } of rows) for (const cell of cells.slice(1)) expect(words).toContain(cell);
    const tags = tagsOf(whole);
    for (const tag of ['H1', 'H2', 'Figure', 'Table', 'TR', 'TH', 'TD'])
      expect(tags).toMatch(new RegExp(`^\\s*${tag}\\b`, 'm'));
    expect(onPaper(whole).length).toBe(1);
    const published = wordsCopied(await finance.bytes('/spend.pdf?by=standard&for=publication'), '-layout');
    expect(published).toContain('Left out');
    expect(published).not.toMatch(/Welfare +£/);
  });
});

/** Reads every page of the transfers behind a figure. */
async function everyTransfer(from: string): Promise<{ transfers: ShownRow[]; total: string | undefined }> {
  const transfers: ShownRow[] = [];
  let total: string | undefined;
  for (let at: string | undefined = from; at;) {
    const { text } = await finance.get(at);
    transfers.push(...rowsOf(text, 'Transfers, the newest day first'));
    total = numbersOf(text).Together;
    at = linksOf(text).find((link) => link.includes('after='));
  }
  return { transfers, total };
}
