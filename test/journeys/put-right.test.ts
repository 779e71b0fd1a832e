import { ChangeMembers } from '../../src/families/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { lineOf, linesOf, openRun, payRun, stateOf, takeRun } from '../support/run-over-http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const day = (text: string): PlainDate => text as PlainDate;
const reason = { reason: 'She has nothing to eat for the children' };

let house: TestHouse;
let client: Client;
const families: Record<string, string> = {};
const payments: Record<string, string> = {};

beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  await takeIn(house.app, house.council, [
    ...familyRows('LOST', {}, child('2015-05-05')),
    ...familyRows('LATE', {}, child('2015-05-05')),
    ...familyRows('RIGHT', {}),
  ]);
  const paid = await payRun(house, client, '2026-11-26');
  for (const line of await linesOf(client, paid)) {
    families[line.family] = line.familyId;
    payments[line.family] = line.id;
  }
  house.setToday(day('2026-11-27'));
});
afterAll(() => house.close());

const rails = async (runId: string): Promise<string[]> =>
  (await house.superuser.query<{ rail: string }>(`select rail from payments.line where run_id = $1`, [runId])).rows.map(
    (row) => row.rail,
  );
const spent = async (): Promise<string> =>
  (
    await house.superuser.query<{ n: string }>(
      `select sum(b.debits - b.credits)::numeric(14,2)::text as n from ledger.account a join ledger.balance b on b.account_id = a.id
        where a.kind = 'spent' and a.authority_id = $1`,
      [house.council.id],
    )
  ).rows[0]?.n ?? '';

describe('A payment that never arrived', () => {
  let runId = '';

  it('is paid again the same day, by three people, by Faster Payments', async () => {
    const before = await spent();
    const { body } = await client.post('caseworker', `/payments/${payments.LOST}/put-right`, reason).expect(201);
    const made = body as { runId: string; amount: string; putRightId: string };
    runId = made.runId;
    expect(made.amount).toBe('98.36');
    await workOff(house.app, house.council.id);
    expect(await stateOf(client, runId)).toBe('priced');
    await takeRun(house, client, runId, 'exported');
    expect([await stateOf(client, runId), await rails(runId)]).toEqual(['exported', ['faster-payments']]);
    const { putRights } = (await client.get('auditor', `/families/${families.LOST}/put-rights`).expect(200)).body as {
      putRights: { state: string; kind: string }[];
    };
    expect(putRights).toMatchObject([{ state: 'paid', kind: 'not-arrived' }]);
    expect(Number(await spent()) - Number(before)).toBeCloseTo(98.36);
  });

  it('on a page that warns first, and says afterwards what the second payment is', async () => {
    const finance = await PageVisitor.signedIn(house, 'finance');
    const first = await finance.get(`/payments/${payments.RIGHT}`);
    expect(first.text).toContain('It never arrived: pay it again today');
    expect((await finance.get(`/payments/${payments.RIGHT}/put-right`)).text).toContain(
      'It is paid a second time, once.',
    );
    const [line] = await linesOf(client, runId);
    expect((await finance.get(`/payments/${line?.id}`)).text).toContain('because an earlier payment never arrived');
    expect((await finance.get(`/runs/${runId}`)).status).toBe(200);
  });

  it('never twice', async () => {
    const again = await client.post('finance', `/payments/${payments.LOST}/put-right`, reason);
    expect(problemIn(again)).toEqual([409, 'already_put_right']);
  });

  it('is put right again only once its run was cancelled', async () => {
    const { body } = await client.post('finance', `/payments/${payments.RIGHT}/put-right`, reason).expect(201);
    const made = body as { runId: string };
    await workOff(house.app, house.council.id);
    const again = () => client.post('finance', `/payments/${payments.RIGHT}/put-right`, reason);
    expect(problemIn(await again())).toEqual([409, 'already_put_right']);
    await client.post('finance', `/runs/${made.runId}/cancel`, { reason: 'She found it' }).expect(200);
    await workOff(house.app, house.council.id);
    await again().expect(201);
  });

  it('that is none of a family’s support is refused', async () => {
    expect(problemIn(await client.post('finance', `/payments/999999/put-right`, reason))[0]).toBe(404);
  });
});

describe('A family that was paid too little', () => {
  it('is paid nothing when nothing is owed', async () => {
    const asked = await client.post('caseworker', `/families/${families.LATE}/put-rights`, reason);
    expect(problemIn(asked)).toEqual([409, 'nothing_underpaid']);
  });

  it('is paid today what its next payment would have made up, and the next one pays nothing of it again', async () => {
    const born = { relationship: 'child', name: 'Sam', born: day('2018-02-03'), joinedOn: day('2026-11-28') } as const;
    await house.app.get(ChangeMembers).add(house.council.actors.caseworker, families.LATE ?? '', born);
    const caseworker = await PageVisitor.signedIn(house, 'caseworker');
    const at = `/families/${families.LATE}`;
    expect((await caseworker.get(at)).text).toContain('Pay today what is owed for earlier days');
    expect((await caseworker.get(`${at}/put-right`)).text).toContain('Pay £35.12 today');
    expect((await caseworker.send(`${at}/put-right`, { reason: '' })).status).toBe(422);
    const { body } = await client.post('caseworker', `/families/${families.LATE}/put-rights`, reason).expect(201);
    const made = body as { runId: string; amount: string };
    // Five days of £49.18 a week are £35.128…: the whole pennies.
    expect(made.amount).toBe('35.12');
    await workOff(house.app, house.council.id);
    const twice = await client.post('caseworker', `/families/${families.LATE}/put-rights`, reason);
    expect(problemIn(twice)[0]).toBe(409);
    await takeRun(house, client, made.runId, 'exported');
    const next = await openRun(house, client, '2026-12-03');
    const line = await lineOf(client, next, 'LATE');
    expect(line?.explanation.backDated).toMatchObject([{ kind: 'arrears', sevenths: '6' }]);
    expect(line?.amount).toBe('147.55');
  });

  it('is not paid today what a run is about to pay', async () => {
    const born = { relationship: 'child', name: 'Kim', born: day('2017-02-03'), joinedOn: day('2026-11-28') } as const;
    await house.app.get(ChangeMembers).add(house.council.actors.caseworker, families.LATE ?? '', born);
    const asked = await client.post('caseworker', `/families/${families.LATE}/put-rights`, reason);
    expect(problemIn(asked)).toEqual([409, 'run_about_to_pay']);
  });
});
