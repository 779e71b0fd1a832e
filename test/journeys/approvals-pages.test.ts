import { OverdueTick } from '../../src/approvals/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { ProposePlanChange } from '../../src/subsistence/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { askForGrant, decideGrant, limitTo } from '../support/grants-asked.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
const people = {} as Record<Persona, PageVisitor>;
beforeAll(async () => {
  house = await testHouse(PAGES);
  await takeIn(house.app, house.council, familyRows('ONE'));
  await limitTo(house, 'manager', '1000.00');
  for (const who of ['manager', 'manager2', 'finance', 'administrator', 'caseworker'] as const)
    people[who] = await PageVisitor.signedIn(house, who);
});
afterAll(() => house.close());

/** Writes a day as its three boxes. */
function day(name: string, date: string): Record<string, string> {
  const [year = '', month = '', dayOfMonth = ''] = date.split('-');
  return { [`${name}-day`]: dayOfMonth, [`${name}-month`]: month, [`${name}-year`]: year };
}

describe('How many people sign', () => {
  it('is proposed by an administrator and confirmed by finance, and stands in the list', async () => {
    const page = '/administration/signatures/new';
    const wrong = await people.administrator.send(page, {
      kind: 'grant-award',
      fromAmount: '5',
      signer1: '',
      signer2: '',
      signer3: '',
    });
    expect(wrong.text).toContain('Choose who signs first.');
    const rule = {
      kind: 'grant-award',
      fromAmount: '£400',
      signer1: 'manager',
      signer2: 'any',
      signer3: '',
      reason: 'Rule 4',
    };
    const sent = await people.administrator.send(page, { ...rule, ...day('effectiveFrom', '2026-11-16') });
    expect([sent.status, sent.location]).toEqual([303, '/administration/signatures']);
    const { text } = await people.finance.get('/administration/signatures');
    const at = /href="(\/administration\/signatures\/\d+)"/.exec(text)?.[1] ?? '';
    expect((await people.administrator.get(at)).text).toContain('You proposed this.');
    await people.finance.send(at, { outcome: 'approved', reason: '' });
    const agreed = await people.finance.get('/administration/signatures');
    expect(agreed.text).toMatch(/£400\.00[\s\S]*2: manager, anybody with a limit[\s\S]*In force/);
  });
});

describe('A request for approval', () => {
  it('asks a decider for their interests, then shows the signatures it has and who can give the next', async () => {
    const grant = await askForGrant(house);
    const page = `/approvals/${grant.requestId}`;
    const silent = await people.manager.send(page, { declared: 'conflict', about: ' ' }, `${page}/conflict`);
    expect(silent.text).toContain('Say what it is.');
    const said = await people.manager.send(page, { declared: 'none', about: '', next: page }, `${page}/conflict`);
    expect([said.status, said.location]).toEqual([303, page]);
    expect(await decideGrant(house, 'manager', grant)).toBe('signed');
    const { text } = await people.caseworker.get(page);
    expect(text).toMatch(/1 of 2: manager[\s\S]*2 of 2: anybody with a limit[\s\S]*Nobody yet/);
    expect(text).toMatch(/Who can sign today<\/h2>\s*<ul[^>]*><li>manager2<\/li><\/ul>/);
    expect(text).not.toContain('Do you have a conflict of interest?');
  });
});

describe('My limits and stand-ins', () => {
  it('names somebody to sign in one’s place, shows them the limits they borrow, and ends it', async () => {
    const page = '/my-limits/stand-ins/new';
    expect((await people.manager.send(page, { standInId: '', reason: '' })).text).toContain(
      'href="#standInId">Answer this.',
    );
    const dates = { ...day('firstDay', '2026-11-16'), ...day('lastDay', '2026-11-20') };
    const standInId = house.council.userIds.finance;
    const past = { standInId, reason: 'Leave', ...dates, ...day('firstDay', '2026-11-01') };
    expect((await people.manager.send(page, past)).text).toContain('Begin today or later.');
    const named = await people.manager.send(page, { standInId, reason: 'Leave', ...dates });
    expect(named.location).toBe('/my-limits');
    expect((await people.finance.get('/my-limits')).text).toMatch(/Standing in for manager[\s\S]*£1,000\.00/);
    const { text } = await people.manager.get('/my-limits');
    const end = /action="(\/my-limits\/stand-ins\/\d+\/end)"/.exec(text)?.[1] ?? '';
    await people.manager.send('/my-limits', {}, end);
    expect((await people.finance.get('/my-limits')).text).not.toContain('Standing in for manager');
  });
});

describe('Closed approvals', () => {
  it('are closed by an administrator, said to deciders where they decide, and opened again with a reason', async () => {
    const page = '/administration/closed-approvals/new';
    expect((await people.administrator.send(page, { reason: 'Year end' })).text).toContain('Choose at least one.');
    const days = { ...day('firstDay', '2026-11-16'), ...day('lastDay', '2026-11-18') };
    await people.administrator.send(page, { kinds: 'support-plan', reason: 'Year end', ...days });
    expect((await people.manager.get('/waiting')).text).toContain(
      'Closed for approvals up to and including 18 November 2026: A support plan’s week. Year end',
    );
    const list = await people.administrator.get('/administration/closed-approvals');
    const lift = /href="(\/administration\/closed-approvals\/\d+\/lift)"/.exec(list.text)?.[1] ?? '';
    expect((await people.administrator.send(lift, { reason: '' })).text).toContain('href="#reason">Answer this.');
    await people.administrator.send(lift, { reason: 'Done early' });
    expect((await people.manager.get('/waiting')).text).not.toContain('Closed for approvals');
  });
});

describe('What waits too long', () => {
  it('comes first, with its target and to whom it was escalated, and is counted on the first page', async () => {
    const { app, council, superuser } = house;
    const plan = await superuser.query<{ id: string; version: number }>(
      `select id, version from subsistence.plan where authority_id = $1`,
      [council.id],
    );
    const terms = { from: '2027-02-04' as PlainDate, to: null, weekly: '5.00', memberId: null, reason: 'Phone' };
    const topUp = { ...terms, kind: 'top-up' } as const;
    const { id = '', version = 0 } = plan.rows[0] ?? {};
    await app.get(ProposePlanChange).run(council.actors.caseworker, id, version, topUp);
    house.setToday('2027-01-11' as PlainDate);
    await app.get(OverdueTick).tick(council.id);
    expect((await people.manager.get('/waiting')).text).toMatch(
      /ONE[\s\S]*due \d+ \w+ \d{4}[\s\S]*Escalated to an administrator/,
    );
    expect((await people.administrator.get('/')).text).toContain('waited so long that');
  });
});
