import { ConfirmDetails } from '../../src/payments/index.ts';
import { familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { Client } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { lineOf, payRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let finance: PageVisitor;
let client: Client;
const returned: string[] = [];
beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  finance = await PageVisitor.signedIn(house, 'finance');
  const families = ['P-1', 'P-2', 'P-3'];
  await takeIn(
    house.app,
    house.council,
    families.flatMap((family) => familyRows(family)),
  );
  const runId = await payRun(house, client, FIRST_PAY_DATE);
  const orders = await Promise.all(families.map(async (family) => (await lineOf(client, runId, family))!.id));
  const { body } = await client.get('finance', '/bank-files').expect(200);
  const fileId = (body as { files: { id: string }[] }).files[0]!.id;
  await client.post('finance', `/bank-files/${fileId}/begin`).expect(200);
  await client.post('finance', `/bank-files/${fileId}/submitted`, { bankReference: 'BANK-0001' }).expect(200);
  const lines = orders.map((order) => `MS ${order},49.18,5`);
  await client.report('finance', 'arucs', ['reference,amount,code', ...lines].join('\n')).expect(201);
  const open = (await client.get('finance', '/returns?state=open')).body as { returns: { id: string }[] };
  returned.push(...open.returns.map(({ id }) => id));
});
afterAll(() => house.close());

const confirm = async (id: string): Promise<void> => {
  for (const who of ['caseworker', 'manager'] as const)
    await house.app.get(ConfirmDetails).run(house.council.actors[who], id, 'Saw the bank card');
};
const ticked = (...ids: readonly string[]) => ids.map((id): [string, string] => ['return', id]);
const send = (fields: [string, string][]) => finance.send('/returns', fields, '/returns/pay-again');

describe('Several payments that came back', () => {
  it('offer nothing to tick while nobody knows that the details are right', async () => {
    const { text } = await finance.get('/returns');
    expect([text.includes('Details to be put right'), text.includes('name="return"')]).toEqual([true, false]);
  });

  it('are ticked where the details are right, by finance and nobody else', async () => {
    const [one = '', two = ''] = returned;
    await confirm(one);
    await confirm(two);
    const { text } = await finance.get('/returns');
    expect(text.match(/name="return"/g)).toHaveLength(2);
    const caseworker = await PageVisitor.signedIn(house, 'caseworker');
    expect((await caseworker.get('/returns')).text).not.toContain('name="return"');
    expect((await caseworker.send('/returns', ticked(one), '/returns/pay-again')).status).toBe(403);
  });

  it('are shown with what they come to before anything is made, and say which cannot go', async () => {
    const [one = '', two = '', three = ''] = returned;
    expect((await send([])).text).toContain('No payment was ticked');
    const shown = await send(ticked(one, two));
    expect(shown.text).toContain('Pay £98.36 again');
    const odd = await send(ticked(one, three));
    expect(odd.text).toContain('The details of some are not known to be right');
    expect(odd.text).not.toContain('name="rail"');
    const { body } = await client.get('finance', '/returns?state=open');
    expect((body as { returns: unknown[] }).returns).toHaveLength(3);
  });

  it('are paid again in one file, each under its own reference', async () => {
    const [one = '', two = ''] = returned;
    const noWay = await send([...ticked(one, two), ['do', 'pay']]);
    expect([noWay.status, noWay.text.includes('href="#rail"')]).toEqual([422, true]);
    const slow = await send([...ticked(one, two), ['do', 'pay'], ['rail', 'bacs'], ['isUrgent', 'yes']]);
    expect(slow.text).toContain('paid the same day');
    const paid = await send([...ticked(one, two), ['do', 'pay'], ['rail', 'faster-payments'], ['isUrgent', 'yes']]);
    expect(paid.location).toMatch(/^\/bank-files\/\d+$/);
    const { text } = await finance.get(paid.location ?? '');
    expect([text.includes('£98.36'), text.includes('Faster Payments')]).toEqual([true, true]);
    expect((await finance.get('/returns')).text.match(/class="govuk-link" href="\/returns\/\d+"/g)).toHaveLength(1);
    expect((await send(ticked(one, two))).text).toContain('None of these waits any more');
  });
});
