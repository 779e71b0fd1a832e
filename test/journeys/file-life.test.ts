import { verifyAll } from '../../src/house/index.ts';
import { Money, operatorOf, plainDate } from '../../src/kernel/index.ts';
import { balances } from '../../src/ledger/index.ts';
import { BankFileTick } from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { lineOf, payRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let runId: string;
let fileId: string;

interface ShownFile {
  readonly id: string;
  readonly state: string;
  readonly rail: string;
  readonly serial: string;
  readonly history: { to: string; reason: string }[];
}

beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await takeIn(house.app, house.council, [...familyRows('L-1'), ...familyRows('L-2'), ...familyRows('L-3')]);
  runId = await payRun(house, client, FIRST_PAY_DATE);
  [{ id: fileId }] = (await files()) as [ShownFile];
});
afterAll(() => house.close());

async function files(): Promise<ShownFile[]> {
  return ((await client.get('finance', '/bank-files').expect(200)).body as { files: ShownFile[] }).files;
}
async function fileOf(id: string): Promise<ShownFile> {
  return (await client.get('finance', `/bank-files/${id}`).expect(200)).body as ShownFile;
}
async function standing(): Promise<Record<string, string>> {
  const rows = await house.app.get(UnitOfWork).read(operatorOf(house.council.id), balances);
  return Object.fromEntries(
    rows
      .filter(({ fundId }) => fundId === null)
      .map(({ code, debits, credits }) => [code, Money.gbp(credits).minus(Money.gbp(debits)).toString()]),
  );
}
const tick = () => house.app.get(BankFileTick).tick(house.council.id);

describe('A file whose answer was lost', () => {
  it('asks a person when nobody wrote down by the next day whether it was handed in', async () => {
    await client.post('releaser', `/bank-files/${fileId}/begin`).expect(200);
    await tick();
    expect(await fileOf(fileId)).toMatchObject({ state: 'submitting' });
    house.setToday(plainDate('2026-11-17'));
    await tick();
    expect(await fileOf(fileId)).toMatchObject({ state: 'unknown' });
  });

  it('is not sent again while nobody knows', async () => {
    const asked = { rail: 'faster-payments', reason: 'We need it out' };
    const rescue = await client.post('finance', `/bank-files/${fileId}/rescue`, asked);
    expect(problemIn(rescue)).toEqual([409, 'file_may_be_at_the_bank']);
    expect(problemIn(await client.post('releaser', `/bank-files/${fileId}/begin`))).toEqual([409, 'not_in_that_state']);
  });

  it('is said not to have arrived by a person, with a reason, and its money is owed again', async () => {
    const said = { answer: 'not_arrive', reason: 'Called the bank: they have nothing' };
    await client.post('finance', `/bank-files/${fileId}/answer`, said).expect(200);
    expect((await fileOf(fileId)).history.at(-1)).toMatchObject({ to: 'not_arrived', reason: said.reason });
    expect(await standing()).toMatchObject({ payable: '147.54', clearing: '0.00' });
  });

  it('goes again by another rail once two people agree, with a new serial and the same payments', async () => {
    const asked = { rail: 'faster-payments', reason: 'The pay day is near' };
    const { body } = await client.post('finance', `/bank-files/${fileId}/rescue`, asked).expect(201);
    const { rescueId } = body as { rescueId: string };
    const own = await client.post('finance', `/rescues/${rescueId}/decision`, { answer: 'agree' });
    expect(problemIn(own)).toEqual([403, 'two_people_for_a_rescue']);
    const agreed = await client.post('releaser', `/rescues/${rescueId}/decision`, { answer: 'agree' }).expect(200);
    const old = await fileOf(fileId);
    fileId = (agreed.body as { fileId: string }).fileId;
    const made = await fileOf(fileId);
    expect(made).toMatchObject({ rail: 'faster-payments', state: 'exported', items: 3, total: '147.54', runId });
    expect(made.serial).not.toBe(old.serial);
    const order = (await lineOf(client, runId, 'L-1'))!.id;
    const { text } = await client.get('finance', `/bank-files/${fileId}/content`).expect(200);
    expect(text.split('\r\n')[0]).toBe('Sort code,Account number,Name,Amount,Reference');
    expect(text).toContain(`,LEAD L-1,49.18,MS ${order}\r\n`);
    expect(await standing()).toMatchObject({ payable: '0.00', clearing: '147.54' });
  });

  it('is never replaced twice', async () => {
    const asked = { rail: 'bacs', reason: 'Once more' };
    const first = (await files()).at(-1)!;
    const rescue = await client.post('finance', `/bank-files/${first.id}/rescue`, asked);
    expect(problemIn(rescue)).toEqual([409, 'file_may_be_at_the_bank']);
  });
});

describe('A file that went', () => {
  it('settles on its entry day when the bank took it', async () => {
    await client.post('releaser', `/bank-files/${fileId}/begin`).expect(200);
    await client.post('releaser', `/bank-files/${fileId}/submitted`, { bankReference: 'FP-77' }).expect(200);
    await client.report('finance', 'input', 'file,status\nFP-77,accepted\n').expect(201);
    await tick();
    expect(await fileOf(fileId)).toMatchObject({ state: 'settled', settledOn: '2026-11-17' });
  });

  it('is answered once: a report that says otherwise is an exception', async () => {
    const { body } = await client.report('finance', 'input', 'file,status,reason\nFP-77,rejected,Late\n').expect(201);
    expect(body).toMatchObject({ applied: 0, exceptions: 1 });
    const again = await client.report('finance', 'input', 'file,status\nFP-77,Accepted\n').expect(201);
    expect(again.body).toMatchObject({ applied: 0, exceptions: 0 });
    const listed = await client.get('auditor', '/bank-reports/exceptions').expect(200);
    const [found] = (listed.body as { exceptions: { id: string; what: string }[] }).exceptions;
    expect(found).toMatchObject({ what: 'file-already-answered' });
    const explanation = 'The bank sent it by mistake: ticket 44';
    await client.post('finance', `/bank-reports/exceptions/${found!.id}`, { explanation }).expect(200);
    expect(problemIn(await client.post('finance', `/bank-reports/exceptions/${found!.id}`, { explanation }))).toEqual([
      ...[404, 'no_such_exception'],
    ]);
  });

  it('has returns brought to the file that took its place', async () => {
    const order = (await lineOf(client, runId, 'L-2'))!.id;
    await client.report('finance', 'arucs', `reference,amount,code\nMS ${order},49.18,0\n`).expect(201);
    const { body } = await client.get('finance', '/returns?state=open').expect(200);
    expect(body).toMatchObject({ returns: [{ fileId, paidId: order }] });
  });
});

describe('Details a bank says are wrong', () => {
  it('become a proposal for a second person, and the money stands', async () => {
    const before = await standing();
    const order = (await lineOf(client, runId, 'L-3'))!;
    const report = `<AWACS><Advice reference="MS ${order.id}" amount="49.18" reasonCode="3">
      <CorrectedAccount sortCode="00-00-15" accountNumber="87654321"/></Advice></AWACS>`;
    const { body } = await client.report('finance', 'awacs', report).expect(201);
    expect(body).toMatchObject({ applied: 1, exceptions: 0 });
    expect(await standing()).toEqual(before);
    const family = await client.get('caseworker', `/families/${order.familyId}`).expect(200);
    const [proposed] = (family.body as { bankDetails: { id: string; state: string; account: string }[] }).bankDetails;
    expect(proposed).toMatchObject({ state: 'proposed', account: '******21' });
    const own = await client.post('finance', `/bank-details/${proposed!.id}/decision`, { outcome: 'approve' });
    expect(problemIn(own)).toEqual([403, 'own_bank_details']);
    await client.post('manager', `/bank-details/${proposed!.id}/decision`, { outcome: 'approve' }).expect(200);
  });

  it('leave books that prove themselves', async () => {
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });
});
