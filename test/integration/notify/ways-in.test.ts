import { clockOf } from '../../../src/kernel/index.ts';
import { draftNotices, NoticeSender, serveNotices } from '../../../src/notices/index.ts';
import { UnitOfWork } from '../../../src/platform/index.ts';
import { familyRows, takeIn } from '../../support/caseload.ts';
import { FamilyVisitor } from '../../support/family-visitor.ts';
import { facts } from '../../support/notices-scene.ts';
import { PAGES } from '../../support/pages.ts';
import type { StandInNotify } from '../../support/stand-in-notify.ts';
import { withNotify } from '../../support/telling.ts';
import { testHouse, type TestHouse } from '../../support/test-house.ts';

let house: TestHouse;
let notify: StandInNotify;

beforeAll(async () => {
  house = await testHouse({ ...PAGES, settings: { ...PAGES.settings, NOTIFY_LOOK_AGAIN_SECONDS: '1' } });
  notify = await withNotify(house);
  const { app, council } = house;
  await takeIn(app, council, [
    ...familyRows('PHONE', { contact: 'yes', mobile: '07700900301' }),
    ...familyRows('MAIL', { contact: 'yes', email: 'family@example.org' }),
  ]);
  const { rows } = await house.superuser.query<{ id: string }>('select id from families.family order by id');
  // The first message is not taken in: it is sent once more.
  await notify.ask({ failNext: 1 });
  await app.get(UnitOfWork).run({ name: 'test.serve', actor: clockOf(council.id) }, async (tx) => {
    const drafts = rows.map(({ id }) => ({ familyId: id, facts, affectsOn: null, noticeDays: 0 }));
    await serveNotices(tx, await draftNotices(tx, drafts));
  });
});
afterAll(async () => {
  await notify.stop();
  await house.close();
});

/** Looks through every row of every table for some words. @returns the tables that hold them */
async function tablesHolding(words: string): Promise<string[]> {
  const { rows } = await house.superuser.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const holds = await house.superuser.query(`select 1 from ${name} t where t::text like $1 limit 1`, [`%${words}%`]);
    if (holds.rows.length > 0) found.push(name);
  }
  return found;
}

async function codesSent(): Promise<string[]> {
  const { accepted } = await notify.account();
  return accepted.map(({ body }) => /\/f\/(\w{12})/.exec(body)?.[1] ?? 'no link');
}

describe('The way into a family’s page', () => {
  it('leaves in the message, and opens the page', async () => {
    for (let tries = 0; tries < 100 && (await codesSent()).length < 2; tries += 1) {
      // What is sent again waits half a minute: that is cut short.
      await house.superuser.query(`update notices.attempt set due_at = now() where state = 'queued'`);
      await house.app.get(NoticeSender).drain(house.council.id);
      await new Promise((done) => setTimeout(done, 100));
    }
    const codes = await codesSent();
    expect([codes.length, new Set(codes).size]).toEqual([2, 2]);
    for (const code of codes) expect((await new FamilyVisitor(house).get(`/f/${code}`)).location).toBe('/f/start');
  });

  it('stands nowhere in the database: whoever has only that opens no page', async () => {
    for (const code of await codesSent()) expect(await tablesHolding(code)).toEqual([]);
    // The search finds what is there.
    expect(await tablesHolding('/f/XXXXXXXXXXXX')).toContain('notices.attempt');
  });

  it('is one for each message however often it was tried, and stays closed once somebody closed it', async () => {
    const { rows } = await house.superuser.query<{ n: number; links: number }>(
      `select (select max(tries) from notices.attempt) as n, (select count(*)::int from notices.family_link) as links`,
    );
    expect(rows).toEqual([{ n: 2, links: 2 }]);
    await house.superuser.query(`update notices.family_link set revoked_at = now()`);
    const [code] = await codesSent();
    expect((await new FamilyVisitor(house).get(`/f/${code}`)).status).toBe(404);
  });
});
