import { verifyAll } from '../../src/house/index.ts';
import {
  ANSWERS,
  fundNamed,
  grantFund,
  knownFamily,
  NO_INTEREST,
  NO_RULES,
  recommended,
  shown,
} from '../support/grants-scene.ts';
import { Client, problemIn } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { stateOf, takeRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let family: string;
let fundId: string;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  fundId = await grantFund(house.app, house.council, '2000.00');
  family = await knownFamily(house, 'C-1');
});
afterAll(() => house.close());

async function setRules(rules: object): Promise<void> {
  const asked = { ...NO_RULES, ...rules, reason: 'Agreed by the panel' };
  const { body } = await client.post('finance', `/funds/${fundId}/rules`, asked).expect(201);
  const { proposalId } = body as { proposalId: string };
  await client.post('administrator', `/fund-rules/${proposalId}/decision`, { outcome: 'approved' }).expect(200);
}

async function lookAtChecks(id: string): Promise<void> {
  for (const { kind, outcome } of (await shown(client, id)).checks)
    if (outcome === 'person')
      await client.post('caseworker', `/grant-applications/${id}/checks/${kind}`, { note: 'Looked at.' }).expect(200);
}

async function decided(id: string, more: object = {}): Promise<[number, string | undefined]> {
  const { fingerprint } = await shown(client, id);
  const decision = { ...NO_INTEREST, outcome: 'approved', fingerprint, reason: '', ...more };
  return problemIn(await client.post('manager', `/grant-applications/${id}/decision`, decision));
}

describe('A fund with rules', () => {
  it('refuses what it may not buy, in words the worker reads before she recommends', async () => {
    await setRules({ buys: ['housing'], awardCap: '300.00' });
    const id = await recommended(client, family, [{ code: 'fridge', amount: '400.00' }]);
    const { checks } = await shown(client, id);
    expect(checks.find((check) => check.kind === 'fund-rules')).toMatchObject({
      outcome: 'fail',
      reason: 'The fund may not buy: household. The fund awards at most £300.00 at once.',
    });
    expect(await decided(id)).toEqual([409, 'checks_not_passed']);
    await client.post('caseworker', `/grant-applications/${id}/withdraw`, { reason: 'Asked elsewhere.' }).expect(200);
  });

  it('is changed by two people, and only as the first of them saw it', async () => {
    const reason = 'Another year';
    const { body } = await client.get('finance', `/funds/${fundId}`).expect(200);
    const seen = (body as { rules: { version: number } }).rules.version;
    const propose = (as: 'finance' | 'administrator', version = seen) =>
      client.post(as, `/funds/${fundId}/rules`, { ...NO_RULES, reason, seen: version });
    const proposed = await propose('finance').expect(201);
    const decide = (as: 'finance' | 'finance2' | 'manager', outcome: string) =>
      client.post(as, `/fund-rules/${(proposed.body as { proposalId: string }).proposalId}/decision`, { outcome });
    expect(problemIn(await propose('administrator'))).toEqual([409, 'fund_rules_already_proposed']);
    expect(problemIn(await decide('finance', 'approved'))).toEqual([403, 'proposed_by_yourself']);
    expect(problemIn(await decide('manager', 'approved'))).toEqual([403, 'not_permitted']);
    await decide('finance2', 'approved').expect(200);
    expect(problemIn(await decide('finance2', 'approved'))).toEqual([409, 'proposal_not_waiting']);
    expect(problemIn(await propose('administrator'))).toEqual([409, 'fund_moved_on']);
  });
});

describe('An award that changes', () => {
  let award: string;
  it('is topped up by a decision on the difference, without waiting', async () => {
    await setRules({ coolingOffDays: 30 });
    const items = [{ code: 'rent-arrears', amount: '100.00', instalments: 2 }];
    const id = await recommended(client, family, items);
    expect(await decided(id)).toEqual([200, undefined]);
    award = (await shown(client, id)).award!.id;
    const again = await recommended(client, family, items);
    expect((await shown(client, again)).checks.find((check) => check.kind === 'cooling-off')?.outcome).toBe('fail');
    const more = await recommended(client, family, [{ code: 'rent-arrears', amount: '20.00' }], { topsUp: award });
    await lookAtChecks(more);
    expect(await decided(more)).toEqual([200, undefined]);
    expect(await fundNamed(client)).toMatchObject({ available: '1880.00', committed: '120.00' });
  });

  it('gives its fund back what is cancelled, and cancels nothing twice', async () => {
    const { instalments } = (await client.get('manager', `/awards/${award}`).expect(200)).body as {
      instalments: { id: string }[];
    };
    const last = { reason: 'The landlord agreed to wait.', instalmentIds: [instalments[1]!.id] };
    const { body } = await client.post('finance', `/awards/${award}/cancel`, last).expect(200);
    expect(body).toEqual({ state: 'active', freed: '50.00' });
    expect(problemIn(await client.post('finance', `/awards/${award}/cancel`, last))).toEqual([
      409,
      'no_instalment_left',
    ]);
    const { body: rest } = await client.post('finance', `/awards/${award}/cancel`, { reason: 'Moved.' }).expect(200);
    expect(rest).toEqual({ state: 'cancelled', freed: '50.00' });
    expect(await fundNamed(client)).toMatchObject({ available: '1980.00', committed: '20.00' });
  });

  it('is not cancelled while its payment is on its way', async () => {
    await setRules({});
    const id = await recommended(client, family, [{ code: 'bed', amount: '10.00' }]);
    await lookAtChecks(id);
    expect(await decided(id)).toEqual([200, undefined]);
    const { id: awardId } = (await shown(client, id)).award!;
    await client.post('finance', '/grants-runs', { payDate: '2026-11-20' }).expect(201);
    await workOff(house.app, house.council.id);
    const answer = await client.post('finance', `/awards/${awardId}/cancel`, { reason: 'Too late.' });
    expect(problemIn(answer)).toEqual([409, 'instalment_on_its_way']);
  });
});

describe('A same-day emergency', () => {
  const emergencyReason = 'Locked out tonight';
  let award: string;
  it('is refused by a fund that pays nobody the same day, and above its limit', async () => {
    const id = await recommended(client, family, [{ code: 'travel', amount: '80.00' }], { emergencyReason });
    expect((await shown(client, id)).checks.find((check) => check.kind === 'fund-rules')?.reason).toBe(
      'The fund pays nobody the same day.',
    );
    await setRules({ emergencyCap: '79.99' });
    await lookAtChecks(id);
    expect(await decided(id)).toEqual([409, 'checks_not_passed']);
    await setRules({ emergencyCap: '150.00' });
    expect(await decided(id)).toEqual([200, undefined]);
    award = (await shown(client, id)).award!.id;
  });

  it('is paid today in a run of its own, by Faster Payments', async () => {
    const { body } = await client.post('finance', `/awards/${award}/pay-today`).expect(201);
    const { runId } = body as { runId: string };
    await workOff(house.app, house.council.id);
    await takeRun(house, client, runId, 'exported');
    expect(await stateOf(client, runId)).toBe('exported');
    const { rows } = await house.superuser.query<{ rail: string; input_day: string }>(
      `select rail, input_day::text from payments.export_file where run_id = $1`,
      [runId],
    );
    expect(rows).toEqual([{ rail: 'faster-payments', input_day: '2026-11-16' }]);
    expect(problemIn(await client.post('finance', `/awards/${award}/pay-today`))).toEqual([409, 'award_not_for_today']);
  });

  it('is looked at again by another manager within a working day; overdue ones are seen', async () => {
    const look = { agreed: true, note: 'I would have done the same.' };
    expect(problemIn(await client.post('manager', `/awards/${award}/second-look`, look))).toEqual([
      403,
      'wrote_on_the_application',
    ]);
    const before = (await client.get('manager2', `/awards/${award}`).expect(200)).body as {
      secondLook: { dueOn: string };
    };
    expect(before.secondLook.dueOn).toBe('2026-11-17');
    await client.post('manager2', `/awards/${award}/second-look`, look).expect(200);
    expect(problemIn(await client.post('manager2', `/awards/${award}/second-look`, look))).toEqual([
      409,
      'second_look_taken',
    ]);
  });

  it('takes no CSV formula from a name into its file', async () => {
    const account = { sortCode: '000015', accountNumber: '32345678', accountName: '=HYPERLINK("x")' };
    const payee = { payeeName: '=1+1', ...account };
    const { body } = await client.post('caseworker', `/families/${family}/payees`, payee).expect(201);
    const { payeeId } = body as { payeeId: string };
    await client.post('manager', `/bank-details/${payeeId}/decision`, { outcome: 'approve' }).expect(200);
    const items = [{ code: 'food', amount: '10.00', instrumentId: payeeId }];
    const id = await recommended(client, family, items, { emergencyReason });
    await lookAtChecks(id);
    expect(await decided(id)).toEqual([200, undefined]);
    const opened = await client.post('finance', `/awards/${(await shown(client, id)).award!.id}/pay-today`).expect(201);
    const { runId } = opened.body as { runId: string };
    await workOff(house.app, house.council.id);
    await takeRun(house, client, runId, 'exported');
    const file = await client.get('finance', `/runs/${runId}/file`).expect(200);
    expect(file.text).not.toMatch(/(^|,|")[=+@-]/m);
  });

  it('leaves books that prove themselves', async () => {
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });
});

describe('Bad input', () => {
  it('is answered clearly: a tenth of a penny, an unknown item, a missing answer', async () => {
    const start = (more: object): ReturnType<Client['post']> =>
      client.post('caseworker', `/families/${family}/grant-applications`, {
        fundCode: 'early-action',
        ...ANSWERS,
        ...more,
      });
    expect(problemIn(await start({ items: [{ code: 'food', amount: '0.001' }] }))).toEqual([422, 'input_refused']);
    expect(problemIn(await start({ items: [{ code: 'yacht', amount: '1.00' }] }))).toEqual([422, 'item_refused']);
    const { body } = await start({ childNeed: undefined }).expect(201);
    const { applicationId } = body as { applicationId: string };
    const answer = await client.post('caseworker', `/grant-applications/${applicationId}/submit`);
    expect(problemIn(answer)).toEqual([422, 'application_refused']);
    expect((answer.body as { items: { field: string }[] }).items.map((item) => item.field)).toEqual([
      'childNeed',
      'items',
    ]);
  });
});
