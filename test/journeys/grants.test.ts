import { verifyAll } from '../../src/house/index.ts';
import { fundNamed, grantFund, knownFamily, NO_INTEREST, recommended, shown } from '../support/grants-scene.ts';
import { Client, problemIn } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { linesOf, stateOf, takeRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let family: string;
let application: string;
let run: string;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await grantFund(house.app, house.council, '1000.00');
  family = await knownFamily(house, 'G-1');
});
afterAll(() => house.close());

async function openGrantsRun(payDate: string): Promise<string> {
  const { body } = await client.post('finance', '/grants-runs', { payDate }).expect(201);
  await workOff(house.app, house.council.id);
  return (body as { runId: string }).runId;
}

describe('A grant, from a need to the bank file', () => {
  it('is asked for by a worker, with items whose amounts she may change, and checked', async () => {
    application = await recommended(client, family, [
      { code: 'rent-arrears', amount: '240.00', description: 'Two weeks of rent' },
      { code: 'nappies-formula', amount: '60.00', instalments: 3, everyDays: 7, firstDue: '2026-11-18' },
    ]);
    const it = await shown(client, application);
    expect(it).toMatchObject({ state: 'recommended', family: 'G-1', asked: '300.00', award: null });
    expect(it.checks.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(
      expect.arrayContaining(['identity pass', 'payee pass', 'same-need pass', 'safe-contact pass']),
    );
    expect(await fundNamed(client)).toMatchObject({ available: '1000.00', committed: '0.00' });
  });

  it('is awarded by a manager, less of one item, and reserved instalment by instalment', async () => {
    const { fingerprint, items } = await shown(client, application);
    const awarded = [{ itemId: items[0]!.id, amount: '200.00' }];
    const decision = {
      ...NO_INTEREST,
      outcome: 'approved',
      fingerprint,
      reason: 'The landlord agreed to £200.',
      awarded,
    };
    const { body } = await client.post('manager', `/grant-applications/${application}/decision`, decision).expect(200);
    expect(body).toMatchObject({ state: 'awarded', amount: '260.00' });
    const { award } = await shown(client, application);
    expect(award!.instalments.map(({ amount, dueOn }) => `${amount} ${dueOn}`)).toEqual([
      '200.00 2026-11-16',
      '20.00 2026-11-18',
      '20.00 2026-11-25',
      '20.00 2026-12-02',
    ]);
    expect(await fundNamed(client)).toMatchObject({ available: '740.00', committed: '260.00', spent: '0.00' });
  });

  it('is paid in a grants run by three people: what is due by its day and nothing else', async () => {
    const { body } = await client.post('finance', '/grants-runs', { payDate: '2026-11-20' }).expect(201);
    run = (body as { runId: string }).runId;
    await workOff(house.app, house.council.id);
    expect(await stateOf(client, run)).toBe('priced');
    expect((await linesOf(client, run)).map(({ family: to, status, amount }) => [to, status, amount])).toEqual([
      ['G-1', 'payable', '200.00'],
      ['G-1', 'payable', '20.00'],
    ]);
    await takeRun(house, client, run, 'exported');
    expect(await stateOf(client, run)).toBe('exported');
    expect(await fundNamed(client)).toMatchObject({ available: '740.00', committed: '40.00', spent: '220.00' });
    const file = await client.get('finance', `/runs/${run}/file`).expect(200);
    expect(file.text.match(/LEAD G-1/g)).toHaveLength(2);
    expect((await shown(client, application)).award!.instalments.map((each) => each.state)).toEqual([
      ...['paid', 'paid', 'due', 'due'],
    ]);
  });

  it('pays nothing twice: another run of the same day holds what fell due since', async () => {
    const { body } = await client.post('finance', '/grants-runs', { payDate: '2026-11-25' }).expect(201);
    await workOff(house.app, house.council.id);
    const next = (body as { runId: string }).runId;
    expect((await linesOf(client, next)).map((line) => line.amount)).toEqual(['20.00']);
    await client.post('finance', `/runs/${next}/price`).expect(202);
    expect((await linesOf(client, next)).map((line) => line.amount)).toEqual(['20.00']);
    await client.post('finance', `/runs/${next}/cancel`, { reason: 'A trial.' }).expect(200);
    expect(await fundNamed(client)).toMatchObject({ available: '740.00', committed: '40.00', spent: '220.00' });
  });

  it('is paid to a landlord once a second person stands for the account', async () => {
    const account = { sortCode: '000015', accountNumber: '22345678', accountName: 'Northtown Homes' };
    const payee = { payeeName: 'Northtown Homes', ...account };
    const { body } = await client.post('caseworker', `/families/${family}/payees`, payee).expect(201);
    const { payeeId } = body as { payeeId: string };
    const items = [{ code: 'rent-arrears', amount: '100.00', instrumentId: payeeId }];
    const second = await recommended(client, family, items);
    const before = await shown(client, second);
    expect(before.checks.find((check) => check.kind === 'payee')).toMatchObject({ outcome: 'fail' });
    const { fingerprint } = before;
    const decision = { ...NO_INTEREST, outcome: 'approved', fingerprint, reason: '' };
    const refused = await client.post('manager', `/grant-applications/${second}/decision`, decision);
    expect(problemIn(refused)).toEqual([409, 'checks_not_passed']);
    await client.post('manager', `/bank-details/${payeeId}/decision`, { outcome: 'approve' }).expect(200);
    await client
      .post('caseworker', `/grant-applications/${second}/checks/same-need`, { note: 'Another month.' })
      .expect(200);
    await client.post('manager', `/grant-applications/${second}/decision`, decision).expect(200);
    const paid = await openGrantsRun('2026-11-23');
    expect((await linesOf(client, paid)).map((line) => line.amount)).toEqual(['100.00']);
    await takeRun(house, client, paid, 'exported');
    const file = await client.get('finance', `/runs/${paid}/file`).expect(200);
    expect(file.text).toContain('NORTHTOWN HOMES');
  });

  it('leaves books that prove themselves', async () => {
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });
});
