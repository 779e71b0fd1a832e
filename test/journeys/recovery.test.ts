import { ChangeMembers } from '../../src/families/index.ts';
import { clockOf, type PlainDate } from '../../src/kernel/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { overpaymentOwed, verifyLines, verifyRecoveries } from '../../src/subsistence/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { lineOf, payRun, takeRun } from '../support/run-over-http.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { dayComes, tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const day = (text: string): PlainDate => text as PlainDate;
const reached = { contact: 'yes', mobile: '07700900123' } as const;

let house: TestHouse;
let notify: StandInNotify;
let client: Client;
const overpaid: Record<string, string> = {};
let mistaken = '';

beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  notify = await withNotify(house);
  await takeIn(
    house.app,
    house.council,
    ['TWOWEEKS', 'PAUSES', 'MISTAKEN'].flatMap((name) => familyRows(name, reached, child('2015-05-05'))),
  );
  await payRun(house, client, '2026-11-26');
  house.setToday(day('2026-11-27'));
  const { rows } = await house.superuser.query<{ id: string }>(
    `select id from families.member where relationship = 'child' and authority_id = $1 order by id`,
    [house.council.id],
  );
  mistaken = rows.at(-1)?.id ?? '';
  for (const { id } of rows)
    await house.app.get(ChangeMembers).leave(house.council.actors.caseworker, id, day('2026-11-26'));
  await tellEverybody(house, notify);
  await payRun(house, client, '2026-12-03');
  const found = await house.superuser.query<{ id: string; reference: string }>(
    `select o.id, f.reference from subsistence.overpayment o join subsistence.plan p on p.id = o.plan_id
       join families.family f on f.id = p.family_id`,
  );
  for (const { id, reference } of found.rows) overpaid[reference] = id;
});
afterAll(async () => {
  await notify.stop();
  await house.close();
});

const agreed = (changes: object = {}) => ({
  ...{ weekly: '24.59', startsOn: '2026-12-24', agreedOn: '2026-12-04', agreedWith: 'The mother' },
  ...{ explainedIn: 'English', evidence: 'She agreed during the visit.', ...changes },
});
const balances = async () => {
  const { rows } = await house.superuser.query<{ kind: string; standing: string }>(
    `select a.kind, (b.debits - b.credits)::numeric(14,2)::text as standing from ledger.account a
       join ledger.balance b on b.account_id = a.id
      where a.authority_id = $1 and a.kind in ('recoverable', 'overpaid') order by a.kind`,
    [house.council.id],
  );
  return Object.fromEntries(rows.map(({ kind, standing }) => [kind, standing]));
};
const propose = (name: string, changes: object = {}) =>
  client.post('caseworker', `/overpayments/${overpaid[name]}/recoveries`, agreed(changes));
const recoveryOf = async (id: string) =>
  (await client.get('finance', `/recoveries/${id}`).expect(200)).body as {
    state: string;
    owed: { left: string; paidBack: string };
    payments: { payDate: string; amount: string; recovered: string }[];
  };
const pay = async (payDate: string, today: string): Promise<string> => {
  house.setToday(day(today));
  return payRun(house, client, payDate);
};
let recovery: string;

describe('An overpayment that is recovered as agreed', () => {
  it('is agreed only once two people set what always stays with the family', async () => {
    house.setToday(day('2026-12-04'));
    expect(problemIn(await propose('TWOWEEKS'))).toEqual([409, 'no_recovery_floor']);
    const floor = { percent: 50, weekly: '20.00', reason: 'The panel of November' };
    const { body } = await client.post('administrator', '/recovery-floors', floor).expect(201);
    const { floorId } = body as { floorId: string };
    const decided = { outcome: 'approved', reason: '' };
    await client.post('finance', `/recovery-floors/${floorId}/decision`, decided).expect(200);
  });

  it('never below that floor, nor from a payment the family could not be told of', async () => {
    expect(problemIn(await propose('TWOWEEKS', { weekly: '24.60' }))).toEqual([422, 'recovery_refused']);
    expect(problemIn(await propose('TWOWEEKS', { startsOn: '2026-12-10' }))).toEqual([422, 'recovery_refused']);
    expect(problemIn(await propose('TWOWEEKS', { agreedOn: '2026-12-05' }))).toEqual([422, 'recovery_refused']);
  });

  it('by a second person, and then stands in the ledger as owed back', async () => {
    recovery = ((await propose('TWOWEEKS').expect(201)).body as { recoveryId: string }).recoveryId;
    expect(problemIn(await propose('TWOWEEKS'))).toEqual([409, 'recovery_already_open']);
    expect(problemIn(await client.post('caseworker', `/recoveries/${recovery}/approve`, {}))[0]).toBe(403);
    await client.post('manager', `/recoveries/${recovery}/approve`, { reason: 'Agreed' }).expect(200);
    expect(await recoveryOf(recovery)).toMatchObject({ state: 'waiting', owed: { left: '49.18' } });
    expect(await balances()).toEqual({ recoverable: '49.18', overpaid: '-49.18' });
  });

  it('and takes effect when the family had its notice in time', async () => {
    await tellEverybody(house, notify);
    expect(await recoveryOf(recovery)).toMatchObject({ state: 'in_effect' });
    const said = (await notify.account()).accepted.filter(({ body }) => body?.includes('£24.59'));
    expect(said).toHaveLength(1);
  });

  it('leaves the payments before it whole', async () => {
    expect((await lineOf(client, await pay('2026-12-10', '2026-12-04'), 'TWOWEEKS'))?.amount).toBe('98.36');
    expect((await lineOf(client, await pay('2026-12-17', '2026-12-11'), 'TWOWEEKS'))?.amount).toBe('49.18');
  });

  it('is paid back over two weeks, to the penny, and ends by itself', async () => {
    expect(await lineOf(client, await pay('2026-12-24', '2026-12-18'), 'TWOWEEKS')).toMatchObject({
      ...{ amount: '24.59', explanation: { recovered: { amount: '24.59', left: '24.59' } } },
    });
    expect(await balances()).toEqual({ recoverable: '24.59', overpaid: '-24.59' });
    expect((await lineOf(client, await pay('2026-12-31', '2026-12-24'), 'TWOWEEKS'))?.amount).toBe('24.59');
    expect(await recoveryOf(recovery)).toMatchObject({ state: 'done', owed: { left: '0.00', paidBack: '49.18' } });
    expect(await balances()).toEqual({ recoverable: '0.00', overpaid: '0.00' });
    expect((await lineOf(client, await pay('2027-01-07', '2026-12-31'), 'TWOWEEKS'))?.amount).toBe('49.18');
  });
});

describe('A recovery that is paused', () => {
  let caseworker: PageVisitor;
  let manager: PageVisitor;
  const at = () => `/overpayments/${overpaid.PAUSES}`;
  const form = {
    ...{ weekly: '£10', startsOn: '2027-01-21', agreedWith: 'The mother', explainedIn: 'English' },
    ...{ evidence: 'She agreed by telephone.', 'agreedOn-day': '4', 'agreedOn-month': '1', 'agreedOn-year': '2027' },
  };
  beforeAll(async () => {
    await dayComes(house, '2027-01-04');
    caseworker = await PageVisitor.signedIn(house, 'caseworker');
    manager = await PageVisitor.signedIn(house, 'manager');
  });

  it('is written down on a page that says what it does and what always stays', async () => {
    expect((await caseworker.get(at())).text).toContain('Agree recovery with the family');
    const wrong = await caseworker.send(`${at()}/recovery`, { ...form, weekly: '30', evidence: '' });
    expect(wrong.status).toBe(422);
    const over = await caseworker.send(`${at()}/recovery`, { ...form, weekly: '30' });
    expect([over.status, over.text.includes('The floor leaves at most £24.59 of each week.')]).toEqual([422, true]);
    expect((await caseworker.send(`${at()}/recovery`, form)).location).toBe(`${at()}/recovery/check`);
    const { text } = await caseworker.get(`${at()}/recovery/check`);
    for (const said of ['£49.18 is paid back in 5 payments', 'smaller by £9.18', '50% of the week'])
      expect(text).toContain(said);
  });

  it('is decided by a manager who finds it among what waits', async () => {
    const { location } = await caseworker.send(`${at()}/recovery/check`, {});
    recovery = /\d+/.exec(location ?? '')?.[0] ?? '';
    expect((await manager.get('/waiting')).text).toContain('Recovery of an overpayment');
    expect((await manager.get(`/recoveries/${recovery}`)).text).toContain('Your decision');
    const decided = { outcome: 'approve', reason: '' };
    expect((await manager.send(`/recoveries/${recovery}`, decided, `/recoveries/${recovery}/decision`)).status).toBe(
      303,
    );
    await tellEverybody(house, notify);
    expect(await recoveryOf(recovery)).toMatchObject({ state: 'in_effect' });
  });

  it('says on the payment why it was smaller', async () => {
    await pay('2027-01-14', '2027-01-08');
    const line = await lineOf(client, await pay('2027-01-21', '2027-01-15'), 'PAUSES');
    expect(line?.amount).toBe('39.18');
    const { text } = await caseworker.get(`/payments/${line?.id}`);
    for (const said of ['Paid back of an overpayment', '−£10.00', '£39.18 is left']) expect(text).toContain(said);
    expect((await caseworker.get(`/families/${line?.familyId}`)).text).toContain('Overpayments paid back');
  });

  it('pays whole from the next run on, and the family is told', async () => {
    const run = await client.post('finance', '/runs', { payDate: '2027-01-28' }).expect(201);
    house.setToday(day('2027-01-22'));
    await tellEverybody(house, notify);
    const paused = { withdrawal: 'Her rent went up' };
    expect((await caseworker.send(`/recoveries/${recovery}`, paused, `/recoveries/${recovery}/pause`)).status).toBe(
      303,
    );
    await tellEverybody(house, notify);
    const { runId } = run.body as { runId: string };
    // The run was priced before: it is out of date, and is priced again.
    expect(problemIn(await client.post('finance', `/runs/${runId}/submit`))).toEqual([409, 'run_out_of_date']);
    await client.post('finance', `/runs/${runId}/price`, {}).expect(202);
    await tellEverybody(house, notify);
    expect((await lineOf(client, runId, 'PAUSES'))?.amount).toBe('49.18');
    const said = (await notify.account()).accepted.filter(({ body }) => body?.includes('£49.18 a week'));
    expect(said.length).toBeGreaterThan(0);
  });

  it('is given up by a manager, once, and nothing is owed back any more', async () => {
    expect((await manager.get(`${at()}/give-up`)).text).toContain('£39.18');
    const reason = { reason: 'She has nothing to spare' };
    expect((await manager.send(`${at()}/give-up`, reason)).location).toBe(at());
    expect(problemIn(await client.post('manager', `${at()}/give-up`, reason))).toEqual([409, 'nothing_to_recover']);
    expect(await balances()).toEqual({ recoverable: '0.00', overpaid: '0.00' });
    const actor = clockOf(house.council.id);
    const proved = await house.app.get(UnitOfWork).read(actor, async (tx) => ({
      owed: await overpaymentOwed(tx, overpaid.PAUSES ?? ''),
      lines: (await verifyLines(tx)).faults,
      recoveries: (await verifyRecoveries(tx)).faults,
    }));
    expect(proved).toMatchObject({ owed: { paidBack: '10.00', givenUp: '39.18' }, lines: [], recoveries: [] });
  });
});

describe('A recovery of what turns out to be no overpayment', () => {
  it('is paused by itself when a correction says so, and its family is told', async () => {
    const terms = { weekly: '10.00', startsOn: '2027-02-11', agreedOn: '2027-01-22' };
    recovery = ((await propose('MISTAKEN', terms).expect(201)).body as { recoveryId: string }).recoveryId;
    await client.post('manager', `/recoveries/${recovery}/approve`, {}).expect(200);
    await tellEverybody(house, notify);
    expect(await recoveryOf(recovery)).toMatchObject({ state: 'in_effect' });
    // He had not left: somebody wrote down the wrong child.
    await house.app.get(ChangeMembers).leave(house.council.actors.caseworker, mistaken, day('2028-11-20'));
    await tellEverybody(house, notify);
    const { rows } = await house.superuser.query<{ id: string }>(
      `select id from payments.run where pay_date = '2027-01-28' and state <> 'cancelled'`,
    );
    const runId = rows[0]?.id ?? '';
    await client.post('finance', `/runs/${runId}/price`, {}).expect(202);
    await tellEverybody(house, notify);
    await takeRun(house, client, runId, 'exported');
    await tellEverybody(house, notify);
    expect(await recoveryOf(recovery)).toMatchObject({ state: 'paused', owed: { paidBack: '0.00' } });
  });
});
