import { pageScene, type PageScene } from '../support/page-scene.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let scene: PageScene;
let finance: PageVisitor;
beforeAll(async () => {
  house = await testHouse(PAGES);
  scene = await pageScene(house);
  finance = await PageVisitor.signedIn(house, 'finance');
});
afterAll(() => house.close());

describe('A finance officer', () => {
  it('takes a match back with a reason, and matches the line by hand with a note', async () => {
    const { matchedLine, bankMatch } = scene.bank;
    const line = `/reconciliation/lines/${matchedLine}`;
    const page = `${line}/matches/${bankMatch}/take-back`;
    const refused = await finance.send(page, { reason: '' });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('Answer this.')]);
    expect(await finance.send(page, { reason: 'It was the other file' })).toMatchObject({
      status: 303,
      location: line,
    });
    const form = (await finance.get(`${line}/match`)).text;
    const [field = '', , amount = ''] = /name="(part-file-\d+)"[\s\S]*?/.exec(form) ?? [];
    expect(field + amount).toContain('part-file-');
    const name = /name="(part-file-\d+)"/.exec(form)?.[1] ?? '';
    const total = /part-file-\d+">\s*bacs[^,]*, £([\d,.]+)/.exec(form)?.[1] ?? '';
    const nothing = await finance.send(`${line}/match`, { [name]: '', note: 'x' });
    expect([nothing.status, nothing.text]).toEqual([422, expect.stringContaining('Write an amount beside')]);
    const tooMuch = await finance.send(`${line}/match`, { [name]: '99999.00', note: 'The bank rang' });
    expect([tooMuch.status, tooMuch.text]).toEqual([409, expect.stringContaining('more than is left')]);
    const done = await finance.send(`${line}/match`, { [name]: total, note: 'The bank rang: it is this one' });
    expect(done).toMatchObject({ status: 303, location: line });
    expect((await finance.get(line)).text).toMatch(/Taken back[\s\S]*The bank rang: it is this one/);
  });

  it('proposes to write a line off, and cannot decide it; an administrator can', async () => {
    const { writeOff, strangeLine } = scene.bank;
    const proposed = { amount: '61.18', category: 'unexplained', reason: 'Nobody knows this money' };
    await finance.send(`/reconciliation/lines/${strangeLine}/write-off`, proposed);
    expect((await finance.get('/reconciliation/write-offs')).text).toContain('Nobody knows this money');
    const own = await finance.send(`/reconciliation/write-offs/${writeOff}`, { outcome: 'approved', reason: '' });
    expect(own.status).toBe(403);
    const administrator = await PageVisitor.signedIn(house, 'administrator');
    const silent = await administrator.send(`/reconciliation/write-offs/${writeOff}`, {
      outcome: 'refused',
      reason: '',
    });
    expect([silent.status, silent.text]).toEqual([422, expect.stringContaining('Say why')]);
    await administrator.send(`/reconciliation/write-offs/${writeOff}`, { outcome: 'approved', reason: '' });
    expect((await finance.get(`/reconciliation/write-offs/${writeOff}`)).text).toContain('Approved');
  });

  it('says who looks after an exception', async () => {
    const page = `/reconciliation/exceptions/line/${scene.bank.strangeLine}`;
    const choice = { ownerId: house.council.userIds.finance2, note: 'Has written to the bank' };
    expect(await finance.send(page, choice)).toMatchObject({ status: 303, location: '/reconciliation/exceptions' });
    expect((await finance.get('/reconciliation/exceptions')).text).toMatch(/finance2: Has written to the bank/);
  });

  it('sees what keeps a month open, and cannot close it', async () => {
    const page = '/reconciliation/months/2026-12';
    expect((await finance.get(page)).text).toMatch(/Every line is matched or written off[\s\S]*Not yet/);
    const refused = await finance.send('/reconciliation/months/2026-11/reopen', { reason: 'x' }, `${page}/close`);
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('cannot be closed yet')]);
  });

  it('has a closed month opened again when a second person agrees', async () => {
    const page = `/reconciliation/reopenings/${scene.bank.reopening}`;
    expect((await finance.get('/reconciliation/months/2026-11')).text).toContain('Nothing is posted into this month');
    await finance.send(page, { outcome: 'approved', reason: '' });
    expect((await finance.get('/reconciliation/months/2026-11')).text).toContain('Before it can be closed');
  });

  it('makes a journal after seeing what is in it, and downloads the same file each time', async () => {
    const chosen = { 'upTo-day': '4', 'upTo-month': '12', 'upTo-year': '2026' };
    const { location } = await finance.send('/reconciliation/journals', chosen);
    expect(location).toBe('/reconciliation/journals/make?upTo=2026-12-04');
    expect(await finance.send(location ?? '', {})).toMatchObject({ status: 303, location: '/reconciliation/journals' });
    const { text } = await finance.get('/reconciliation/journals');
    const files = text.match(/\/reconciliation\/journals\/\d+\/journal\.csv/g) ?? [];
    expect(files).toHaveLength(2);
    const file = await finance.get(files[0] ?? '');
    expect(file.text).toContain('CONTROL,TOTAL');
    expect((await finance.get(files[0] ?? '')).text).toBe(file.text);
  });

  it('gives accounts their codes, and is told which box is wrong', async () => {
    const page = '/reconciliation/journals/codes';
    const id = /name="centre-(\d+)"/.exec((await finance.get(page)).text)?.[1] ?? '';
    const wrong = await finance.send(page, { [`centre-${id}`]: '=1+1', [`subjective-${id}`]: '41207' });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining(`href="#centre-${id}"`)]);
    await finance.send(page, { [`centre-${id}`]: 'cs999', [`subjective-${id}`]: '41299' });
    expect((await finance.get(page)).text).toMatch(/CS999[\s\S]*41299/);
  });

  it('finds the line and the statement behind what the bank posted in the ledger', async () => {
    const { bankMatch, matchedLine, statement } = scene.bank;
    expect((await finance.get(`/reconciliation/documents/${bankMatch}`)).location).toBe(
      `/reconciliation/lines/${matchedLine}`,
    );
    expect((await finance.get(`/reconciliation/documents/${statement}`)).location).toBe(
      `/reconciliation/statements/${statement}`,
    );
    expect((await finance.get('/ledger/journal?kind=settle')).text).toContain('it is what was sent');
  });
});

describe('An auditor', () => {
  it('reads everything and can do nothing', async () => {
    const auditor = await PageVisitor.signedIn(house, 'auditor');
    const line = (await auditor.get(`/reconciliation/lines/${scene.bank.strangeLine}`)).text;
    expect(line).not.toContain('Match it by hand');
    expect((await auditor.get('/reconciliation/proof')).text).toMatch(/Daily proof[\s\S]*Ties/);
    expect((await auditor.get('/reconciliation/take-in')).status).toBe(403);
  });
});
