import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { verifyAll } from '../../src/house/index.ts';
import { AddBudget, AddFund } from '../../src/funds/index.ts';
import { Money, operatorOf } from '../../src/kernel/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { openRun, previewOf, stateOf, takeRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  const operator = operatorOf(house.council.id);
  await house.app.get(AddFund).run(operator, { code: 'small', name: 'A small fund', pays: ['section-17'] });
  const budget = { fundCode: 'small', amount: Money.gbp('60.00'), financialYear: '2026-27', reason: 'Test' };
  await house.app.get(AddBudget).run(operator, budget);
  await takeIn(house.app, house.council, [
    ...['monday', 'tuesday', 'thursday'].flatMap((day) => familyRows(day, { pay_day: day, paid_up_to: '2026-11-24' })),
    ...familyRows('small-1', { pay_day: 'wednesday', fund: 'small', paid_up_to: '2026-11-24' }),
    ...familyRows('small-2', { pay_day: 'friday', fund: 'small', paid_up_to: '2026-11-24' }),
  ]);
});
afterAll(() => house.close());

const decide = async (as: 'manager' | 'manager2', runId: string): Promise<Response> => {
  const { fingerprint } = await previewOf(client, runId);
  return client.post(as, `/runs/${runId}/decision`, { outcome: 'approved', fingerprint });
};
const statuses = (answers: Response[]): number[] => answers.map((answer) => answer.status).toSorted((a, b) => a - b);
const balanceOf = async (fund: string, kind: string): Promise<string> => {
  const { rows } = await house.superuser.query<{ net: string }>(
    `select b.credits - b.debits as net from ledger.balance b join ledger.account a on a.id = b.account_id
      where a.authority_id = $1 and a.code = $2`,
    [house.council.id, `${fund}:${kind}`],
  );
  return Money.gbp(rows[0]!.net).toString();
};

describe('At the same instant', () => {
  let runId: string;

  it('two people open the same pay date: one run comes of it', async () => {
    const answers = await Promise.all(
      (['finance', 'finance2'] as const).map((who) => client.post(who, '/runs', { payDate: '2026-11-26' })),
    );
    expect(statuses(answers)).toEqual([201, 409]);
    expect(problemIn(answers.find((answer) => answer.status === 409)!)).toEqual([409, 'run_opened_twice']);
    await workOff(house.app, house.council.id);
    runId = (answers.find((answer) => answer.status === 201)!.body as { runId: string }).runId;
    expect(await stateOf(client, runId)).toBe('priced');
  });

  it('one request arrives five times with one key: five same answers, one effect', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client.post('finance', `/runs/${runId}/submit`, {}, { key })),
    );
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200]);
    for (const answer of answers) expect(answer.body).toEqual(answers[0]!.body);
    const { rows } = await house.superuser.query(`select 1 from approvals.request where subject_id = $1`, [runId]);
    expect(rows).toHaveLength(1);
  });

  it('two managers approve: one of them does', async () => {
    const answers = await Promise.all([decide('manager', runId), decide('manager2', runId)]);
    expect(statuses(answers)).toEqual([200, 409]);
    const { rows } = await house.superuser.query(
      `select 1 from approvals.decision d join approvals.request r on r.id = d.request_id where r.subject_id = $1`,
      [runId],
    );
    expect(rows).toHaveLength(1);
    expect(await balanceOf('section-17', 'committed')).toBe((await previewOf(client, runId)).total);
  });

  it('two people release: one of them does, and every family is paid once', async () => {
    const answers = await Promise.all(
      (['releaser', 'releaser2'] as const).map((who) => client.post(who, `/runs/${runId}/post`)),
    );
    expect(statuses(answers)).toEqual([202, 409]);
    await Promise.all([workOff(house.app, house.council.id), workOff(house.app, house.council.id)]);
    const { rows } = await house.superuser.query(
      `select count(*)::int as n from ledger.transfer where run_id = $1 and kind = 4`,
      [runId],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('one releases while another holds: either the run goes whole, or the approval is void', async () => {
    const other = await openRun(house, client, '2026-11-30');
    await takeRun(house, client, other, 'approved');
    const { body } = await client.get('finance', `/runs/${other}/lines`);
    const lineIds = (body as { lines: { id: string }[] }).lines.map((line) => line.id);
    const [released, held] = await Promise.all([
      client.post('releaser', `/runs/${other}/post`),
      client.post('finance', `/runs/${other}/hold`, { lineIds, category: 'other', reason: 'Wait' }),
    ]);
    expect([released.status, held.status].filter((status) => status < 300)).toHaveLength(1);
    await workOff(house.app, house.council.id);
    expect(await stateOf(client, other)).toBe(released.status === 202 ? 'exported' : 'priced');
  });

  it('two runs ask one fund for more than it has: one is approved and nothing goes below nought', async () => {
    const runs = [await openRun(house, client, '2026-11-25'), await openRun(house, client, '2026-11-27')];
    for (const run of runs) await takeRun(house, client, run, 'in_approval');
    const answers = await Promise.all([decide('manager', runs[0]!), decide('manager2', runs[1]!)]);
    expect(statuses(answers)).toEqual([200, 409]);
    expect(problemIn(answers.find((answer) => answer.status === 409)!)).toEqual([409, 'fund_overspent']);
    const lost = runs[answers.findIndex((answer) => answer.status === 409)]!;
    expect(await stateOf(client, lost)).toBe('in_approval');
    const left = Money.gbp(await balanceOf('small', 'available'));
    expect(left.isNegative()).toBe(false);
    expect(left.plus(Money.gbp(await balanceOf('small', 'committed'))).toString()).toBe('60.00');
    expect(problemIn(await decide('manager', lost))).toEqual([409, 'fund_overspent']);
  });

  it('the preview warns of what the fund cannot pay', async () => {
    const { body } = await client.get('finance', '/runs').expect(200);
    const waiting = (body as { runs: { id: string; state: string }[] }).runs.find(
      (run) => run.state === 'in_approval',
    )!;
    expect((await previewOf(client, waiting.id)).funds).toEqual([
      expect.objectContaining({ code: 'small', isEnough: false }),
    ]);
  });

  it('leaves books that prove themselves', async () => {
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });
});
