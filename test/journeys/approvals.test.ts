import { OverdueTick } from '../../src/approvals/index.ts';
import { DomainError, Money, type PlainDate } from '../../src/kernel/index.ts';
import { familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { agreeSigners, askForGrant, decideGrant, limitTo } from '../support/grants-asked.ts';
import { Client, problemIn } from '../support/http.ts';
import { openRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse, TODAY } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let families: string[];
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await takeIn(house.app, house.council, [...familyRows('ONE'), ...familyRows('TWO')]);
  await limitTo(house, 'manager', '1000.00', { family: { amount: Money.gbp('1000.00'), months: 12 } });
  await limitTo(house, 'finance', '5000.00');
  const { rows } = await house.superuser.query<{ id: string }>(
    `select id from families.family where authority_id = $1 order by id`,
    [house.council.id],
  );
  families = rows.map(({ id }) => id);
});
afterAll(() => house.close());
beforeEach(() => house.setToday(TODAY));

/** Waits for a refusal, and gives its code and its sentence. */
async function refused(work: Promise<unknown>): Promise<{ code: string; detail: string }> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw new Error(`this was not refused: ${String(error)}`);
  return { code: error.code, detail: error.message };
}

const free = (as: 'manager' | 'manager2' | 'finance' | 'finance2', requestId: string) =>
  client.post(as, `/approvals/${requestId}/conflict`, { declared: 'none' }).expect(200);

describe('A run that two people sign', () => {
  it('waits after the first signature, and is approved with the second', async () => {
    const policy = { kind: 'section-17-run', fromAmount: '1.00', signers: ['manager', 'manager'] };
    const proposed = { ...policy, effectiveFrom: TODAY, reason: 'Standing order 12' };
    const { body } = await client.post('administrator', '/approval-policies', proposed).expect(201);
    const { policyId } = body as { policyId: string };
    const own = await client.post('administrator', `/approval-policies/${policyId}/decision`, { outcome: 'approved' });
    expect(problemIn(own)).toEqual([403, 'proposed_by_yourself']);
    await client.post('finance', `/approval-policies/${policyId}/decision`, { outcome: 'approved' }).expect(200);
    const runId = await openRun(house, client, FIRST_PAY_DATE);
    const sent = await client.post('finance', `/runs/${runId}/submit`).expect(200);
    const decision = { outcome: 'approved', fingerprint: (sent.body as { fingerprint: string }).fingerprint };
    const first = await client.post('manager', `/runs/${runId}/decision`, decision).expect(200);
    expect(first.body).toEqual({ state: 'in_approval' });
    expect(problemIn(await client.post('manager', `/runs/${runId}/decision`, decision))).toEqual([
      409,
      'already_signed',
    ]);
    const { requestId } = sent.body as { requestId: string };
    const shown = await client.get('auditor', `/approvals/${requestId}`).expect(200);
    expect(shown.body).toMatchObject({
      ...{ state: 'open', whoCan: [{ name: 'manager2' }] },
      steps: [
        { role: 'manager', signedBy: house.council.userIds.manager },
        { role: 'manager', signedBy: null },
      ],
    });
    const second = await client.post('manager2', `/runs/${runId}/decision`, decision).expect(200);
    expect(second.body).toEqual({ state: 'approved' });
  });
});

describe('A conflict of interest', () => {
  it('is asked before a grant is decided, and keeps whoever declares one out', async () => {
    const grant = await askForGrant(house);
    expect(await refused(decideGrant(house, 'manager', grant))).toMatchObject({ code: 'conflict_not_declared' });
    const silent = await client.post('manager', `/approvals/${grant.requestId}/conflict`, { declared: 'conflict' });
    expect(problemIn(silent)).toEqual([422, 'input_refused']);
    const conflict = { declared: 'conflict', about: 'The landlord is my brother' };
    await client.post('manager', `/approvals/${grant.requestId}/conflict`, conflict).expect(200);
    expect((await refused(decideGrant(house, 'manager', grant))).code).toBe('conflict_declared');
    await free('manager', grant.requestId);
    expect((await refused(decideGrant(house, 'manager', grant))).code).toBe('conflict_declared');
    await free('manager2', grant.requestId);
    expect(await decideGrant(house, 'manager2', grant)).toBe('settled');
    expect(problemIn(await client.post('manager2', '/approvals/1/conflict', { declared: 'none' }))).toEqual([
      404,
      'no_such_request',
    ]);
  });
});

describe('What one family may be given', () => {
  it('stops the manager whose limit it would pass, says who can, and frees itself with time', async () => {
    const [familyId = ''] = families;
    const grants = [];
    for (const amount of ['600.00', '400.00', '0.01']) grants.push(await askForGrant(house, { familyId, amount }));
    for (const { requestId } of grants) for (const as of ['manager', 'finance'] as const) await free(as, requestId);
    const [first, second, third] = grants as [(typeof grants)[0], (typeof grants)[0], (typeof grants)[0]];
    expect(await decideGrant(house, 'manager', first)).toBe('settled');
    expect(await decideGrant(house, 'manager', second)).toBe('settled');
    const { code, detail } = await refused(decideGrant(house, 'manager', third));
    expect([code, detail.includes('Who can: finance; finance2.')]).toEqual(['above_family_limit', true]);
    house.setToday('2027-11-16' as PlainDate);
    expect(await decideGrant(house, 'manager', third)).toBe('settled');
  });

  it('is not passed by two managers at once', async () => {
    const familyId = families[1] ?? '';
    const grants = await Promise.all(['600.00', '600.00'].map((amount) => askForGrant(house, { familyId, amount })));
    const deciders = ['manager', 'manager2'] as const;
    for (const [index, { requestId }] of grants.entries()) await free(deciders[index] ?? 'manager', requestId);
    const answers = await Promise.allSettled(
      grants.map((grant, index) => decideGrant(house, deciders[index] ?? 'manager', grant)),
    );
    const reasons = answers.flatMap((each) => (each.status === 'rejected' ? [(each.reason as DomainError).code] : []));
    expect(reasons).toEqual(['above_family_limit']);
  });
});

describe('A stand-in', () => {
  const days = (firstDay: string, lastDay: string) => ({ firstDay, lastDay, reason: 'Annual leave' });

  it('signs within the limits of whom they stand in for, on those days only', async () => {
    const standInId = house.council.userIds.manager2;
    const named = await client
      .post('finance', '/stand-ins', { standInId, ...days('2026-11-17', '2026-11-20') })
      .expect(201);
    const large = await askForGrant(house, { amount: '3000.00' });
    await free('manager2', large.requestId);
    const early = await refused(decideGrant(house, 'manager2', large));
    expect(early.code).toBe('stand_in_not_in_force');
    expect(early.detail).toContain('from 2026-11-17 on');
    house.setToday('2026-11-21' as PlainDate);
    const late = await refused(decideGrant(house, 'manager2', large));
    expect([late.code, late.detail]).toEqual(['stand_in_not_in_force', 'You stood in for finance up to 2026-11-20.']);
    house.setToday('2026-11-20' as PlainDate);
    expect(await decideGrant(house, 'manager2', large)).toBe('settled');
    const { rows } = await house.superuser.query(
      `select decided_by, stands_in_for, decided_role from approvals.decision where request_id = $1`,
      [large.requestId],
    );
    expect(rows).toEqual([
      { decided_by: standInId, stands_in_for: house.council.userIds.finance, decided_role: 'finance' },
    ]);
    const { standInId: id } = named.body as { standInId: string };
    expect(problemIn(await client.post('manager', `/stand-ins/${id}/end`))).toEqual([409, 'stand_in_ended']);
    await client.post('finance', `/stand-ins/${id}/end`).expect(200);
    const next = await askForGrant(house, { amount: '3000.00' });
    await free('manager2', next.requestId);
    expect((await refused(decideGrant(house, 'manager2', next))).code).toBe('stand_in_not_in_force');
  });

  it('decides nothing of whom they stand in for, and names nobody in turn', async () => {
    house.setToday('2026-12-01' as PlainDate);
    const { manager, manager2, caseworker } = house.council.userIds;
    const week = days('2026-12-01', '2026-12-07');
    await client.post('manager', '/stand-ins', { standInId: manager2, ...week }).expect(201);
    const own = await askForGrant(house, { by: 'manager' });
    await free('manager2', own.requestId);
    // In their own name they may: the limit is theirs.
    expect(await decideGrant(house, 'manager2', own)).toBe('settled');
    const chain = await client.post('manager2', '/stand-ins', { standInId: manager, ...week });
    expect(problemIn(chain)).toEqual([422, 'stand_in_refused']);
    const idle = await client.post('finance', '/stand-ins', { standInId: caseworker, ...week });
    expect(problemIn(idle)).toEqual([422, 'stand_in_refused']);
    const twice = await client.post('manager', '/stand-ins', { standInId: house.council.userIds.finance2, ...week });
    expect(problemIn(twice)).toEqual([422, 'stand_in_refused']);
  });
});

describe('Closing approvals', () => {
  it('refuses approvals for those days, but not emergencies, until an administrator opens them again', async () => {
    const closed = {
      firstDay: TODAY,
      lastDay: '2026-11-30',
      kinds: ['grant-award', 'grant-emergency'],
      reason: 'Year end',
    };
    expect(problemIn(await client.post('manager', '/approval-freezes', closed))).toEqual([403, 'not_permitted']);
    const past = { ...closed, firstDay: '2026-11-01' };
    expect(problemIn(await client.post('administrator', '/approval-freezes', past))).toEqual([422, 'freeze_refused']);
    const { body } = await client.post('administrator', '/approval-freezes', closed).expect(201);
    const grant = await askForGrant(house);
    await free('manager', grant.requestId);
    const { code, detail } = await refused(decideGrant(house, 'manager', grant));
    expect([code, detail]).toEqual([
      'approvals_closed',
      'approvals of this kind are closed up to and including 2026-11-30',
    ]);
    await limitTo(house, 'manager', '300.00', { kind: 'grant-emergency' });
    const emergency = await askForGrant(house, { kind: 'grant-emergency', amount: '200.00' });
    await free('manager', emergency.requestId);
    expect(await decideGrant(house, 'manager', emergency)).toBe('settled');
    const { freezeId } = body as { freezeId: string };
    await client.post('administrator', `/approval-freezes/${freezeId}/lift`, { reason: 'Closed early' }).expect(200);
    expect(await decideGrant(house, 'manager', grant)).toBe('settled');
  });
});

describe('What waits too long', () => {
  it('is reminded of at its target, escalated after it, once each, however often the clock ticks', async () => {
    await agreeSigners(house, 'payee', '0', ['any']);
    const waiting = await askForGrant(house, { kind: 'payee' });
    const { rows } = await house.superuser.query<{ day: PlainDate }>(
      `select (proposed_at at time zone 'Europe/London')::date::text as day from approvals.request where id = $1`,
      [waiting.requestId],
    );
    const tick = house.app.get(OverdueTick);
    const { council } = house;
    const inDays = (days: number): PlainDate => {
      const day = new Date(`${rows[0]?.day}T12:00:00Z`);
      day.setUTCDate(day.getUTCDate() + days);
      return day.toISOString().slice(0, 10) as PlainDate;
    };
    const noted = async () =>
      (
        await house.superuser.query<{ what: string; to_role: string | null }>(
          `select what, to_role from approvals.reminder where request_id = $1 order by what desc`,
          [waiting.requestId],
        )
      ).rows;
    await tick.tick(council.id);
    expect(await noted()).toEqual([]);
    house.setToday(inDays(30));
    await Promise.all([tick.tick(council.id), tick.tick(council.id)]);
    expect(await tick.tick(council.id)).toBe(0);
    expect(await noted()).toEqual([
      { what: 'reminder', to_role: null },
      { what: 'escalation', to_role: 'administrator' },
    ]);
    const { body } = await client.get('administrator', '/approvals?kind=payee&escalated=yes').expect(200);
    expect(body).toMatchObject({
      approvals: [
        { requestId: waiting.requestId, isOverdue: true, escalatedTo: 'administrator', signedBy: [], needed: 1 },
      ],
    });
  });
});

describe('A limit for one person', () => {
  const terms = {
    role: 'manager',
    kind: 'grant-award',
    amount: '5000.00',
    effectiveFrom: TODAY,
    reason: 'Acting head',
  };
  const propose = (as: 'administrator' | 'finance', changes: object) =>
    client.post(as, '/limits/proposals', { ...terms, ...changes });

  async function agree(changes: object): Promise<void> {
    const { body } = await propose('administrator', changes).expect(201);
    const { proposalId } = body as { proposalId: string };
    await client.post('finance', `/limits/proposals/${proposalId}/decision`, { outcome: 'approved' }).expect(200);
  }

  it('takes two others, and a role the person has', async () => {
    const { administrator, caseworker } = house.council.userIds;
    const own = await propose('administrator', { role: 'administrator', person: { id: administrator } });
    const other = await propose('administrator', { person: { id: caseworker } });
    expect([problemIn(own), problemIn(other)]).toEqual([
      [422, 'person_limit_refused'],
      [422, 'person_limit_refused'],
    ]);
    const { body } = await propose('administrator', { role: 'finance', person: { id: house.council.userIds.finance } });
    const { proposalId } = body as { proposalId: string };
    const mine = await client.post('finance', `/limits/proposals/${proposalId}/decision`, { outcome: 'approved' });
    expect(problemIn(mine)).toEqual([422, 'person_limit_refused']);
  });

  it('stands in place of the role’s up to its last day; above it the answer names who can', async () => {
    const { manager } = house.council.userIds;
    await agree({ amount: '100.00', person: { id: manager } });
    await agree({ effectiveFrom: '2026-11-17', person: { id: manager, lastDay: '2026-11-20' } });
    const [small, large, later] = await Promise.all(
      ['150.00', '4000.00', '4000.00'].map((amount) => askForGrant(house, { amount })),
    );
    if (!small || !large || !later) throw new Error('three grants were asked for');
    for (const { requestId } of [small, large, later]) await free('manager', requestId);
    const { code, detail } = await refused(decideGrant(house, 'manager', small));
    expect([code, detail.includes('Who can: finance; finance2; manager2.')]).toEqual(['above_delegated_limit', true]);
    house.setToday('2026-11-20' as PlainDate);
    expect(await decideGrant(house, 'manager', large)).toBe('settled');
    house.setToday('2026-11-21' as PlainDate);
    expect((await refused(decideGrant(house, 'manager', later))).code).toBe('above_delegated_limit');
    expect(await decideGrant(house, 'manager', small)).toBe('settled');
  });

  it('counts for one family in its own months, whatever the role’s limit says', async () => {
    const familyId = families[1] ?? '';
    const person = { id: house.council.userIds.manager };
    await agree({ amount: '900.00', effectiveFrom: '2026-11-23', family: { amount: '700.00', months: 1 }, person });
    house.setToday('2026-11-23' as PlainDate);
    const grant = await askForGrant(house, { familyId, amount: '200.00' });
    await free('manager', grant.requestId);
    expect((await refused(decideGrant(house, 'manager', grant))).code).toBe('above_family_limit');
  });
});
