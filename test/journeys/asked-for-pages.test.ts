import type { PlainDate } from '../../src/kernel/index.ts';
import { FamilyVisitor } from '../support/family-visitor.ts';
import { grantFund, knownFamily, shown, takeApplicationTo } from '../support/grants-scene.ts';
import { Client, problemIn } from '../support/http.ts';
import { PageVisitor, PAGES, sessionCookie } from '../support/pages.ts';
import { A_PDF } from '../support/partners-guard-scene.ts';
import { referral } from '../support/referral-scene.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let family: string;
let caseworker: PageVisitor;
beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  await grantFund(house.app, house.council, '5000.00');
  family = await knownFamily(house, 'A-1');
  caseworker = await PageVisitor.signedIn(house, 'caseworker');
});
afterAll(() => house.close());

/** Sends a file with a page's form, as a browser without scripts would. */
async function upload(as: Persona, page: string, to: string, name: string, bytes: Buffer) {
  const headers = { cookie: await sessionCookie(house, as), accept: 'text/html' };
  const form = await (await fetch(`${house.url}${page}`, { headers })).text();
  const body = new FormData();
  body.set('form-proof', /name="form-proof" value="([^"]+)"/.exec(form)?.[1] ?? '');
  body.set('form-key', crypto.randomUUID());
  body.set('file', new Blob([new Uint8Array(bytes)]), name);
  const answer = await fetch(`${house.url}${to}`, { method: 'POST', body, headers, redirect: 'manual' });
  return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') };
}

const audited = async (action: string): Promise<number> => {
  const { rows } = await house.superuser.query(`select 1 from audit.event where action = $1`, [action]);
  return rows.length;
};

describe('A family on its own page', () => {
  it('asks for what it needs, and is told by when it is answered', async () => {
    const visitor = await FamilyVisitor.arrived(house, family);
    expect((await visitor.get('/f')).text).toContain('href="/f/ask"');
    const unsaid = await visitor.send('/f/ask', { need: 'We have nothing to cook' });
    expect([unsaid.status, unsaid.text.includes('Choose at least one.')]).toEqual([422, true]);
    expect(unsaid.text).toContain('We have nothing to cook');
    const sent = await visitor.send('/f/ask', { codes: 'food', need: 'We have nothing to cook' });
    expect(sent.location).toBe('/f/asked');
    expect((await visitor.get('/f/asked')).text).toContain('We will answer by Monday 23 November.');
  });

  it('is told when it asks too often, and what it typed stays', async () => {
    const visitor = await FamilyVisitor.arrived(house, family);
    for (const need of ['2', '3']) await visitor.send('/f/ask', { codes: 'travel', need });
    const fourth = await visitor.send('/f/ask', { codes: 'travel', need: 'The fourth' });
    expect([fourth.status, fourth.text.includes('You have asked several times lately')]).toEqual([429, true]);
    expect(fourth.text).toContain('The fourth');
  });

  it('has its request taken up as an application, and sees that somebody looks at it', async () => {
    const list = (await caseworker.get('/asked-for')).text;
    const at = /\/asked-for\/requests\/\d+/.exec(list)?.[0] ?? '';
    expect((await caseworker.get(at)).text).toContain('We have nothing to cook');
    const { location } = await caseworker.send(at, { fundCode: 'early-action' });
    expect(location).toMatch(/^\/grants\/\d+$/);
    const { items } = await shown(client, location?.split('/').at(-1) ?? '');
    expect(items.map(({ code, amount }) => [code, amount])).toEqual([['food', '50.00']]);
    expect((await caseworker.get(location ?? '')).text).toContain('The family asked for this on');
    const visitor = await FamilyVisitor.arrived(house, family);
    expect((await visitor.get('/f/asked')).text).toContain('We are looking at this.');
  });
});

describe('Evidence', () => {
  let at = '';
  beforeAll(async () => {
    at = `/grants/${await takeApplicationTo(house, family, 'draft')}`;
  });

  it('that is a program of 10 MB called a PDF is refused plainly, and nothing else is lost', async () => {
    const before = await shown(client, at.split('/').at(-1) ?? '');
    const program = Buffer.concat([Buffer.from('MZ\u0090'), Buffer.alloc(10 * 1024 * 1024 - 4)]);
    const answer = await upload('caseworker', `${at}/evidence`, `${at}/evidence`, 'tenancy.pdf', program);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('By its content it is no PDF and no photo, whatever its name says.');
    const large = Buffer.concat([A_PDF, Buffer.alloc(10 * 1024 * 1024)]);
    const refused = await upload('caseworker', `${at}/evidence`, `${at}/evidence`, 'tenancy.pdf', large);
    expect([refused.status, refused.text.includes('The file is larger than 10 MB.')]).toEqual([422, true]);
    expect((await caseworker.get(`${at}/evidence`)).text).toContain('No file yet.');
    expect(await shown(client, at.split('/').at(-1) ?? '')).toEqual(before);
  });

  it('is kept sealed, listed, and only ever saved, each opening on record', async () => {
    const added = await upload('caseworker', `${at}/evidence`, `${at}/evidence`, '../=cmd|x.exe', A_PDF);
    expect(added.location).toBe(`${at}/evidence`);
    const page = (await caseworker.get(at)).text;
    const file = /\/evidence\/\d+/.exec(page)?.[0] ?? '';
    expect(page).toContain('=cmd|x.pdf');
    const { rows } = await house.superuser.query<{ sealed: Buffer }>(`select sealed from grants.evidence`);
    expect(rows[0]?.sealed.includes('%PDF')).toBe(false);
    const before = await audited('grants.evidence-opened');
    const headers = { cookie: await sessionCookie(house, 'caseworker') };
    const opened = await fetch(`${house.url}${file}`, { headers });
    expect(Buffer.from(await opened.arrayBuffer()).equals(A_PDF)).toBe(true);
    expect(opened.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
    expect(opened.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await audited('grants.evidence-opened')).toBe(before + 1);
  });

  it('of a referral is its agency’s and the council’s to open, and no other agency’s', async () => {
    const [ours, theirs] = [await referral(house), await referral(house, { agency: 'Southtown Aid' })];
    const added = await upload('partner', `/referrals/${ours}`, `/referrals/${ours}/evidence`, 'bill.pdf', A_PDF);
    expect(added.location).toBe(`/referrals/${ours}`);
    const elsewhere = await upload('partner', `/referrals/${ours}`, `/referrals/${theirs}/evidence`, 'b.pdf', A_PDF);
    expect(elsewhere.status).toBe(404);
    const partner = await PageVisitor.signedIn(house, 'partner');
    const file = /\/referrals\/\d+\/evidence\/\d+/.exec((await partner.get(`/referrals/${ours}`)).text)?.[0] ?? '';
    expect((await partner.get(file)).status).toBe(200);
    const number = /\d+/.exec(/\/evidence\/\d+/.exec((await caseworker.get(at)).text)?.[0] ?? '')?.[0];
    expect((await partner.get(`/referrals/${ours}/evidence/${number}`)).status).toBe(404);
    expect((await partner.get(`/evidence/${number}`)).status).toBe(403);
  });
});

describe('An application', () => {
  it('carries what a case conference recommended, and nobody records one to come', async () => {
    const at = `/grants/${await takeApplicationTo(house, family, 'draft')}`;
    const said = { agencies: 'School, health visitor', recommendation: 'Pay the arrears.' };
    const day = { 'heldOn-day': '12', 'heldOn-month': '11', 'heldOn-year': '2026' };
    const future = await caseworker.send(`${at}/conference`, { ...said, ...day, 'heldOn-year': '2027' });
    expect([future.status, future.text.includes('not one to come')]).toEqual([422, true]);
    expect((await caseworker.send(`${at}/conference`, { ...said, ...day })).location).toBe(at);
    expect((await caseworker.get(at)).text).toContain('Pay the arrears.');
  });

  it('that was awarded is followed up when it is due, once', async () => {
    const other = await knownFamily(house, 'A-2');
    const at = `/grants/${await takeApplicationTo(house, other, 'approved')}`;
    expect((await caseworker.get('/asked-for')).text).toContain('No award is due to be followed up.');
    house.setToday('2027-02-17' as PlainDate);
    const due = (await caseworker.get('/asked-for')).text;
    expect(due).toContain('How is the family after 3 months?');
    const task = new RegExp(`${at}/follow-ups/\\d+`).exec(due)?.[0] ?? '';
    expect((await caseworker.get(task)).text).toContain('A section 17 plan since');
    expect((await caseworker.send(task, { note: 'The landlord was paid; receipt seen.' })).location).toBe(at);
    expect((await caseworker.get(at)).text).toContain('receipt seen');
    expect((await caseworker.get(task)).text).toContain('Nothing waits to be followed up here.');
    house.setToday('2026-11-16' as PlainDate);
  });
});

describe('How a referral ended', () => {
  it('is heard by its agency only where the family agreed, and never why', async () => {
    const heard: unknown[] = [];
    for (const hearsOutcome of [true, false]) {
      const id = await referral(house, { hearsOutcome });
      const whose = { familyId: family };
      const taken = await client.post('caseworker', `/referrals/${id}/take-up`, { fundCode: 'early-action', whose });
      const { applicationId } = taken.body as { applicationId: string };
      const reason = { reason: 'They moved to another council' };
      await client.post('caseworker', `/grant-applications/${applicationId}/withdraw`, reason).expect(200);
      const { body } = await client.get('partner', `/own-referrals/${id}`).expect(200);
      expect(JSON.stringify(body)).not.toContain('another council');
      heard.push((({ progress, outcome }) => [progress, outcome])(body as { progress: string; outcome: string }));
    }
    expect(heard).toEqual([
      ['decided', 'not-helped'],
      ['decided', null],
    ]);
  });
});

describe('An agency whose account is closed', () => {
  it('keeps its referrals going, and its people get a clear answer', async () => {
    const id = await referral(house);
    const administrator = await PageVisitor.signedIn(house, 'administrator');
    const partner = await PageVisitor.signedIn(house, 'partner');
    const at = `/administration/agencies/${house.council.agencyId}`;
    expect((await administrator.get(at)).text).toContain('partner@northshire.example');
    expect((await administrator.send(`${at}/close`, { reason: 'It has ended.' })).location).toBe(at);
    expect((await partner.get('/referrals')).location).toMatch(/^\/sign-in/);
    expect((await client.get('partner', '/own-referrals')).status).toBe(401);
    const again = await administrator.send(at, { name: 'New', email: 'new@agency.example' });
    expect([again.status, again.text.includes('account with this council is closed')]).toEqual([403, true]);
    const body = { fundCode: 'early-action', whose: { newReference: 'NEW-1' } };
    const taken = await client.post('caseworker', `/referrals/${id}/take-up`, body).expect(200);
    expect(taken.body).toMatchObject({ applicationId: expect.any(String) as string });
    const twice = await client.post('caseworker', `/referrals/${id}/take-up`, body);
    expect(problemIn(twice)).toEqual([409, 'not_in_that_state']);
  });
});
