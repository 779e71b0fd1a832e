import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let finance: PageVisitor;
let at: string;

beforeAll(async () => {
  house = await testHouse(PAGES);
  await takeIn(
    house.app,
    house.council,
    ['B-1', 'B-2', 'B-3'].flatMap((reference) => familyRows(reference)),
  );
  await completeRun(house.app, house.council, '2026-11-26');
  finance = await PageVisitor.signedIn(house, 'finance');
});
afterAll(() => house.close());

/** Sends a report as a browser sends a file. */
async function sendReport(kind: string, text: string): Promise<Response> {
  const { text: page } = await finance.get('/bank-reports/new');
  const proof = /name="form-proof" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const body = new FormData();
  body.set('form-proof', proof);
  body.set('form-key', crypto.randomUUID());
  body.set('kind', kind);
  body.set('file', new Blob([text]), 'report.csv');
  return finance.upload('/bank-reports/new', body);
}
async function orderOf(reference: string): Promise<string> {
  const { rows } = await house.superuser.query<{ id: string }>(
    `select o.id from payments.payment_order o join families.family f on f.id = o.family_id where f.reference = $1`,
    [reference],
  );
  return rows[0]?.id ?? '';
}

describe('A bank file on its page', () => {
  it('is found among what is to be handed in', async () => {
    const home = await finance.get('/');
    expect(home.text).toContain('1 bank file to hand in');
    const { text } = await finance.get('/bank-files?state=exported');
    at = /href="(\/bank-files\/\d+)"/.exec(text)?.[1] ?? '';
    expect((await finance.get(at)).text).toContain('I am about to hand it in');
  });

  it('is handed in by one person, in two steps', async () => {
    expect((await finance.send(at, {}, `${at}/begin`)).location).toBe(at);
    const releaser = await PageVisitor.signedIn(house, 'releaser');
    expect((await releaser.get(at)).text).toContain('finance is handing it in. Nobody else does.');
    const empty = await finance.send(at, { bankReference: '' }, `${at}/submitted`);
    expect([empty.status, empty.text.includes('Answer this.')]).toEqual([422, true]);
    expect((await finance.send(at, { bankReference: 'B-77' }, `${at}/submitted`)).location).toBe(at);
    expect((await finance.get(at)).text).toContain('B-77');
  });

  it('is answered by a person who says how they know', async () => {
    const unsaid = await finance.send(at, { answer: 'accept', reason: '' }, `${at}/answer`);
    expect(unsaid.status).toBe(422);
    await finance.send(at, { answer: 'accept', reason: 'The bank’s page shows it' }, `${at}/answer`);
    expect((await finance.get(at)).text).toContain('The bank took it.');
  });

  it('is downloaded, each time the same', async () => {
    const [one, two] = [await finance.get(`${at}/content`), await finance.get(`${at}/content`)];
    expect(one.text).toMatch(/^VOL1/);
    expect(two.text).toBe(one.text);
  });
});

describe('A report sent to its page', () => {
  it('is refused with every wrong line', async () => {
    const answer = await sendReport('arucs', 'reference,amount,code\nMS 1,12.3,Z\n');
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toContain('is not pounds and pence');
    expect(text).toContain('is none of 0, 2, 3, 5, B, C');
  });

  it('brings payments back, and names what fits nothing', async () => {
    const report = `reference,amount,code\nMS ${await orderOf('B-1')},49.18,B\nMS ${await orderOf('B-2')},49.18,5\nMS 999,1.00,0\n`;
    expect((await sendReport('arucs', report)).headers.get('location')).toBe('/bank-reports/exceptions');
    const { text } = await finance.get('/bank-reports/exceptions');
    const explain = /action="(\/bank-reports\/exceptions\/\d+)"/.exec(text)?.[1] ?? '';
    await finance.send('/bank-reports/exceptions', { explanation: 'Payroll’s, not ours' }, explain);
    expect((await finance.get('/bank-reports/exceptions')).text).toContain('Payroll’s, not ours');
  });

  it('shows on the family’s page why its payment came back', async () => {
    const { rows } = await house.superuser.query<{ id: string }>(
      `select id from families.family where reference = 'B-1'`,
    );
    expect((await finance.get(`/families/${rows[0]?.id}`)).text).toContain('the account was closed');
  });

  it('lists details that are wrong, with what the bank gave', async () => {
    const report = `reference,amount,code,new sort code,new account number\nMS ${await orderOf('B-3')},49.18,3,000015,87654321\n`;
    expect((await sendReport('awacs', report)).status).toBe(303);
    const { text } = await finance.get('/returns');
    expect(text).toMatch(/The money arrived, the details are wrong[\s\S]*B-3[\s\S]*New details proposed/);
  });
});

describe('A payment that came back, on its page', () => {
  let back: string;

  it('is confirmed by two people and paid again by a third', async () => {
    const { text } = await finance.get('/returns');
    back = /href="(\/returns\/\d+)"/.exec(text)?.[1] ?? '';
    const early = await finance.send(back, { rail: 'faster-payments', isUrgent: 'yes' }, `${back}/reissue`);
    expect([early.status, early.text.includes('Nobody knows yet that the details are right')]).toEqual([409, true]);
    for (const who of ['caseworker', 'manager'] as const) {
      const visitor = await PageVisitor.signedIn(house, who);
      expect((await visitor.send(back, { how: 'Saw the card' }, `${back}/confirm`)).location).toBe(back);
    }
    const paid = await finance.send(back, { rail: 'faster-payments', isUrgent: 'yes' }, `${back}/reissue`);
    expect(paid.location).toMatch(/^\/bank-files\/\d+$/);
    expect((await finance.get(back)).text).toContain('Paid again as');
    at = paid.location ?? '';
  });

  it('goes again in another file when the first did not arrive and two people agree', async () => {
    await finance.send(at, {}, `${at}/begin`);
    await finance.send(at, { answer: 'lose', reason: 'The page went away' }, `${at}/answer`);
    expect((await finance.get(at)).text).toContain('Nobody knows whether the bank has this file');
    await finance.send(at, { answer: 'not_arrive', reason: 'Called: they have nothing' }, `${at}/answer`);
    await finance.send(at, { rail: 'bacs', rescueReason: 'Their page is down' }, `${at}/rescue`);
    const releaser = await PageVisitor.signedIn(house, 'releaser');
    const decide = /action="(\/bank-files\/\d+\/rescue\/\d+)"/.exec((await releaser.get(at)).text)?.[1] ?? '';
    const agreed = await releaser.send(at, { outcome: 'agree' }, decide);
    expect(agreed.location).toMatch(/^\/bank-files\/\d+$/);
    expect((await finance.get(at)).text).toContain('went in its place');
  });

  it('is closed by a manager who says why', async () => {
    const { text } = await finance.get('/returns');
    const other = /href="(\/returns\/\d+)"/.exec(text)?.[1] ?? '';
    const manager = await PageVisitor.signedIn(house, 'manager');
    await manager.send(other, { because: 'The family left the country' }, `${other}/close`);
    expect((await finance.get(other)).text).toContain('The family left the country');
    expect((await finance.get('/returns')).text).toContain('No payment that came back waits for anybody.');
  });
});

describe('A family without an account', () => {
  it('is proposed to be paid by vouchers, on its page', async () => {
    const { rows } = await house.superuser.query<{ id: string }>(
      `select id from families.family where reference = 'B-2'`,
    );
    const page = `/families/${rows[0]?.id}/other-ways`;
    const caseworker = await PageVisitor.signedIn(house, 'caseworker');
    const nothing = await caseworker.send(page, { accountName: 'Lead' });
    expect([nothing.status, nothing.text.includes('Choose one.')]).toEqual([422, true]);
    await caseworker.send(page, { kind: 'voucher', accountName: 'Lead' });
    expect((await caseworker.get(`/families/${rows[0]?.id}`)).text).toContain('Vouchers');
  });
});
