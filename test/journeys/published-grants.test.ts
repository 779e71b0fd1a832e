import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetFundRules } from '../../src/funds/index.ts';
import { operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { commandOn } from '../support/command-line.ts';
import { grantFund, knownFamily, NO_RULES, takeApplicationTo } from '../support/grants-scene.ts';
import { Client } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { PageVisitor, PAGES } from '../support/pages.ts';
import { takeRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const TITLES = [
  'Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Ind:Identifier,Recipient Ind:Name',
  'To Individuals Details:Primary Grant Reason,To Individuals Details:Secondary Grant Reason',
  'To Individuals Details:Grant Purpose,Funding Org:Identifier,Funding Org:Name,Grant Programme:Code',
  'Grant Programme:Title,Beneficiary Location:Name,Beneficiary Location:Geographic Code',
  'Beneficiary Location:Geographic Code Type,From An Open Call?,Amount Disbursed,Last Modified',
].join(',');
const FILE = '/spend/360giving.csv?year=2026-27&prefix=360G-northshire&funder=GB-LAE-NSH';

let house: TestHouse;
let client: Client;
let finance: PageVisitor;
let emergencyAward: string;
beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  const fundId = await grantFund(house.app, house.council, '5000.00');
  const rules = { ...NO_RULES, emergencyCap: '500.00' };
  await house.app.get(SetFundRules).run(operatorOf(house.council.id), fundId, rules);
  for (const n of [1, 2, 3, 4]) await takeApplicationTo(house, await knownFamily(house, `PUB-${n}`), 'approved');
  const emergency = await takeApplicationTo(house, await knownFamily(house, 'PUB-5'), 'emergency');
  const { rows } = await house.superuser.query<{ id: string }>(
    `select id from grants.award where application_id = $1`,
    [emergency],
  );
  emergencyAward = rows[0]!.id;
  const { body } = await client.post('finance', `/awards/${emergencyAward}/pay-today`).expect(201);
  await workOff(house.app, house.council.id);
  await takeRun(house, client, (body as { runId: string }).runId, 'exported');
  house.setToday('2026-12-01' as PlainDate);
  await takeApplicationTo(house, await knownFamily(house, 'PUB-6'), 'approved');
  finance = await PageVisitor.signedIn(house, 'finance');
});
afterAll(() => house.close());

const rows = async (): Promise<string[][]> =>
  (await finance.get(FILE)).text
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));

describe('Grants to publish with 360Giving', () => {
  it('are one row each under the standard’s titles, to nobody by name, and of at least five households a month', async () => {
    const [head, ...grants] = await rows();
    expect(head?.join(',')).toBe(TITLES);
    expect(grants).toHaveLength(5);
    for (const row of grants) {
      expect(row[0]).toMatch(/^360G-northshire-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
      expect(row.slice(3, 8)).toEqual(['GBP', '300.00', '2026-11-16', `${row[0]}-recipient`, 'Individual Recipient']);
      expect([row[8], row[10], row[11], row[13]]).toEqual(['GTIR010', 'GTIP070;GTIP060', 'GB-LAE-NSH', 'early-action']);
    }
    expect(new Set(grants.map(([id]) => id)).size).toBe(5);
    const page = await finance.get('/spend/360giving?year=2026-27');
    expect(page.text).toMatch(/Left out<\/dt>\s*<dd>1</);
  });

  it('say nothing of who was helped, nor of immigration', async () => {
    const { text } = await finance.get(FILE);
    expect(text).not.toMatch(/PUB-|LEAD|NRPF|recourse|section 17|GTIR090/i);
  });

  it('tell what was paid, less what was given back, and that it was an emergency', async () => {
    const { body } = await client.get('finance', `/awards/${emergencyAward}`).expect(200);
    const [payment] = (body as { payments: { orderId: string; left: string }[] }).payments;
    const parts = [{ paymentId: payment!.orderId, amount: '30.00' }];
    const terms = { givenBy: 'family', way: 'cash', expectedOn: '2026-12-01', reason: 'It was not needed.' };
    await client.post('finance', `/awards/${emergencyAward}/given-back`, { parts, ...terms }).expect(201);
    const [, ...grants] = await rows();
    const emergency = grants.find((row) => row[9] === 'GTIR100');
    expect(emergency?.slice(-2)).toEqual(['230.00', '2026-12-01']);
    expect(grants.filter((row) => row[9] === '').map((row) => row[19])).toEqual(
      Array.from({ length: 4 }, () => '0.00'),
    );
  });

  it('are written by the command line too, with how many were left out', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'grants-'));
    const file = join(folder, 'grants.csv');
    const named = ['--council', 'northshire', '--prefix', '360G-northshire', '--funder', 'GB-LAE-NSH'];
    const { code, answer } = await commandOn(house, 'grants-360giving', file, ...named);
    expect([code, answer.grants, answer.leftOut]).toEqual([0, 5, 1]);
    expect((await readFile(file, 'utf8')).split('\r\n')[0]).toBe(TITLES);
    await rm(folder, { recursive: true });
  });

  it('are refused without the council’s own prefix and number, and to whom spending is not for', async () => {
    const bare = await finance.get('/spend/360giving.csv?year=2026-27');
    expect(bare.status).toBe(422);
    expect((await (await PageVisitor.signedIn(house, 'caseworker')).get(FILE)).status).toBe(403);
  });

  it('that are paid the same day count as grants where money went', async () => {
    const { body } = await client.get('finance', '/spend?by=category').expect(200);
    const { parts } = body as { parts: { key: string; grants: string }[] };
    expect(parts.map(({ key, grants }) => [key, grants])).toEqual(
      expect.arrayContaining([
        ['grants:housing', '210.00'],
        ['grants:food', '20.00'],
      ]),
    );
  });
});
