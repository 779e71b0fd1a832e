import { ApprovePlans, DecidePlanChange, ImportFamilies, ProposePlanChange } from '../../src/subsistence/index.ts';
import { DomainError, type PlainDate } from '../../src/kernel/index.ts';
import { Clock } from '../../src/platform/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { familyFileOf } from '../support/family-file-writer.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse(PAGES);
  await takeIn(house.app, house.council, familyRows('IN-FORCE'));
  const rows = [
    ...familyRows('WITHIN'),
    ...familyRows('ABOVE', { weekly_top_up: '1200.00', top_up_reason: 'Specialist equipment hire' }),
    ...Array.from({ length: 105 }, (_, index) => familyRows(`MANY-${index}`)).flat(),
  ];
  await house.app
    .get(ImportFamilies)
    .run(house.council.actors.caseworker, familyFileOf(rows), house.app.get(Clock).today());
});
afterAll(() => house.close());

/** Gives what stands under a heading of a page, up to the next. */
function under(text: string, heading: string): string {
  return text.split(`>${heading}</h2>`)[1]?.split('<h2')[0] ?? '';
}

describe('What waits', () => {
  it('is sorted for a manager into what they can decide and what is above their limit, with who can', async () => {
    const manager = await PageVisitor.signedIn(house, 'manager');
    const { text } = await manager.get('/waiting');
    expect(under(text, 'You can decide')).toContain('WITHIN');
    expect(under(text, 'You can decide')).not.toContain('ABOVE');
    expect(under(text, 'Above your limit: these people can decide')).toContain('Nobody yet: ask an administrator');
    const above = /href="(\/plans\/\d+)">ABOVE/.exec(text)?.[1] ?? '';
    const page = await manager.get(above);
    expect([page.text.includes('Nobody has a limit'), page.text.includes('What do you decide?')]).toEqual([
      true,
      false,
    ]);
  });

  it('is shown to whoever proposed it as somebody else’s to decide, and to an auditor to look at', async () => {
    const caseworker = await PageVisitor.signedIn(house, 'caseworker');
    const mine = await caseworker.get('/waiting');
    expect(under(mine.text, 'Proposed by you: somebody else decides')).toMatch(/WITHIN[\s\S]*manager, manager2/);
    const auditor = await PageVisitor.signedIn(house, 'auditor');
    expect(under((await auditor.get('/waiting')).text, 'Waiting for others')).toContain('WITHIN');
    const finance = await PageVisitor.signedIn(house, 'finance');
    expect((await finance.get('/waiting')).text).toContain('Nothing waits for you');
  });

  it('goes on after a hundred', async () => {
    const manager = await PageVisitor.signedIn(house, 'manager');
    const first = await manager.get('/waiting');
    const next = /href="(\/waiting\?after=\d+)"/.exec(first.text)?.[1] ?? '';
    const second = await manager.get(next);
    expect([first.text.includes('>MANY-104<'), second.text.includes('>MANY-104<')]).toEqual([false, true]);
    expect(second.text).not.toContain('WITHIN');
  });
});

describe('Two managers at one change', () => {
  it('approve it once: the second is told, and it is applied once', async () => {
    const { app, council, superuser } = house;
    const { rows } = await superuser.query<{ id: string; version: number }>(
      `select p.id, p.version from subsistence.plan p join families.family f on f.id = p.family_id where f.reference = 'IN-FORCE'`,
    );
    const topUp = {
      kind: 'top-up',
      from: '2026-12-03' as PlainDate,
      to: null,
      weekly: '5.00',
      memberId: null,
      reason: 'Phone',
    } as const;
    const { id = '', version = 0 } = rows[0] ?? {};
    const { changeId } = await app.get(ProposePlanChange).run(council.actors.caseworker, id, version, topUp);
    const approvals = [council.actors.manager, council.actors.manager2].map((actor) =>
      app.get(DecidePlanChange).approve(actor, changeId, ''),
    );
    const refused = (await Promise.allSettled(approvals)).filter((each) => each.status === 'rejected');
    expect(refused.map(({ reason }) => (reason as DomainError).code)).toEqual(['already_decided']);
    const added = await superuser.query(`select 1 from subsistence.top_up where plan_id = $1`, [id]);
    expect(added.rowCount).toBe(1);
  });

  it('approve many plans, each once', async () => {
    const { app, council, superuser } = house;
    const { rows } = await superuser.query<{ id: string }>(
      `select p.id from subsistence.plan p join families.family f on f.id = p.family_id where f.reference like 'MANY-%' order by p.id`,
    );
    const ids = rows.map((row) => row.id);
    const approve = (actor: 'manager' | 'manager2') => app.get(ApprovePlans).chosen(council.actors[actor], ids, '');
    const done = await Promise.allSettled([approve('manager'), approve('manager2')]);
    expect(done.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    const states = await superuser.query(`select 1 from subsistence.plan where id = any ($1) and state = 'approved'`, [
      ids,
    ]);
    expect(states.rowCount).toBe(ids.length);
  });
});

describe('A household somebody thinks of', () => {
  it('has a pregnancy until the day the baby is due, and a baby from then on', async () => {
    const caseworker = await PageVisitor.signedIn(house, 'caseworker');
    const at = '/what-would-a-family-get';
    await caseworker.send(at, { do: 'set', 'from-day': '3', 'from-month': '12', 'from-year': '2026' });
    await caseworker.send(at, { do: 'add-person', who: 'adult' });
    const due = { 'day-day': '14', 'day-month': '3', 'day-year': '2027' };
    await caseworker.send(at, { do: 'add-person', who: 'expected', ...due });
    const { text } = await caseworker.get(at);
    for (const said of ['£54.43', 'Ends: Pregnancy, baby 2', 'Begins: Baby under 1, baby 2', '£107.86'])
      expect(text).toContain(said);
  });
});
