import { ChangeMembers } from '../../src/families/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { PAGES } from '../support/pages.ts';
import { lineOf, payRun } from '../support/run-over-http.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { dayComes, tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const day = (text: string): PlainDate => text as PlainDate;
const reached = { contact: 'yes', mobile: '07700900123' } as const;

let house: TestHouse;
let notify: StandInNotify;
let client: Client;
const overpaid: Record<string, string> = {};

beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  notify = await withNotify(house);
  await takeIn(
    house.app,
    house.council,
    ['TWOWEEKS', 'PAUSES'].flatMap((name) => familyRows(name, reached, child('2015-05-05'))),
  );
  await payRun(house, client, '2026-11-26');
  house.setToday(day('2026-11-27'));
  const { rows } = await house.superuser.query<{ id: string }>(
    `select id from families.member where relationship = 'child' and authority_id = $1`,
    [house.council.id],
  );
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
    await dayComes(house, '2027-01-04');
  });
});
