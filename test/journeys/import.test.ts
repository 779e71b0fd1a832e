import { child, familyRows } from '../support/caseload.ts';
import { familyFileOf } from '../support/family-file-writer.ts';
import { Client, problemIn } from '../support/http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
});
afterAll(() => house.close());

const rows = [
  ...familyRows('FAM-1', {}, child('2021-01-01')),
  ...familyRows('FAM-2', { sort_code: '', account_number: '', account_name: '' }),
];
const file = familyFileOf(rows);
const counts = async (): Promise<unknown> =>
  (
    await house.superuser.query(`select (select count(*)::int from families.family) as families,
      (select count(*)::int from families.member) as members, (select count(*)::int from subsistence.plan) as plans,
      (select count(*)::int from approvals.request) as requests, (select count(*)::int from families.instrument) as accounts,
      (select count(*)::int from audit.event where action like 'subsistence.families%') as audits`)
  ).rows[0];
const NOTHING = { families: 0, members: 0, plans: 0, requests: 0, accounts: 0, audits: 0 };

describe('A family file over HTTP', () => {
  it('may be tried first: it says what would come of it and changes nothing', async () => {
    const { body } = await client.importFile('caseworker', file, '?dryRun=true').expect(200);
    expect(body).toEqual({ families: 2, members: 3, withoutBankDetails: 1, weeklyTotal: '147.54', dryRun: true });
    expect(await counts()).toEqual(NOTHING);
  });

  it('is refused whole, with line, column and cure of every fault', async () => {
    const bad = familyFileOf([...rows, ...familyRows('FAM-3', { pay_day: 'sunday', date_of_birth: '1990-02-30' })]);
    const answer = await client.importFile('caseworker', bad);
    expect(problemIn(answer)).toEqual([422, 'family_file_refused']);
    const { items } = answer.body as { items: { line: number; column: string; reason: string; whatToDo: string }[] };
    expect(
      items.map(({ line, column }) => [line, column]).toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
    ).toEqual([
      [5, 'date_of_birth'],
      [5, 'pay_day'],
    ]);
    for (const item of items) expect([item.reason, item.whatToDo].every((text) => text.length > 0)).toBe(true);
    expect(await counts()).toEqual(NOTHING);
  });

  it('is refused when a family does not fit the council', async () => {
    const answer = await client.importFile('caseworker', familyFileOf(familyRows('FAM-4', { fund: 'nowhere' })));
    expect(problemIn(answer)).toEqual([422, 'family_file_refused']);
    expect((answer.body as { items: unknown[] }).items).toMatchObject([{ line: 2, column: 'fund' }]);
  });

  it('is refused to those who do not look after families', async () => {
    for (const persona of ['finance', 'releaser', 'auditor', 'manager'] as const)
      expect(problemIn(await client.importFile(persona, file))).toEqual([403, 'not_permitted']);
  });

  it('is taken in by a caseworker', async () => {
    const { body } = await client.importFile('caseworker', file).expect(200);
    expect(body).toMatchObject({ families: 2, dryRun: false });
    expect(await counts()).toEqual({ families: 2, members: 3, plans: 2, requests: 2, accounts: 1, audits: 1 });
  });

  it('is refused a second time', async () => {
    const again = await client.importFile('caseworker', file);
    expect(again.status).toBeGreaterThanOrEqual(400);
    expect(problemIn(again)).toEqual([422, 'family_file_refused']);
    expect((again.body as { items: unknown[] }).items).toMatchObject([
      { line: 2, column: 'family_reference' },
      { line: 4, column: 'family_reference' },
    ]);
    expect(await counts()).toMatchObject({ families: 2, audits: 1 });
  });

  it('two at once: one is taken', async () => {
    const other = familyFileOf(familyRows('FAM-9'));
    const answers = await Promise.all([
      client.importFile('caseworker', other),
      client.importFile('administrator', other),
    ]);
    expect(answers.map((answer) => answer.status).filter((status) => status === 200)).toHaveLength(1);
    expect(Math.max(...answers.map((answer) => answer.status))).toBeLessThan(500);
  });

  it.each([
    ['nothing', ''],
    ['no families', 'family_reference,member_name\n'],
    ['no CSV at all', '{"a": 1}'],
  ])('is refused when there is %s in it', async (_, text) => {
    expect(problemIn(await client.importFile('caseworker', Buffer.from(text)))).toEqual([422, 'family_file_refused']);
  });
});

describe('The plans of the file', () => {
  it('wait for a second person, and are not approved by who proposed them', async () => {
    const { body } = await client.get('manager', '/plans/waiting').expect(200);
    const { plans } = body as { plans: { planId: string; family: string; weekly: string }[] };
    expect(plans.map((plan) => [plan.family, plan.weekly])).toEqual([
      ['FAM-1', '98.36'],
      ['FAM-2', '49.18'],
      ['FAM-9', '49.18'],
    ]);
    expect(problemIn(await client.post('caseworker', `/plans/${plans[0]!.planId}/approve`))).toEqual([
      403,
      'not_permitted',
    ]);
    await client.post('manager', `/plans/${plans[0]!.planId}/approve`).expect(200);
    expect(problemIn(await client.post('manager2', `/plans/${plans[0]!.planId}/approve`))).toEqual([
      409,
      'already_decided',
    ]);
    const all = await client.post('manager2', '/plans/approve-all').expect(200);
    expect(all.body).toEqual({ approved: 2, aboveLimit: 0, ownProposals: 0, changed: 0, signed: 0 });
  });

  it('are left to somebody else when they are above the limit', async () => {
    const rich = familyRows('RICH', { weekly_top_up: '2000.00', top_up_reason: 'Care at night' });
    await client.importFile('caseworker', familyFileOf(rich)).expect(200);
    const all = await client.post('manager', '/plans/approve-all').expect(200);
    expect(all.body).toEqual({ approved: 0, aboveLimit: 1, ownProposals: 0, changed: 0, signed: 0 });
    const { body } = await client.get('manager', '/plans/waiting').expect(200);
    const { planId } = (body as { plans: { planId: string }[] }).plans[0]!;
    expect(problemIn(await client.post('manager', `/plans/${planId}/approve`))).toEqual([403, 'above_delegated_limit']);
  });

  it('are refused when the family changed after it was proposed', async () => {
    await client.importFile('caseworker', familyFileOf(familyRows('CHANGED'))).expect(200);
    const { body } = await client.get('manager', '/plans/waiting').expect(200);
    const plan = (body as { plans: { planId: string; family: string }[] }).plans.find(
      (each) => each.family === 'CHANGED',
    )!;
    const families = await client.get('caseworker', '/families?limit=1000').expect(200);
    const found = (families.body as { families: { id: string; reference: string }[] }).families;
    const { id } = found.find((each) => each.reference === 'CHANGED')!;
    await client.post('caseworker', `/families/${id}/members`, { relationship: 'other', name: 'Somebody' }).expect(201);
    expect(problemIn(await client.post('manager', `/plans/${plan.planId}/approve`))).toEqual([
      409,
      'changed_since_seen',
    ]);
  });
});
