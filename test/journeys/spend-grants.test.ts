import { fundNamed, grantFund, knownFamily, NO_INTEREST, recommended, shown } from '../support/grants-scene.ts';
import { FIRST_PAY_DATE, familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { Client } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { takeRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await grantFund(house.app, house.council, '1000.00');
  const family = await knownFamily(house, 'G-1');
  await takeIn(house.app, house.council, familyRows('S-1', { ward: 'Quay' }));
  await completeRun(house.app, house.council, FIRST_PAY_DATE);
  const application = await recommended(client, family, [
    { code: 'rent-arrears', amount: '240.00', description: 'Two weeks of rent' },
    { code: 'nappies-formula', amount: '60.00', instalments: 3, everyDays: 7, firstDue: '2026-11-18' },
  ]);
  const { fingerprint } = await shown(client, application);
  const decision = { ...NO_INTEREST, outcome: 'approved', fingerprint, reason: 'It keeps the home.' };
  await client.post('manager', `/grant-applications/${application}/decision`, decision).expect(200);
  const { body } = await client.post('finance', '/grants-runs', { payDate: '2026-11-20' }).expect(201);
  await workOff(house.app, house.council.id);
  await takeRun(house, client, (body as { runId: string }).runId, 'exported');
});
afterAll(() => house.close());

interface Part {
  readonly key: string | null;
  readonly name: string;
  readonly spent: string;
  readonly committed: string;
  readonly section17: string;
  readonly grants: string;
}
const spend = async (query: string) =>
  (await client.get('auditor', `/spend?${query}`).expect(200)).body as {
    total: Part;
    parts: Part[];
    committedElsewhere: string;
  };

describe('Spending on grants', () => {
  it('stands beside section 17, by what each thing was for, as the ledger has it', async () => {
    const { total, parts, committedElsewhere } = await spend('by=category');
    expect(total).toMatchObject({ section17: '49.18', grants: '260.00', spent: '309.18', committed: '40.00' });
    expect(parts.map(({ key, spent, committed }) => [key, spent, committed])).toEqual([
      ['grants:baby', '20.00', '40.00'],
      ['grants:housing', '240.00', '0.00'],
      ['section-17', '49.18', '0.00'],
    ]);
    expect(committedElsewhere).toBe('0.00');
    expect(await fundNamed(client)).toMatchObject({ committed: '40.00', spent: '260.00' });
  });

  it('is narrowed to grants together, or to one thing, and opened to its transfers', async () => {
    expect((await spend('category=grants')).total.spent).toBe('260.00');
    expect((await spend('category=grants:housing&by=team')).total.spent).toBe('240.00');
    const { body } = await client.get('finance', '/spend/transfers?category=grants').expect(200);
    expect(body).toMatchObject({ count: 2, total: '260.00' });
  });

  it('counts in no cost of a household a week, and at no standard', async () => {
    const { parts } = await spend('by=standard');
    expect(parts.map(({ key, spent }) => [key, spent])).toEqual([
      ['subsistence', '49.18'],
      [null, '260.00'],
    ]);
    expect((await spend('by=fund')).total).toMatchObject({ costPerHouseholdWeek: '49.18' });
  });

  it('is seen by its own council only, in what grants publish', async () => {
    const seen = async (view: string, council: string): Promise<number> => {
      await house.appClient.query('begin');
      await house.appClient.query(`select set_config('mainstay.authority', $1, true)`, [council]);
      const { rowCount } = await house.appClient.query(`select 1 from ${view}`);
      await house.appClient.query('rollback');
      return rowCount ?? 0;
    };
    for (const [view, rows] of [
      ['grants.v_instalment', 4],
      ['grants.v_committed', 2],
    ] as const) {
      expect([view, await seen(view, house.council.id)]).toEqual([view, rows]);
      expect([view, await seen(view, house.other.id)]).toEqual([view, 0]);
    }
  });
});
