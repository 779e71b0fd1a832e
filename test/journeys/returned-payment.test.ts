import { verifyAll } from '../../src/house/index.ts';
import { Money, operatorOf } from '../../src/kernel/index.ts';
import { balances } from '../../src/ledger/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { lineOf, payRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let runId: string;
let fileId: string;
let orderId: string;
let returnId: string;

interface File {
  readonly id: string;
  readonly state: string;
}

beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await takeIn(house.app, house.council, [...familyRows('R-1'), ...familyRows('R-2')]);
  runId = await payRun(house, client, FIRST_PAY_DATE);
  orderId = (await lineOf(client, runId, 'R-1'))!.id;
});
afterAll(() => house.close());

async function standing(): Promise<Record<string, string>> {
  const actor = operatorOf(house.council.id);
  const rows = await house.app.get(UnitOfWork).read(actor, balances);
  return Object.fromEntries(
    rows
      .filter(({ fundId }) => fundId === null)
      .map(({ code, debits, credits }) => [code, Money.gbp(credits).minus(Money.gbp(debits)).toString()]),
  );
}

describe('A payment that came back, from the bank’s file to being paid again', () => {
  it('begins with a file that waits to be submitted', async () => {
    const { body } = await client.get('finance', '/bank-files').expect(200);
    expect(body).toMatchObject({ files: [{ runId, state: 'exported', rail: 'bacs', items: 2, total: '98.36' }] });
    fileId = (body as { files: File[] }).files[0]!.id;
  });

  it('cannot be handed in before the intent is written down', async () => {
    const handed = await client.post('finance', `/bank-files/${fileId}/submitted`, { bankReference: 'B-1' });
    expect(problemIn(handed)).toEqual([409, 'not_in_that_state']);
  });

  it('takes in nothing of a file nobody submitted', async () => {
    const taken = await client.report('finance', 'arucs', `reference,amount,code\nMS ${orderId},49.18,B\n`);
    expect(problemIn(taken)).toEqual([422, 'report_refused']);
    expect(taken.body).toMatchObject({ items: [{ line: 2, reason: expect.stringContaining('submitted') }] });
  });

  it('is submitted by one person, who writes down the intent and then the bank’s reference', async () => {
    await client.post('finance', `/bank-files/${fileId}/begin`).expect(200);
    const other = await client.post('finance2', `/bank-files/${fileId}/submitted`, { bankReference: 'B-1' });
    expect(problemIn(other)).toEqual([409, 'another_began_submitting']);
    const again = await client.post('finance', `/bank-files/${fileId}/begin`);
    expect(problemIn(again)).toEqual([409, 'not_in_that_state']);
    await client.post('finance', `/bank-files/${fileId}/submitted`, { bankReference: 'BANK-0001' }).expect(200);
    const { body } = await client.get('auditor', `/bank-files/${fileId}`).expect(200);
    expect(body).toMatchObject({ state: 'submitted', bankReference: 'BANK-0001', people: { begun: 'finance' } });
    expect((body as { history: { to: string }[] }).history.map(({ to }) => to)).toEqual([
      ...['exported', 'submitting', 'submitted'],
    ]);
  });

  it('is accepted by the bank’s input report', async () => {
    const report = `<InputReport><Submission fileName="BANK-0001" status="ACCEPTED"/></InputReport>`;
    const { body } = await client.report('finance', 'input', report).expect(201);
    expect(body).toMatchObject({ records: 1, applied: 1, exceptions: 0 });
    expect((await client.get('finance', `/bank-files/${fileId}`)).body).toMatchObject({ state: 'accepted' });
  });

  it('comes back, and its money with it, by a new transfer', async () => {
    const before = await standing();
    expect(before).toMatchObject({ clearing: '98.36', returned: '0.00' });
    const report = `reference,amount,code\nMS ${orderId},49.18,B\nMS 999999999,10.00,0\n`;
    const { body } = await client.report('finance', 'arucs', report).expect(201);
    expect(body).toMatchObject({ records: 2, applied: 1, exceptions: 1, total: '59.18' });
    expect(await standing()).toMatchObject({ clearing: '49.18', returned: '49.18' });
    const listed = await client.get('caseworker', '/returns?state=open').expect(200);
    expect(listed.body).toMatchObject({
      returns: [
        {
          ...{ family: 'R-1', paidId: orderId, amount: '49.18', code: 'B', reason: 'The account was closed' },
          // Taken in on Monday 16 November: three days that Bacs works.
          ...{ arrivedOn: '2026-11-16', dueOn: '2026-11-19', isOverdue: false },
        },
      ],
    });
    returnId = (listed.body as { returns: { id: string }[] }).returns[0]!.id;
  });

  it('names what fits nothing here', async () => {
    const { body } = await client.get('finance', '/bank-reports/exceptions').expect(200);
    expect(body).toMatchObject({
      exceptions: [{ what: 'no-such-payment', reference: 'MS 999999999', amount: '10.00', line: 3, state: 'open' }],
    });
  });

  it('is not taken in twice: not the report, nor the payment', async () => {
    const report = `reference,amount,code\nMS ${orderId},49.18,B\nMS 999999999,10.00,0\n`;
    expect(problemIn(await client.report('finance', 'arucs', report))).toEqual([409, 'report_taken_in_before']);
    const other = await client.report('finance', 'arucs', `reference,amount,code\nMS ${orderId},49.18,0\n`);
    expect(problemIn(other)).toEqual([422, 'report_refused']);
    expect(await standing()).toMatchObject({ clearing: '49.18', returned: '49.18' });
  });

  it('is not paid again before the details are known to be right', async () => {
    const reissued = await client.post('finance', '/returns/reissue', { returnIds: [returnId] });
    expect(problemIn(reissued)).toEqual([409, 'details_not_known_right']);
    await client.post('caseworker', `/returns/${returnId}/confirm`, { reason: 'Saw the bank card' }).expect(200);
    const one = await client.post('finance', '/returns/reissue', { returnIds: [returnId] });
    expect(problemIn(one)).toEqual([409, 'details_not_known_right']);
    const twice = await client.post('caseworker', `/returns/${returnId}/confirm`, { reason: 'Once more' });
    expect(problemIn(twice)).toEqual([409, 'confirmed_before']);
  });

  it('is paid again under a new reference, in a file of its own', async () => {
    await client.post('manager', `/returns/${returnId}/confirm`, { reason: 'Called the bank' }).expect(200);
    const urgent = await client.post('finance', '/returns/reissue', { returnIds: [returnId], isUrgent: true });
    expect(problemIn(urgent)).toEqual([422, 'rail_cannot_pay_these']);
    const { body } = await client.post('finance', '/returns/reissue', { returnIds: [returnId] }).expect(201);
    const { fileId: newFile, payments } = body as { fileId: string; payments: { reference: string }[] };
    expect(payments[0]!.reference).toMatch(/^MS \d+$/);
    expect(payments[0]!.reference).not.toBe(`MS ${orderId}`);
    const content = await client.get('finance', `/bank-files/${newFile}/content`).expect(200);
    expect(content.text).toContain(payments[0]!.reference);
    expect(content.text).toContain('00000004918');
    expect(await standing()).toMatchObject({ payable: '0.00', clearing: '98.36', returned: '0.00' });
    expect((await client.get('finance', `/returns/${returnId}`)).body).toMatchObject({ state: 'reissued' });
    const again = await client.post('finance', '/returns/reissue', { returnIds: [returnId] });
    expect(problemIn(again)).toEqual([409, 'not_in_that_state']);
  });

  it('leaves books that prove themselves', async () => {
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });
});
