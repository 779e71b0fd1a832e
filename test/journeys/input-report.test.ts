import { verifyAll } from '../../src/house/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { reasonCodes } from '../../src/payments/reports/reason-codes.ts';
import { familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { lineOf, payRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let fileId: string;
let orders: string[];

beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  await takeIn(
    house.app,
    house.council,
    ['I-1', 'I-2', 'I-3'].flatMap((family) => familyRows(family)),
  );
  const runId = await payRun(house, client, FIRST_PAY_DATE);
  orders = await Promise.all(['I-1', 'I-2', 'I-3'].map(async (family) => (await lineOf(client, runId, family))!.id));
  const { body } = await client.get('finance', '/bank-files').expect(200);
  fileId = (body as { files: { id: string }[] }).files[0]!.id;
  await client.post('finance', `/bank-files/${fileId}/begin`).expect(200);
  await client.post('finance', `/bank-files/${fileId}/submitted`, { bankReference: 'BANK-0001' }).expect(200);
});
afterAll(() => house.close());

const returns = async () =>
  ((await client.get('finance', '/returns?state=open').expect(200)).body as { returns: { id: string; code: string }[] })
    .returns;
const stateOfFile = async () =>
  ((await client.get('finance', `/bank-files/${fileId}`)).body as { state: string }).state;

describe('An input report', () => {
  it('is refused whole for a code Bacs does not have, with the line', async () => {
    const csv = `file,status,reference,amount,code\nBANK-0001,ACCEPTED,,,\n,,MS ${orders[0]},49.18,Z\n`;
    const refused = await client.report('finance', 'input', csv);
    expect(problemIn(refused)).toEqual([422, 'report_refused']);
    expect(refused.body).toMatchObject({ items: [{ line: 3, reason: expect.stringContaining('none of A, B, C') }] });
    expect(await stateOfFile()).toBe('submitted');
  });

  it('takes a file on, and brings back the one payment in it that Bacs did not take', async () => {
    const xml = `<InputReport><Submission fileName="BANK-0001" status="ACCEPTED">
      <Item ref="MS ${orders[0]}" valueOf="49.18" errorCode="E"/>
      <Item ref="MS ${orders[1]}" valueOf="49.18" itemStatus="ACCEPTED"/></Submission></InputReport>`;
    const { body } = await client.report('finance', 'input', xml).expect(201);
    expect(body).toMatchObject({ records: 3, applied: 2, exceptions: 0, total: '49.18' });
    expect(await stateOfFile()).toBe('accepted');
    expect(await returns()).toMatchObject([
      {
        ...{ code: 'input-E', family: 'I-1', reason: 'The family’s sort code is not valid' },
        whatToDo: 'Ask the family for new account details.',
      },
    ]);
  });

  it('asks its worker, tells its family, and stands on its page in plain words', async () => {
    const id = (await returns())[0]?.id ?? '';
    const page = await (await PageVisitor.signedIn(house, 'caseworker')).get(`/returns/${id}`);
    expect(page.text).toContain('The family’s sort code is not valid (code E of the input report)');
    const { rows } = await house.superuser.query<{ kind: string }>(
      `select n.kind from notices.notice n join payments.returned_payment r on r.notice_id = n.id where r.id = $1`,
      [id],
    );
    expect(rows).toEqual([{ kind: 'payment-returned' }]);
  });

  it('takes the same report in once, and refuses the same payment under another report', async () => {
    const again = `reference,amount,code\nMS ${orders[0]},49.18,E\n`;
    const refused = await client.report('finance', 'input', again);
    expect(problemIn(refused)).toEqual([422, 'report_refused']);
    expect(refused.body).toMatchObject({ items: [{ line: 2, reason: expect.stringContaining('came back before') }] });
  });

  it('shows that the bank has a file nobody knew of, by a payment of it alone', async () => {
    expect((await client.report('finance', 'input', `reference,amount,code\nMS ${orders[1]},49.18,A\n`)).status).toBe(
      201,
    );
    expect((await returns()).map(({ code }) => code).toSorted()).toEqual(['input-A', 'input-E']);
  });

  it('names a payment we never sent, for a person to explain', async () => {
    const { body } = await client
      .report('finance', 'input', `reference,amount,code\nMS 999999999,5.00,K\n`)
      .expect(201);
    expect(body).toMatchObject({ applied: 0, exceptions: 1 });
  });

  it('leaves the books whole', async () => {
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });
});

describe('A file that Bacs rejects', () => {
  it('says why in plain words, and its payments come back with it, not one by one', async () => {
    house.setToday('2026-11-27' as PlainDate);
    const id = (await returns())[0]?.id ?? '';
    for (const who of ['caseworker', 'manager'] as const)
      await client.post(who, `/returns/${id}/confirm`, { reason: 'Saw the card' });
    const again = await client.post('finance', '/returns/reissue', { returnIds: [id], rail: 'bacs', isUrgent: false });
    const { fileId: second } = again.body as { fileId: string };
    await client.post('finance', `/bank-files/${second}/begin`).expect(200);
    await client.post('finance', `/bank-files/${second}/submitted`, { bankReference: 'BANK-0002' }).expect(200);
    const csv = 'file,status,code\nBANK-0002,REJECTED,N\n';
    await client.report('finance', 'input', csv).expect(201);
    const file = (await client.get('finance', `/bank-files/${second}`)).body as { state: string; answerReason: string };
    expect([file.state, file.answerReason]).toEqual([
      'rejected',
      'The record that takes the total from the council’s account is not valid (code N)',
    ]);
  });
});

describe('The codes of the input report', () => {
  it('each have words and something to do, from A to P', () => {
    expect(Object.keys(reasonCodes.input).join('')).toBe('ABCDEFGHIJKLMNOP');
    for (const { words, whatToDo } of Object.values(reasonCodes.input)) expect(words && whatToDo).toMatch(/\w+/);
  });
});
