import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const vector = (name: string): string => fileURLToPath(new URL(`../../../test/vectors/${name}`, import.meta.url));

/** Runs read-statement without any database to be had. */
function readStatement(file: string): Promise<{ code: number; out: string; told: string }> {
  const env = { PATH: process.env.PATH, NODE_ENV: 'test', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, 'read-statement', file, '--json'], { env }, (error, out, told) => {
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
});
