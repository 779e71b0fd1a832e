import { verifyAll } from '../../src/house/index.ts';
import { plainDate } from '../../src/kernel/index.ts';
import { BankFileTick } from '../../src/payments/index.ts';
import { child, familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { lineOf, payRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const NO_ACCOUNT = { sort_code: '', account_number: '', account_name: '' };
let house: TestHouse;
let client: Client;
let runId: string;

interface ShownFile {
  readonly id: string;
  readonly rail: string;
  readonly items: number;
  readonly total: string;
}
interface ShownVoucher {
  readonly id: string;
  readonly amount: string;
  readonly state: string;
  readonly expiresOn: string;
}

beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  const children = ['2020-01-01', '2021-01-01', '2022-01-01'].map((born) => child(born));
  await takeIn(house.app, house.council, [
    ...[
      ...familyRows('X-BANK'),
      ...familyRows('X-CARD', NO_ACCOUNT),
      ...familyRows('X-VOUCH', NO_ACCOUNT, ...children),
    ],
  ]);
});
afterAll(() => house.close());

async function idOf(reference: string): Promise<string> {
  const { body } = await client.get('caseworker', '/families').expect(200);
  return (body as { families: { id: string; reference: string }[] }).families.find((f) => f.reference === reference)!
    .id;
}
async function pay(reference: string, details: object): Promise<void> {
  const proposed = await client
    .post('caseworker', `/families/${await idOf(reference)}/bank-details`, details)
    .expect(201);
  const { bankDetailsId } = proposed.body as { bankDetailsId: string };
  await client.post('manager', `/bank-details/${bankDetailsId}/decision`, { outcome: 'approve' }).expect(200);
}
async function fileBy(rail: string): Promise<ShownFile> {
  const { body } = await client.get('finance', '/bank-files').expect(200);
  return (body as { files: ShownFile[] }).files.find((file) => file.rail === rail)!;
}
async function vouchers(): Promise<ShownVoucher[]> {
  const { id } = await fileBy('voucher');
  return ((await client.get('finance', `/bank-files/${id}/vouchers`).expect(200)).body as { vouchers: ShownVoucher[] })
    .vouchers;
}

describe('A run of families paid in different ways', () => {
  it('takes a card and vouchers where a family has no account, by two people', async () => {
    const wrong = { kind: 'prepaid-card', sortCode: '000014', accountNumber: 'AB', accountName: 'X' };
    const refused = await client.post('caseworker', `/families/${await idOf('X-CARD')}/bank-details`, wrong);
    expect(problemIn(refused)).toEqual([422, 'bank_details_refused']);
    await pay('X-CARD', { kind: 'prepaid-card', accountNumber: 'AB123456', accountName: 'Lead of X-CARD' });
    await pay('X-VOUCH', { kind: 'voucher', accountName: 'Lead of X-VOUCH' });
    runId = await payRun(house, client, FIRST_PAY_DATE);
  });

  it('makes one file for each way, each its part of what was posted', async () => {
    expect(await fileBy('bacs')).toMatchObject({ items: 1, total: '49.18' });
    expect(await fileBy('prepaid-card')).toMatchObject({ items: 1, total: '49.18' });
    expect(await fileBy('voucher')).toMatchObject({ items: 1, total: '196.72' });
    const { body } = await client.get('finance', `/runs/${runId}`).expect(200);
    expect(body).toMatchObject({ state: 'exported', total: '295.08', ledger: { n: 3, total: '295.08' } });
  });

  it('gives each file by its rail, and none in place of the others', async () => {
    const several = await client.get('finance', `/runs/${runId}/file`);
    expect(problemIn(several)).toEqual([409, 'run_has_several_files']);
    expect((several.body as { items: { field: string }[] }).items.map(({ field }) => field)).toEqual([
      ...['bacs', 'prepaid-card', 'voucher'],
    ]);
    const card = await client.get('finance', `/runs/${runId}/file?rail=prepaid-card`).expect(200);
    expect(card.text).toContain('AB123456');
    const none = await client.get('finance', `/runs/${runId}/file?rail=pain001`);
    expect(problemIn(none)).toEqual([409, 'no_file_yet']);
    const finance = await PageVisitor.signedIn(house, 'finance');
    expect((await finance.get(`/runs/${runId}/file`)).location).toBe(`/runs/${runId}#file`);
    const { text } = await finance.get(`/runs/${runId}`);
    for (const rail of ['Bacs', 'Prepaid cards', 'Cash-out vouchers'])
      expect(text).toContain(`<span class="govuk-visually-hidden"> the file of ${rail}</span>`);
  });

  it('loads the card under the payment’s own reference', async () => {
    const order = (await lineOf(client, runId, 'X-CARD'))!.id;
    const { text } = await client
      .get('finance', `/bank-files/${(await fileBy('prepaid-card')).id}/content`)
      .expect(200);
    expect(text).toBe(`B\tAB123456\t49.18\tMS ${order}\n`);
  });

  it('splits a payment into vouchers that may each be cashed', async () => {
    expect((await vouchers()).map(({ amount, state, expiresOn }) => [amount, state, expiresOn])).toEqual([
      ...[['100.00', 'issued', '2027-02-24'] as const, ['96.72', 'issued', '2027-02-24'] as const],
    ]);
  });

  it('notes what was cashed, and brings back the money of what was not', async () => {
    const { id } = await fileBy('voucher');
    await client.post('finance', `/bank-files/${id}/begin`).expect(200);
    await client.post('finance', `/bank-files/${id}/submitted`, { bankReference: 'PP-1' }).expect(200);
    const said = { answer: 'accept', reason: 'The provider’s page says so' };
    await client.post('finance', `/bank-files/${id}/answer`, said).expect(200);
    const [cashed] = (await vouchers()) as [ShownVoucher];
    const page = `/bank-files/${id}`;
    const finance = await PageVisitor.signedIn(house, 'finance');
    const noted = await finance.send(page, { voucher: cashed.id, sure: 'yes' }, `${page}/vouchers`);
    expect(noted.location).toBe(page);
    const twice = await client.post('finance', '/vouchers/redeemed', { voucherIds: [cashed.id] });
    expect((await finance.get(page)).text.replaceAll(/\s+/g, ' ')).toMatch(/Issued: 1, £96\.72.*Cashed: 1, £100\.00/);
    const [, still] = await vouchers();
    const unsure = await finance.send(page, { voucher: still?.id ?? '' }, `${page}/vouchers`);
    expect([unsure.status, unsure.text.includes('href="#sure"')]).toEqual([422, true]);
    const nothing = await finance.send(page, { sure: 'yes' }, `${page}/vouchers`);
    expect(nothing.text).toContain('Tick at least one voucher');
    expect(problemIn(twice)).toEqual([409, 'not_in_that_state']);
    house.setToday(plainDate('2027-02-24'));
    await house.app.get(BankFileTick).tick(house.council.id);
    expect((await vouchers()).map(({ state }) => state)).toEqual(['redeemed', 'issued']);
    house.setToday(plainDate('2027-02-25'));
    await house.app.get(BankFileTick).tick(house.council.id);
    expect((await vouchers()).map(({ state }) => state)).toEqual(['redeemed', 'expired']);
    expect((await finance.get(page)).text).toContain('The money of expired vouchers is back');
    const { body } = await client.get('finance', '/returns?state=open').expect(200);
    expect(body).toMatchObject({ returns: [{ family: 'X-VOUCH', amount: '96.72', code: 'expired' }] });
  });

  it('pays an expired voucher again by vouchers only', async () => {
    const { body } = await client.get('finance', '/returns?state=open').expect(200);
    const [{ id }] = (body as { returns: [{ id: string }] }).returns;
    for (const who of ['caseworker', 'manager'] as const)
      await client.post(who, `/returns/${id}/confirm`, { reason: 'She lost it' }).expect(200);
    const byBank = await client.post('finance', '/returns/reissue', { returnIds: [id], rail: 'bacs' });
    expect(problemIn(byBank)).toEqual([422, 'rail_cannot_pay_these']);
    await client.post('finance', '/returns/reissue', { returnIds: [id], rail: 'voucher' }).expect(201);
    expect((await vouchers()).map(({ amount, state }) => [amount, state])).toEqual([['96.72', 'issued']]);
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });
});
