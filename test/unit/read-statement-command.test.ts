import { execFile } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const vector = (name: string): string => fileURLToPath(new URL(`../../../test/vectors/${name}`, import.meta.url));

/** Runs read-statement without any database to be had. */
function readStatement(file: string, ...more: string[]): Promise<{ code: number; out: string; told: string }> {
  const env = { PATH: process.env.PATH, NODE_ENV: 'test', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, 'read-statement', file, '--json', ...more], { env }, (error, out, told) => {
      resolve({ code: Number(error?.code ?? 0), out, told });
    });
  });
}

const LINES = [
  { date: '2026-11-20', amount: '49.18', direction: 'debit', reference: 'E1' },
  { date: '2026-11-20', amount: '1.15', direction: 'debit', reference: 'E2' },
];

describe('read-statement', () => {
  it.each([
    ['statement-camt053.xml', 'camt.053', LINES],
    ['statement.mt940', 'mt940', LINES],
    ['statement.csv', 'csv', LINES.toReversed()],
  ])('reads %s without a database: account, balances, lines, proved', async (name, format, lines) => {
    const { code, out } = await readStatement(vector(name));
    expect(code).toBe(0);
    const expected = { format, account: '20000012345678', opening: '1000.15', closing: '949.82', lines, proved: true };
    expect(JSON.parse(out)).toEqual(expected);
    expect(Object.keys(JSON.parse(out) as object)).toEqual(Object.keys(expected));
  });

  it('refuses what is no statement, by line, and answers with 1', async () => {
    const { code, out, told } = await readStatement(vector('bacs-golden-single-day.txt'));
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ code: 'statement_refused', items: [{ line: 1 }] });
    expect(told).toContain('line 1');
  });

  it('reads a CSV file in a layout that is given with it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mainstay-layout-'));
    const [file, layout] = [join(folder, 'bank.csv'), join(folder, 'layout.json')];
    await writeFile(file, 'When|What|Sum|Left\n27/11/2026|E1|-1.00|9.00\n');
    const said = {
      ...{ delimiter: '|', header: ['When', 'What', 'Sum', 'Left'], account: { fixed: '20000012345678' } },
      ...{ day: { column: 'When', written: 'day/month/year' }, amount: { signed: 'Sum' } },
      ...{ balance: 'Left', reference: 'What', details: [] },
    };
    await writeFile(layout, JSON.stringify(said));
    expect((await readStatement(file)).code).toBe(1);
    const { out } = await readStatement(file, '--layout', layout);
    expect(JSON.parse(out)).toMatchObject({ account: '20000012345678', opening: '10.00', closing: '9.00' });
    await writeFile(layout, JSON.stringify({ ...said, balance: 'Nowhere' }));
    expect((await readStatement(file, '--layout', layout)).told).toContain('no column "Nowhere"');
    await rm(folder, { recursive: true });
  });

  it('refuses a file of 200 MB unread, at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mainstay-large-'));
    const file = join(folder, 'large.xml');
    await writeFile(file, '');
    await truncate(file, 200 * 1024 * 1024);
    const { code, told } = await readStatement(file);
    expect([code, told.includes('209715200 bytes')]).toEqual([1, true]);
    await rm(folder, { recursive: true });
  });
});
