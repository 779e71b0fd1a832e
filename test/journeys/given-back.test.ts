import type { PlainDate } from '../../src/kernel/index.ts';
import { verifyAll } from '../../src/house/index.ts';
import { ImportStatement, threeWayProof } from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { fundNamed, grantFund, knownFamily, NO_INTEREST, recommended, shown } from '../support/grants-scene.ts';
import { Client, problemIn } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { takeRun } from '../support/run-over-http.ts';
import { lineOfFile, sentFiles, statementOf } from '../support/statement-files.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

interface GivenBack {
  readonly payments: { orderId: string; amount: string; left: string }[];
  readonly givenBack: { id: string; state: string; amount: string; shown: string }[];
  readonly sums: { paid: string; givenBack: string };
}

let house: TestHouse;
let client: Client;
let award: string;
let payment: string;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await grantFund(house.app, house.council, '1000.00');
  award = await paidAward('240.00', '2026-11-20');
  payment = (await awardShown()).payments[0]!.orderId;
});
afterAll(() => house.close());

/** Has an award of one item approved, and paid where a pay date is given. @returns its number */
async function paidAward(amount: string, payDate: string | null): Promise<string> {
  const family = await knownFamily(house, `B-${Number.parseInt(amount, 10)}`);
  const application = await recommended(client, family, [{ code: 'rent-arrears', amount }]);
  const { fingerprint } = await shown(client, application);
  const decision = { ...NO_INTEREST, outcome: 'approved', fingerprint, reason: '' };
  await client.post('manager', `/grant-applications/${application}/decision`, decision).expect(200);
  if (payDate) {
    const { body } = await client.post('finance', '/grants-runs', { payDate }).expect(201);
    await workOff(house.app, house.council.id);
    await takeRun(house, client, (body as { runId: string }).runId, 'exported');
  }
  return (await shown(client, application)).award!.id;
}

async function awardShown(): Promise<GivenBack> {
  return (await client.get('finance', `/awards/${award}`).expect(200)).body as GivenBack;
}

const give = (amount: string, as: 'finance' | 'manager' = 'finance', changes: object = {}) =>
  client.post(as, `/awards/${award}/given-back`, {
    parts: [{ paymentId: payment, amount }],
    ...{
      givenBy: 'payee',
      way: 'transfer',
      expectedOn: '2026-11-23',
      reason: 'The landlord was owed less.',
      ...changes,
    },
  });

/** What was spent of grants, as the spend page adds it up, and the transfers it opens to. */
async function spent(): Promise<{ total: string; count: number }> {
  const { body } = await client.get('finance', '/spend/transfers?category=grants:housing').expect(200);
  return body as { total: string; count: number };
}

describe('Unspent money of an award', () => {
  it('goes back to its fund when the payee gives a part back: less is spent, more is available, the budget stays', async () => {
    expect(await fundNamed(client)).toMatchObject({ available: '760.00', committed: '0.00', spent: '240.00' });
    const { body } = await give('90.00').expect(201);
    expect((body as { givenBackIds: string[] }).givenBackIds).toHaveLength(1);
    expect(await fundNamed(client)).toMatchObject({
      ...{ budget: '1000.00', available: '850.00', committed: '0.00', spent: '150.00' },
    });
    expect((await awardShown()).sums).toEqual({ paid: '240.00', givenBack: '90.00' });
  });

  it('is seen where money went, under the very payment it came from', async () => {
    expect(await spent()).toMatchObject({ total: '150.00', count: 2 });
    const { body } = await client.get('finance', '/spend?by=category').expect(200);
    const parts = (body as { parts: { key: string; spent: string }[] }).parts;
    expect(parts.find(({ key }) => key === 'grants:housing')).toMatchObject({ spent: '150.00' });
  });

  it('is never more than was paid, and never without a reason', async () => {
    expect(problemIn(await give('150.01'))).toEqual([409, 'more_than_was_paid']);
    expect(problemIn(await give('1.00', 'finance', { reason: ' ' }))).toEqual([422, 'input_refused']);
    expect(problemIn(await give('0.001'))).toEqual([422, 'input_refused']);
    const other = { parts: [{ paymentId: '999999', amount: '1.00' }] };
    expect(problemIn(await give('1.00', 'finance', other))).toEqual([404, 'no_such_payment_of_award']);
    expect(problemIn(await give('1.00', 'manager'))).toEqual([403, 'not_permitted']);
  });

  it('is not given back twice by two people at once', async () => {
    const both = await Promise.all([give('100.00'), give('100.00')]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const second = (await awardShown()).givenBack.at(-1)!;
    await client
      .post('finance', `/awards/${award}/given-back/${second.id}/withdraw`, { reason: 'It was a slip.' })
      .expect(200);
    expect(await fundNamed(client)).toMatchObject({ available: '850.00', spent: '150.00' });
    expect(problemIn(await give('150.00', 'finance', { expectedOn: '2027-06-01' }))[0]).toBe(409);
  });

  it('is matched with the bank line that shows it, and then cannot be said not to have come', async () => {
    const [mine] = (await awardShown()).givenBack;
    const [file] = await sentFiles(house);
    const credit = {
      date: '2026-11-23' as PlainDate,
      direction: 'credit' as const,
      amount: '90.00',
      reference: `LANDLORD ${mine!.id}`,
    };
    house.setToday('2026-11-24' as PlainDate);
    const bytes = statementOf(1, '9000.00', [lineOfFile(file!), credit]);
    await house.app.get(ImportStatement).run(house.council.actors.finance, 'statement.xml', bytes);
    await workOff(house.app, house.council.id);
    expect((await awardShown()).givenBack[0]).toMatchObject({ amount: '90.00', shown: '90.00', state: 'expected' });
    const withdrawn = await client.post('finance', `/awards/${award}/given-back/${mine!.id}/withdraw`, {
      reason: 'No.',
    });
    expect(problemIn(withdrawn)).toEqual([409, 'given_back_came']);
    expect((await house.app.get(UnitOfWork).read(house.council.actors.finance, threeWayProof)).isTied).toBe(true);
  });

  it('cannot be said not to have come once it is awarded again', async () => {
    await give('50.00', 'finance', { expectedOn: '2026-11-30' }).expect(201);
    const { id } = (await awardShown()).givenBack.at(-1)!;
    await paidAward('900.00', null);
    const late = await client.post('finance', `/awards/${award}/given-back/${id}/withdraw`, {
      reason: 'It never came.',
    });
    expect(problemIn(late)).toEqual([409, 'fund_overspent']);
  });

  it('is nothing to another council, and leaves books that prove themselves', async () => {
    expect(
      problemIn(
        await client.post('finance', '/awards/999999/given-back', {
          ...{ parts: [{ paymentId: payment, amount: '1.00' }], givenBy: 'family', way: 'cash' },
          ...{ expectedOn: '2026-11-23', reason: 'Why' },
        }),
      ),
    ).toEqual([404, 'no_such_award']);
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });
});
