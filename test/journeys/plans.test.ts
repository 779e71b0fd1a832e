import { familyRows } from '../support/caseload.ts';
import { familyFileOf } from '../support/family-file-writer.ts';
import { Client, problemIn } from '../support/http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let planIds: string[];
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await client.importFile('caseworker', familyFileOf(['A', 'B', 'C'].flatMap((name) => familyRows(name)))).expect(200);
  const { body } = await client.get('manager', '/plans/waiting').expect(200);
  planIds = (body as { plans: { planId: string }[] }).plans.map((plan) => plan.planId);
});
afterAll(() => house.close());

const familyOf = async (planId: string | undefined): Promise<string> =>
  (await house.superuser.query<{ id: string }>(`select family_id as id from subsistence.plan where id = $1`, [planId]))
    .rows[0]?.id as string;

describe('A plan that waits for a second person', () => {
  it('is not approved when its family changed after it was proposed, and stops no other plan', async () => {
    const baby = { relationship: 'child', name: 'Baby', born: '2026-10-01' };
    await client.post('caseworker', `/families/${await familyOf(planIds[0])}/members`, baby).expect(201);
    expect(problemIn(await client.post('manager', `/plans/${planIds[0]}/approve`))).toEqual([
      409,
      'changed_since_seen',
    ]);
    const { body } = await client
      .post('manager', `/plans/${planIds[1]}/decline`, { reason: 'Another council pays' })
      .expect(200);
    expect(body).toEqual({ state: 'declined' });
    const all = await client.post('manager', '/plans/approve-all').expect(200);
    expect(all.body).toEqual({ approved: 1, aboveLimit: 0, ownProposals: 0, changed: 1, signed: 0 });
  });

  it('is proposed again as it stands now, and then approved', async () => {
    expect(problemIn(await client.post('finance', `/plans/${planIds[0]}/propose`))).toEqual([403, 'not_permitted']);
    const { body } = await client.post('caseworker', `/plans/${planIds[0]}/propose`).expect(200);
    expect(body).toMatchObject({ weekly: '107.86' });
    const approved = await client.post('manager', `/plans/${planIds[0]}/approve`).expect(200);
    expect(approved.body).toMatchObject({ approved: 1, changed: 0 });
  });

  it('is declined only with a reason, and only while it waits', async () => {
    expect(problemIn(await client.post('manager', `/plans/${planIds[2]}/decline`, { reason: ' ' }))).toEqual([
      422,
      'input_refused',
    ]);
    const late = await client.post('manager', `/plans/${planIds[2]}/decline`, { reason: 'Too late' });
    expect(problemIn(late)).toEqual([409, 'already_decided']);
  });
});

describe('A plan over the API', () => {
  it('is proposed for a family whose plan has ended, sent back, withdrawn, and shown line by line', async () => {
    const [planId] = planIds;
    const { body: before } = await client.get('caseworker', `/plans/${planId}`).expect(200);
    const { version, fundId } = before as { version: number; fundId: string };
    const end = { planVersion: version, change: { kind: 'end', from: '2026-12-10', reason: 'They moved away' } };
    const told = await client.post('caseworker', `/plans/${planId}/changes`, end);
    expect(problemIn(told)).toEqual([422, 'plan_change_refused']);
    const urgent = { reason: 'They left the area', apology: 'We are sorry that we tell you so late.' };
    Object.assign(end.change, { urgent });
    expect(problemIn(await client.post('manager', `/plans/${planId}/changes`, end))).toEqual([403, 'not_permitted']);
    const stale = await client.post('caseworker', `/plans/${planId}/changes`, { ...end, planVersion: version - 1 });
    expect(problemIn(stale)).toEqual([409, 'plan_moved_on']);
    const { body } = await client.post('caseworker', `/plans/${planId}/changes`, end).expect(201);
    const change = `/plan-changes/${(body as { changeId: string }).changeId}`;
    const waiting = await client.get('manager', '/plan-changes/waiting').expect(200);
    expect(waiting.body).toMatchObject({ changes: [{ family: 'A', kind: 'end', weekly: '0.00' }] });
    await client.post('manager', `${change}/ask-for-changes`, { reason: 'Which day exactly?' }).expect(200);
    expect(problemIn(await client.post('manager', `${change}/approve`))).toEqual([409, 'already_decided']);
    await client.post('caseworker', `${change}/propose`).expect(200);
    expect((await client.post('manager', `${change}/approve`).expect(200)).body).toEqual({ state: 'approved' });
    const next = { fundId, payDay: 2, supportFrom: '2026-12-01' };
    const family = `/families/${await familyOf(planId)}/plans`;
    expect(problemIn(await client.post('caseworker', family, next))).toEqual([409, 'plans_overlap']);
    const again = await client.post('caseworker', family, { ...next, supportFrom: '2026-12-10' }).expect(201);
    expect(again.body).toMatchObject({ weekly: '107.86' });
    const proposed = `/plans/${(again.body as { planId: string }).planId}`;
    const back = await client.post('manager', `${proposed}/ask-for-changes`, { reason: 'Monday, please' }).expect(200);
    expect(back.body).toEqual({ state: 'changes_asked' });
    const gone = await client.post('caseworker', `${proposed}/withdraw`, { reason: 'Another fund pays' }).expect(200);
    expect(gone.body).toEqual({ state: 'withdrawn' });
  });
});

describe('A key used by one person', () => {
  it('is refused to another who asks the same', async () => {
    const budget = { fundCode: 'section-17', amount: '10.00', financialYear: '2026-27', reason: 'More' };
    await client.post('finance', '/budgets', budget, { key: 'one-key' }).expect(201);
    const other = await client.post('administrator', '/budgets', budget, { key: 'one-key' });
    expect(problemIn(other)).toEqual([422, 'idempotency_key_reused']);
  });
});
