import type { PlainDate } from '../../src/kernel/index.ts';
import { ApprovePlans, ImportFamilies } from '../../src/subsistence/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { familyFileOf } from '../support/family-file-writer.ts';
import { Client, problemIn } from '../support/http.ts';
import { lineOf, openRun, payRun, previewOf, type ShownPreview, takeRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
const familyIds = new Map<string, string>();
const START = { paid_up_to: '2026-11-12' };

beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  house.setToday('2026-11-02' as PlainDate);
  await takeIn(house.app, house.council, [
    ...familyRows('SAME', START),
    ...familyRows('PARTNER', START),
    ...familyRows('LEFT', START, child('2015-05-05')),
    ...familyRows('BIRTH', { ...START, due_date: '2026-11-20' }),
    ...familyRows('ENDS', { ...START, support_to: '2026-12-03' }),
    ...familyRows('PAYEE', START),
    ...familyRows('GONE', START, child('2016-06-06')),
  ]);
  const { body } = await client.get('caseworker', '/families?limit=100').expect(200);
  for (const each of (body as { families: { id: string; reference: string }[] }).families)
    familyIds.set(each.reference, each.id);
  for (const payDate of ['2026-11-12', '2026-11-19', '2026-11-26']) await payRun(house, client, payDate);
});
afterAll(() => house.close());

const membersOf = async (family: string): Promise<{ id: string; relationship: string }[]> => {
  const { body } = await client.get('caseworker', `/families/${familyIds.get(family)}`).expect(200);
  return (body as { members: { id: string; relationship: string }[] }).members;
};
const leaves = async (family: string, leftOn: string): Promise<void> => {
  const gone = (await membersOf(family)).find((member) => member.relationship === 'child')!;
  await client.post('caseworker', `/members/${gone.id}/leaving`, { leftOn }).expect(200);
};

describe('Three weeks later', () => {
  let runId: string;
  let preview: ShownPreview;

  it('a partner who joined weeks ago, a birth, a child who left and new bank details are written down', async () => {
    house.setToday('2026-11-27' as PlainDate);
    const partner = { relationship: 'partner', name: 'P', born: '1988-01-01', joinedOn: '2026-11-12' };
    await client.post('caseworker', `/families/${familyIds.get('PARTNER')}/members`, partner).expect(201);
    const baby = { relationship: 'child', name: 'B', born: '2026-11-18' };
    await client.post('caseworker', `/families/${familyIds.get('BIRTH')}/members`, baby).expect(201);
    await leaves('LEFT', '2026-11-19');
    const payee = familyIds.get('PAYEE');
    const details = { sortCode: '000016', accountNumber: '87654321', accountName: 'New Account' };
    const { body } = await client.post('caseworker', `/families/${payee}/bank-details`, details).expect(201);
    const { bankDetailsId } = body as { bankDetailsId: string };
    const decided = await client.post('finance', `/bank-details/${bankDetailsId}/decision`, { outcome: 'approve' });
    expect(decided.body).toEqual({ usableFrom: '2026-11-30' });
    const rows = familyRows('NEW', { support_from: '2026-12-01', paid_up_to: '' });
    await house.app
      .get(ImportFamilies)
      .run(house.council.actors.caseworker, familyFileOf(rows), '2026-11-27' as PlainDate);
    await house.app.get(ApprovePlans).all(house.council.actors.manager, 'Test');
  });

  it('the next run is priced, after the cool-off', async () => {
    house.setToday('2026-11-30' as PlainDate);
    runId = await openRun(house, client, '2026-12-03');
    preview = await previewOf(client, runId);
    expect(preview.exceptions).toEqual([]);
  });

  it('names what is new, what stopped, whose amount and whose account changed', () => {
    expect(preview.changes).toEqual({ new: 1, stopped: 1, amount: 2, payee: 1 });
    const changed = preview.variance.map(({ family, changes, before, now }) => [family, changes.join(), before, now]);
    expect(changed.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ['BIRTH', 'amount', '54.43', '233.60'],
      ['ENDS', 'stopped', '49.18', null],
      ['NEW', 'new', null, '63.23'],
      ['PARTNER', 'amount', '49.18', '245.90'],
      ['PAYEE', 'payee', '49.18', '49.18'],
    ]);
  });

  it('pays the partner three weeks of arrears and says so', async () => {
    const line = await lineOf(client, runId, 'PARTNER');
    expect(line?.explanation.backDated.map((change) => change.amount)).toEqual(['147.54']);
  });

  it('pays the baby from its birth', async () => {
    const line = await lineOf(client, runId, 'BIRTH');
    const ups = line?.explanation.backDated.map((change) => change.amount).filter((amount) => !amount.startsWith('-'));
    expect(ups).toEqual(['105.385714', '20.357143']);
  });

  it('takes nothing back for the child who left, and lists the overpayment for a person', async () => {
    await takeRun(house, client, runId, 'exported');
    const { body } = await client.get('manager', '/overpayments').expect(200);
    const { overpayments } = body as { overpayments: { id: string; amount: string; outcome: string | null }[] };
    expect(
      overpayments.map(({ amount, outcome }) => [amount, outcome]).toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
    ).toEqual([
      ['4.50', null],
      ['98.36', null],
    ]);
    const { id } = overpayments.find((each) => each.amount === '98.36')!;
    const decision = { outcome: 'not_recovered', reason: 'It was our delay' };
    expect(problemIn(await client.post('finance', `/overpayments/${id}/decision`, decision))).toEqual([
      403,
      'not_permitted',
    ]);
    expect(
      problemIn(await client.post('manager', `/overpayments/${id}/decision`, { outcome: 'not_recovered', reason: '' })),
    ).toEqual([422, 'input_refused']);
    await client.post('manager', `/overpayments/${id}/decision`, decision).expect(200);
    expect(problemIn(await client.post('manager', `/overpayments/${id}/decision`, decision))).toEqual([
      404,
      'no_such_overpayment',
    ]);
  });

  it('pays the week after as if nothing had happened', async () => {
    house.setToday('2026-12-07' as PlainDate);
    const next = await openRun(house, client, '2026-12-10');
    expect((await lineOf(client, next, 'PARTNER'))?.amount).toBe('98.36');
    // Nobody told LEFT of it in time: the child counts for the money until they are (see told-falls).
    expect((await lineOf(client, next, 'LEFT'))?.amount).toBe('98.36');
    expect(['107.86', '107.87']).toContain((await lineOf(client, next, 'BIRTH'))?.amount);
    expect(await lineOf(client, next, 'ENDS')).toBeUndefined();
    expect((await previewOf(client, next)).changes).toMatchObject({ new: 0, stopped: 0, payee: 0 });
  });
});

describe('New bank details', () => {
  const details = { sortCode: '000017', accountNumber: '11112222', accountName: 'Another' };
  const propose = async (): Promise<string> => {
    const { body } = await client
      .post('manager', `/families/${familyIds.get('SAME')}/bank-details`, details)
      .expect(201);
    return (body as { bankDetailsId: string }).bankDetailsId;
  };

  it('are not approved by who proposed them, nor twice, and wait one at a time', async () => {
    const id = await propose();
    expect(problemIn(await client.post('manager', `/families/${familyIds.get('SAME')}/bank-details`, details))).toEqual(
      [409, 'bank_details_already_waiting'],
    );
    expect(problemIn(await client.post('manager', `/bank-details/${id}/decision`, { outcome: 'approve' }))).toEqual([
      403,
      'own_bank_details',
    ]);
    await client.post('finance', `/bank-details/${id}/decision`, { outcome: 'refuse' }).expect(200);
    expect(problemIn(await client.post('finance', `/bank-details/${id}/decision`, { outcome: 'approve' }))).toEqual([
      409,
      'bank_details_not_waiting',
    ]);
  });

  it.each([
    [{ sortCode: '12' }, 'sortCode'],
    [{ accountNumber: '1234567' }, 'accountNumber'],
    [{ accountName: '---' }, 'accountName'],
  ])('are refused when they cannot be used: %o', async (wrong, field) => {
    const answer = await client.post('caseworker', `/families/${familyIds.get('SAME')}/bank-details`, {
      ...details,
      ...wrong,
    });
    expect(problemIn(answer)).toEqual([422, 'bank_details_refused']);
    expect((answer.body as { items: { field: string }[] }).items.map((item) => item.field)).toEqual([field]);
  });

  it('are shown by their last two digits only', async () => {
    const { text } = await client.get('caseworker', `/families/${familyIds.get('PAYEE')}`).expect(200);
    expect(text).toContain('******21');
    expect(text).not.toContain('87654321');
  });
});
