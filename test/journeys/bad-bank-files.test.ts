import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import request from 'supertest';
import { writeCamt053 } from '../../src/demo/statement-file.ts';
import { verifyAll } from '../../src/house/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { lineOf, payRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let orders: string[];
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await takeIn(house.app, house.council, [...familyRows('B-1'), ...familyRows('B-2')]);
  const runId = await payRun(house, client, FIRST_PAY_DATE);
  orders = await Promise.all(['B-1', 'B-2'].map(async (family) => (await lineOf(client, runId, family))!.id));
  const { body } = await client.get('finance', '/bank-files').expect(200);
  const fileId = (body as { files: { id: string }[] }).files[0]!.id;
  await client.post('finance', `/bank-files/${fileId}/begin`).expect(200);
  await client.post('finance', `/bank-files/${fileId}/submitted`, { bankReference: 'BANK-0001' }).expect(200);
});
afterAll(() => house.close());

const day = (text: string): PlainDate => text as PlainDate;
/** How much there is of everything a bank's file could have left behind. */
const traces = async (): Promise<number[]> => {
  const tables = [
    ...['payments.bank_report', 'payments.returned_payment', 'payments.report_exception', 'payments.statement_file'],
    ...['payments.statement_line', 'ledger.transfer', 'notices.notice'],
  ];
  const counts = tables.map((table) => `(select count(*)::int from ${table})`).join(', ');
  const { rows } = await house.superuser.query<{ all: number[] }>(`select array[${counts}] as all`);
  return rows[0]?.all ?? [];
};
const send = (bytes: Buffer) =>
  request(house.url)
    .post('/api/v1/bank-statements')
    .auth(house.council.tokens.finance, { type: 'bearer' })
    .set('content-type', 'application/octet-stream')
    .send(bytes);
const camt = (line: { date: string; amount: string }, from = '2026-11-26', to = '2026-11-27'): string =>
  writeCamt053({
    ...{ reference: 'BAD', sequence: 1, account: '00009912345678', from: day(from), to: day(to), opening: '10.00' },
    lines: [{ ...line, date: day(line.date), direction: 'credit', reference: 'R' }],
  });
function* megabytes(n: number): Generator<Buffer> {
  const one = Buffer.alloc(1024 * 1024, 0x20);
  for (let sent = 0; sent < n; sent += 1) yield one;
}
const good = () => `MS ${orders[0]},49.18,B`;

describe('A bank’s report with one bad line beside a good one', () => {
  it.each([
    ['an amount as a float', (order: string) => `MS ${order},4.918E1,B`, 'pounds and pence'],
    ['an amount with a comma', (order: string) => `MS ${order},"49,18",B`, 'pounds and pence'],
    ['an amount with thousands', (order: string) => `MS ${order},"1,049.18",B`, 'pounds and pence'],
    ['an amount with a sign', (order: string) => `MS ${order},-49.18,B`, 'pounds and pence'],
    ['an amount with a pound sign', (order: string) => `MS ${order},£49.18,B`, 'pounds and pence'],
    ['a tenth of a penny', (order: string) => `MS ${order},49.181,B`, 'pounds and pence'],
    ['another amount than was paid', (order: string) => `MS ${order},49.19,B`, 'the report says 49.19'],
    ['a code nobody knows', (order: string) => `MS ${order},49.18,Z`, 'none of'],
    ['the same payment again', () => good(), 'already'],
    ['no reference', () => `,49.18,B`, 'reference is missing'],
  ])('is refused whole for %s, by its line, and leaves nothing behind', async (_what, bad, says) => {
    const before = await traces();
    const refused = await client.report('finance', 'arucs', `reference,amount,code\n${good()}\n${bad(orders[1]!)}\n`);
    expect(problemIn(refused)).toEqual([422, 'report_refused']);
    expect((refused.body as { items: object[] }).items).toEqual([
      expect.objectContaining({ line: 3, reason: expect.stringContaining(says) }),
    ]);
    expect(await traces()).toEqual(before);
  });

  it.each([
    ['cut short', '<R><Item reference="MS 1" amount="49.18" code="B"/>'],
    ['with an entity that reads a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><R>&x;</R>'],
    ['with entities that grow', '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><R>&b;</R>'],
    ['with an entity nobody declared', '<R><Item reference="&x;" amount="49.18" code="B"/></R>'],
  ])('is refused as XML %s', async (_what, xml) => {
    const before = await traces();
    expect(problemIn(await client.report('finance', 'arucs', xml))).toEqual([422, 'report_refused']);
    expect(await traces()).toEqual(before);
  });
});

describe('A statement with something wrong in it', () => {
  it.each([
    ['a credit in the wrong year', () => camt({ date: '2025-11-27', amount: '5.00' }), 'booked on 2025-11-27'],
    [
      'an amount as a float',
      () => camt({ date: '2026-11-27', amount: '5.00' }).replace('>5.00<', '>5e0<'),
      'is no amount',
    ],
    ['an amount with a comma', () => camt({ date: '2026-11-27', amount: '5.00' }).replace('>5.00<', '>5,00<'), 'has a'],
    [
      'a closing balance that is off',
      () => camt({ date: '2026-11-27', amount: '5.00' }).replace('15.00', '15.01'),
      '0.01',
    ],
    ['its end cut off', () => camt({ date: '2026-11-27', amount: '5.00' }).slice(0, -60), 'not well-formed'],
    [
      'an entity that reads a file',
      () =>
        camt({ date: '2026-11-27', amount: '5.00' }).replace(
          '<Document',
          '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document',
        ),
      'DOCTYPE',
    ],
  ])('is refused whole for %s, and leaves nothing behind', async (_what, file, says) => {
    const before = await traces();
    const refused = await send(Buffer.from(file()));
    expect(problemIn(refused)).toEqual([422, 'statement_refused']);
    expect(JSON.stringify((refused.body as { items: object[] }).items)).toContain(says);
    expect(await traces()).toEqual(before);
  });

  it('is refused in another encoding', async () => {
    const wide = Buffer.from(camt({ date: '2026-11-27', amount: '5.00' }), 'utf16le');
    expect(problemIn(await send(wide))).toEqual([422, 'statement_refused']);
    const mixed = Buffer.concat([Buffer.from(camt({ date: '2026-11-27', amount: '5.00' })), Buffer.of(0xff, 0xfe)]);
    expect(problemIn(await send(mixed))).toEqual([422, 'statement_refused']);
  });

  it('of 200 MB is refused before it is read, over HTTP', async () => {
    const answer = await new Promise<{ status?: number | undefined; text: string }>((resolve, reject) => {
      const { hostname, port } = new URL(house.url);
      const headers = {
        authorization: `Bearer ${house.council.tokens.finance}`,
        ...{ 'content-type': 'application/octet-stream', 'content-length': 200 * 1024 * 1024 },
      };
      const asked = httpRequest(
        { hostname, port, method: 'POST', path: '/api/v1/bank-statements', headers },
        (reply) => {
          let text = '';
          reply.setEncoding('utf8').on('data', (more: string) => (text += more));
          reply.on('end', () => {
            asked.destroy();
            resolve({ status: reply.statusCode, text });
          });
        },
      );
      asked.on('error', reject);
      Readable.from(megabytes(200)).pipe(asked);
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'request_too_large', status: 413 });
  });
});

it('After all of that the books are whole', async () => {
  expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
});
