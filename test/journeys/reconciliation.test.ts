import { createHash } from 'node:crypto';
import request from 'supertest';
import type { PlainDate } from '../../src/kernel/index.ts';
import { balances } from '../../src/ledger/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { Client, problemIn } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { lineOfFile, type SentFile, sentFiles, statementOf } from '../support/statement-files.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let file: SentFile;
beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  await takeIn(house.app, house.council, [...familyRows('F-1'), ...familyRows('F-2', {}, child('2024-02-01'))]);
  await completeRun(house.app, house.council, '2026-11-26');
  house.setToday('2026-11-27' as PlainDate);
  [file] = (await sentFiles(house)) as [SentFile];
});
afterAll(() => house.close());

const send = (bytes: Buffer, query = '') =>
  request(house.url)
    .post(`/api/v1/bank-statements${query}`)
    .auth(house.council.tokens.finance, { type: 'bearer' })
    .set('content-type', 'application/octet-stream')
    .send(bytes);
const netOf = async (kind: string): Promise<number> => {
  const all = await house.app.get(UnitOfWork).read(house.council.actors.auditor, balances);
  const found = all.find((each) => each.kind === kind);
  return Math.round(Number(found?.debits) * 100) - Math.round(Number(found?.credits) * 100);
};

describe('A finance officer with a bank statement', () => {
  it('is told by line what is wrong with it, and nothing is taken in', async () => {
    const truncated = statementOf(1, '1000.00', [lineOfFile(file)]).subarray(0, -60);
    const refused = await send(truncated).expect(422);
    expect(problemIn(refused)).toEqual([422, 'statement_refused']);
    expect((refused.body as { items: { line: number }[] }).items[0]?.line).toBeGreaterThan(5);
    expect((await client.get('finance', '/bank-statements').expect(200)).body).toEqual({ statements: [], next: null });
  });

  it('sees what would come of it without anything being kept', async () => {
    const { body } = await send(statementOf(1, '1000.00', [lineOfFile(file)]), '?dryRun=true').expect(201);
    expect(body).toMatchObject({ lines: 1, matched: 1, dryRun: true });
    expect((await client.get('finance', '/bank-statements').expect(200)).body).toEqual({ statements: [], next: null });
  });

  it('takes it in: the line of the file that was sent is matched by itself, another is left', async () => {
    const lines = [
      lineOfFile(file),
      { date: '2026-11-27' as PlainDate, direction: 'credit' as const, amount: '12.34', reference: 'WHO KNOWS' },
    ];
    const bytes = statementOf(1, '5000.00', lines);
    const { body } = await send(bytes, '?name=friday.xml').expect(201);
    expect(body).toMatchObject({ lines: 2, matched: 1, dryRun: false });
    const [{ id }] = (body as { statements: [{ id: string }] }).statements;
    const shown = (await client.get('auditor', `/bank-statements/${id}`).expect(200)).body as {
      statement: Record<string, unknown>;
      lines: { amount: string; toMatch: string }[];
    };
    expect(shown.statement).toMatchObject({ opening: '5000.00', lines: 2, toMatch: 1, account: '5678' });
    expect(shown.statement.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(shown.lines.map(({ amount, toMatch }) => [amount, toMatch])).toEqual([
      [file.total, '0.00'],
      ['12.34', '12.34'],
    ]);
  });

  it('finds the ledger’s bank moved as the statement says, and nothing left on its way', async () => {
    const sent = Math.round(Number(file.total) * 100);
    expect(await netOf('bank')).toBe(1234 - sent);
    expect(await netOf('clearing')).toBe(0);
    expect(await netOf('suspense')).toBe(-1234);
  });

  it('cannot take in the same statement twice, nor one of another account', async () => {
    const again = statementOf(1, '5000.00', [lineOfFile(file)]);
    expect(problemIn(await send(again).expect(409))).toEqual([409, 'statement_taken_before']);
    const strange = Buffer.from(
      again.toString().replaceAll('00009912345678', '20000012345678').replaceAll('ST-1', 'ST-9'),
    );
    expect(problemIn(await send(strange).expect(422))).toEqual([422, 'statement_of_another_account']);
  });

  it('reads it on pages: what is proved, what is matched, what is to match', async () => {
    const finance = await PageVisitor.signedIn(house, 'finance');
    const { text } = await finance.get('/reconciliation');
    expect(text).toContain('ST-1');
    const url = /\/reconciliation\/statements\/\d+/.exec(text)?.[0] ?? '';
    const one = (await finance.get(url)).text;
    expect(one).toContain('BACS');
    expect(one).toMatch(/Matched[\s\S]*To match/);
    expect((await finance.get('/reconciliation/to-match')).text).toContain('WHO KNOWS');
  });
});
