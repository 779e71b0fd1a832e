import { boxes } from '../support/form-filler.ts';
import { fundNamed, grantFund, knownFamily, shown } from '../support/grants-scene.ts';
import { Client } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let caseworker: PageVisitor;
let manager: PageVisitor;
let finance: PageVisitor;
let family: string;
let at: string;
const application = (): string => at.split('/')[2] ?? '';

beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  await grantFund(house.app, house.council, '1000.00');
  family = await knownFamily(house, 'G-1');
  [caseworker, manager, finance] = [
    await PageVisitor.signedIn(house, 'caseworker'),
    await PageVisitor.signedIn(house, 'manager'),
    await PageVisitor.signedIn(house, 'finance'),
  ];
});
afterAll(() => house.close());

describe('A worker with a family in need', () => {
  it('starts an application on the family’s page, with a list of what to answer', async () => {
    expect((await caseworker.get(`/families/${family}`)).text).toContain('Start an application for a grant');
    const started = await caseworker.send(`/families/${family}/grants/new`, { fundCode: 'early-action' });
    at = started.location ?? '';
    expect(at).toMatch(/^\/grants\/\d+$/);
    expect((await caseworker.get(at)).text).toContain('Cannot start yet');
  });

  it('is shown what is wrong with an answer, with everything she typed', async () => {
    const answer = await caseworker.send(`${at}/answers/items`, { do: 'add', code: 'food', amount: '0.001' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Enter pounds and pence');
    expect(answer.text).toContain('value="0.001"');
    expect((await caseworker.send(`${at}/answers/conflict`, { conflict: 'yes' })).text).toContain(
      'Say how you know them',
    );
  });

  it('answers one thing a page, and finds each kept when she comes back', async () => {
    expect((await caseworker.send(`${at}/answers/need`, { need: 'Behind with the rent.' })).location).toBe(at);
    const rent = { do: 'add', code: 'rent-arrears', description: 'Two weeks', amount: '£240' };
    expect((await caseworker.send(`${at}/answers/items`, rent)).location).toBe(`${at}/answers/items`);
    const nappies = { do: 'add', code: 'nappies-formula', amount: '60', instalments: '3', everyDays: '7' };
    await caseworker.send(`${at}/answers/items`, { ...nappies, ...boxes('firstDue', '2026-11-18') });
    expect((await caseworker.get(`${at}/answers/items`)).text).toContain('So far, £300.00');
    await caseworker.send(`${at}/answers/child`, { childNeed: 'She would lose her school place.' });
    await caseworker.send(`${at}/answers/identity`, { identitySeen: 'Passport of the mother' });
    await caseworker.send(`${at}/answers/conflict`, { conflict: 'no' });
    expect((await caseworker.get(`${at}/answers/child`)).text).toContain('She would lose her school place.');
  });

  it('checks her answers, hands them in, and recommends', async () => {
    expect((await caseworker.get(`${at}/check`)).text).toContain('Behind with the rent.');
    expect((await caseworker.send(`${at}/check`, {})).location).toBe(at);
    expect((await caseworker.get(at)).text).toContain('Payee verified');
    const recommended = await caseworker.send(`${at}/recommend`, { recommendation: 'Cheaper than an eviction.' });
    expect(recommended.location).toBe(at);
    expect((await caseworker.get(at)).text).toContain('Waits for a manager');
  });
});

describe('A manager', () => {
  it('finds it among what waits, and everything she needs on one page', async () => {
    expect((await manager.get('/waiting')).text).toContain(`${at}/decide`);
    const { text } = await manager.get(`${at}/decide`);
    for (const words of ['Behind with the rent.', '£1,000.00 available', 'This family, this year', 'Safe contact'])
      expect(text).toContain(words);
  });

  it('is told that a refusal needs reasons', async () => {
    const { fingerprint } = await shown(client, application());
    const answer = await manager.send(`${at}/decide`, { fingerprint, interest: 'none', outcome: 'declined' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Say why, in words the family understands.');
  });

  it('awards less of one item; the fund shows it as committed', async () => {
    const { fingerprint, items } = await shown(client, application());
    const fields = { fingerprint, interest: 'none', outcome: 'approved', reason: 'The landlord agreed.' };
    const more = await manager.send(`${at}/decide`, { ...fields, [`awarded.${items[0]!.id}`]: '240.01' });
    expect([more.status, more.text.includes('Award nought up to £240.00.')]).toEqual([422, true]);
    const done = await manager.send(`${at}/decide`, { ...fields, [`awarded.${items[0]!.id}`]: '200' });
    expect(done.location).toBe(at);
    expect((await manager.get(at)).text).toContain('£260.00');
    expect(await fundNamed(client)).toMatchObject({ available: '740.00', committed: '260.00' });
  });
});

describe('A finance officer', () => {
  it('opens a grants run, and is led from its lines to the application', async () => {
    expect((await finance.get('/runs/grants/new')).text).toContain('£200.00');
    const { location } = await finance.send('/runs/grants/new', boxes('payDate', '2026-11-20'));
    expect(location).toMatch(/^\/runs\/\d+$/);
    await workOff(house.app, house.council.id);
    expect((await finance.get(location ?? '')).text).toContain('£220.00');
    const lines = await finance.get(`${location}/lines`);
    const payment = /\/payments\/\d+/.exec(lines.text)?.[0] ?? '';
    expect((await finance.get(payment)).location).toBe(at);
    expect((await finance.get('/grants')).text).toContain('G-1');
  });
});
