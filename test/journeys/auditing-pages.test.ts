import { bookChecks } from '../../src/house/index.ts';
import { Client } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { pageScene, type PageScene } from '../support/page-scene.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let scene: PageScene;
let auditor: PageVisitor;
beforeAll(async () => {
  house = await testHouse(PAGES);
  scene = await pageScene(house);
  auditor = await PageVisitor.signedIn(house, 'auditor');
});
afterAll(() => house.close());

describe('The audit trail', () => {
  it('says who looked at a family, its plan and its payments', async () => {
    const manager = await PageVisitor.signedIn(house, 'manager');
    const finance = await PageVisitor.signedIn(house, 'finance');
    await manager.get(`/families/${scene.family['P-WELFARE']}`);
    await finance.get(`/payments/${scene.paidLine}`);
    const { status, text } = await auditor.get('/audit?reference=P-WELFARE');
    expect(status).toBe(200);
    expect(text).toMatch(/manager<\/td>\s*<td[^>]*>Looked at the family/);
    expect(text).toMatch(/finance<\/td>\s*<td[^>]*>Looked at a payment/);
    expect(text).not.toContain('P-BABY');
  });

  it('is narrowed by person, action and day, and paged without losing the question', async () => {
    const { finance } = house.council.userIds;
    const looks = await auditor.get(`/audit?person=${finance}&action=payments.payment-seen`);
    expect(looks.text).toContain('Looked at a payment');
    expect(looks.text).not.toMatch(/<td[^>]*>Looked at the family/);
    const future = await auditor.get('/audit?from-day=1&from-month=1&from-year=2100');
    expect(future.text).toContain('Nothing on record is like that.');
    const wrong = await auditor.get('/audit?from-day=31&from-month=2&from-year=2026');
    expect([wrong.status, wrong.text.includes('Enter a day that exists')]).toEqual([422, true]);
    for (let look = 0; look < 60; look += 1) await auditor.get('/audit?reference=P-BABY');
    const first = await auditor.get('/audit?action=audit.searched');
    const next = /href="(\/audit\?[^"]*before=\d+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(next).toContain('action=audit.searched');
    expect((await auditor.get(next)).text).toContain('Searched the audit trail');
  });

  it('says plainly that no family has a reference', async () => {
    expect((await auditor.get('/audit?reference=NOBODY')).text).toContain(
      'No family of your council has the reference NOBODY',
    );
  });

  it('shows one event with its detail and its place in the chain', async () => {
    const { text } = await auditor.get('/audit/3');
    for (const words of ['Event 3 of', 'Yes: its content gives its hash', 'Pay date', '2026-11-26'])
      expect(text).toContain(words);
    expect((await auditor.get('/audit/1')).text).toContain('Follows the one before');
    expect((await auditor.get('/audit/999999')).status).toBe(404);
  });

  it('shows which event was changed after it was written', async () => {
    await house.superuser.query(`alter table audit.event disable trigger guard_append_only`);
    await house.superuser.query(
      `update audit.event set subject_id = subject_id || '1' where seq = 3 and authority_id = $1`,
      [house.council.id],
    );
    expect((await auditor.get('/audit/3')).text).toContain('No: it was changed after it was written');
    await house.superuser.query(
      `update audit.event set subject_id = left(subject_id, -1) where seq = 3 and authority_id = $1`,
      [house.council.id],
    );
    await house.superuser.query(`alter table audit.event enable trigger guard_append_only`);
    expect((await auditor.get('/audit/3')).text).toContain('Yes: its content gives its hash');
  });

  it('is closed to caseworkers, on pages and in the API, and open to the auditor in both', async () => {
    const caseworker = await PageVisitor.signedIn(house, 'caseworker');
    expect((await caseworker.get('/audit')).status).toBe(403);
    const api = new Client(house);
    await api.get('caseworker', '/audit').expect(403);
    const found = await api.get('auditor', '/audit?action=families.&limit=2');
    expect(found.body).toMatchObject({
      events: [{ action: expect.stringMatching(/^families\./) }, {}],
      next: expect.any(String),
    });
  });
});

describe('The books', () => {
  it('are checked when somebody asks, with progress to look at and each result kept', async () => {
    const asked = await auditor.send('/verify', {});
    expect(asked.location).toBe('/verify');
    expect((await auditor.get('/verify')).text).toContain(`0 of ${bookChecks.length} checks are done.`);
    await workOff(house.app, house.council.id);
    const { text } = await auditor.get('/verify');
    expect(text).not.toContain('Look again</a>');
    expect(text.match(/>\s*Right\s*</g)).toHaveLength(bookChecks.length);
    expect(text).toContain('14 payments checked');
  });

  it('name each fault, with what to do', async () => {
    await house.superuser.query(`alter table ledger.balance disable trigger user`);
    await house.superuser.query(
      `update ledger.balance set credits = credits + 1 where (account_id, authority_id) in
         (select account_id, authority_id from ledger.balance where authority_id = $1 order by debits desc limit 1)`,
      [house.council.id],
    );
    await new Client(house).post('administrator', '/verifications');
    await workOff(house.app, house.council.id);
    const { text } = await auditor.get('/verify');
    expect(text).toMatch(/1 fault\s*</);
    expect(text).toContain('What to do:');
  });
});
