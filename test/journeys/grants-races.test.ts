import fc from 'fast-check';
import { verifyAll } from '../../src/house/index.ts';
import { grantFund, knownFamily, NO_INTEREST, recommended, shown } from '../support/grants-scene.ts';
import { Client, problemIn } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { linesOf, takeRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
const families: string[] = [];
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  for (const name of ['R-1', 'R-2', 'R-3', 'R-4']) families.push(await knownFamily(house, name));
});
afterAll(() => house.close());

const pence = (text: string): bigint => BigInt(text.replace('.', ''));

/** The figures of a fund, in pence, and whether they add up. */
async function figures(code: string): Promise<Record<'budget' | 'available' | 'committed' | 'spent', bigint>> {
  const { body } = await client.get('finance', '/funds').expect(200);
  const fund = (body as { funds: Record<string, string>[] }).funds.find((each) => each.code === code)!;
  const of = (name: string): bigint => pence(fund[name] ?? '0.00');
  return { budget: of('budget'), available: of('available'), committed: of('committed'), spent: of('spent') };
}

const approve = async (as: 'manager' | 'manager2', id: string): Promise<[number, string | undefined]> => {
  const { fingerprint } = await shown(client, id);
  const decision = { ...NO_INTEREST, outcome: 'approved', fingerprint, reason: '' };
  return problemIn(await client.post(as, `/grant-applications/${id}/decision`, decision));
};

describe('Two managers who approve the last £200 of a fund at once', () => {
  it('one wins and the other is told why; nothing is lost', async () => {
    await grantFund(house.app, house.council, '200.00', 'last-pounds');
    const items = [{ code: 'travel', amount: '200.00' }];
    const ids = [
      await recommended(client, families[0]!, items, { fundCode: 'last-pounds' }),
      await recommended(client, families[1]!, items, { fundCode: 'last-pounds' }),
    ];
    const answers = await Promise.all([approve('manager', ids[0]!), approve('manager2', ids[1]!)]);
    expect(answers.toSorted()).toEqual([
      [200, undefined],
      [409, 'fund_overspent'],
    ]);
    expect(await figures('last-pounds')).toEqual({ budget: 20000n, available: 0n, committed: 20000n, spent: 0n });
    const states = (await Promise.all(ids.map((id) => shown(client, id)))).map((each) => each.state);
    expect(states.toSorted()).toEqual(['awarded', 'recommended']);
  });
});

describe('A decision on something else than was seen', () => {
  it('is refused when the worker changed it meanwhile, and the request is void', async () => {
    await grantFund(house.app, house.council, '500.00', 'moving');
    const id = await recommended(client, families[0]!, [{ code: 'food', amount: '50.00' }], { fundCode: 'moving' });
    const { fingerprint } = await shown(client, id);
    await client.post('caseworker', `/grant-applications/${id}/answers`, { need: 'More than before.' }).expect(200);
    const late = await client.post('manager', `/grant-applications/${id}/decision`, {
      ...{ ...NO_INTEREST, outcome: 'approved', fingerprint, reason: '' },
    });
    expect(problemIn(late)).toEqual([409, 'changed_since_seen']);
    expect(late.text).toContain('Since then: the need.');
    const items = [
      { code: 'food', amount: '65.00' },
      { code: 'travel', amount: '10.00' },
    ];
    await client.post('caseworker', `/grant-applications/${id}/answers`, { items }).expect(200);
    await client.post('caseworker', `/grant-applications/${id}/submit`).expect(200);
    await client.post('caseworker', `/grant-applications/${id}/recommend`, { recommendation: 'Still.' }).expect(200);
    const old = await client.post('manager', `/grant-applications/${id}/decision`, {
      ...{ ...NO_INTEREST, outcome: 'approved', fingerprint, reason: '' },
    });
    expect(problemIn(old)).toEqual([409, 'changed_since_seen']);
    expect((old.body as { detail: string }).detail).toMatch(
      /Since then: “.+” was £50\.00 and is £65\.00; “.+” of £10\.00 was added; the need; the recommendation\.$/,
    );
  });

  it('is refused to whoever declares a conflict of interest, for good', async () => {
    const id = await recommended(client, families[3]!, [{ code: 'bed', amount: '50.00' }], { fundCode: 'moving' });
    const { fingerprint } = await shown(client, id);
    const mine = { declared: 'conflict', about: 'The landlord is my brother' };
    const said = { interest: mine, outcome: 'changes_asked', fingerprint, reason: 'x' };
    await client.post('manager', `/grant-applications/${id}/decision`, said).expect(200);
    expect((await shown(client, id)).state).toBe('recommended');
    expect(await approve('manager', id)).toEqual([403, 'conflict_declared']);
    expect(await approve('manager2', id)).toEqual([200, undefined]);
  });
});

describe('Committed, spent and available', () => {
  it('add up to the budget after any commands, side by side', async () => {
    await grantFund(house.app, house.council, '400.00', 'mixed');
    const ids: string[] = [];
    const awards: string[] = [];
    let day = 1;
    const commands = {
      ask: async (n: number) => {
        const items = [{ code: 'phone-data', amount: `${(n % 60) + 1}.0${n % 10}`, instalments: (n % 3) + 1 }];
        ids.push(await recommended(client, families[n % families.length]!, items, { fundCode: 'mixed' }));
      },
      approve: async (n: number) => {
        const id = ids[n % Math.max(1, ids.length)];
        if (!id) return;
        const person = n % 2 === 0 ? 'manager' : 'manager2';
        for (const { kind, outcome } of (await shown(client, id)).checks)
          if (outcome === 'person')
            await client.post('caseworker', `/grant-applications/${id}/checks/${kind}`, { note: 'Looked at.' });
        await approve(person, id);
        const { award } = await shown(client, id);
        if (award) awards.push(award.id);
      },
      cancel: async (n: number) => {
        const id = awards[n % Math.max(1, awards.length)];
        if (id) await client.post('finance', `/awards/${id}/cancel`, { reason: 'No longer needed.' });
      },
      pay: async () => {
        day += 1;
        const payDate = new Date(Date.UTC(2026, 10, 17 + day * 7)).toISOString().slice(0, 10);
        const opened = await client.post('finance', '/grants-runs', { payDate });
        if (opened.status !== 201) return;
        const { runId } = opened.body as { runId: string };
        await workOff(house.app, house.council.id);
        if ((await linesOf(client, runId)).length > 0) await takeRun(house, client, runId, 'exported');
      },
    };
    const steps = fc.sample(
      fc.array(fc.tuple(fc.constantFrom('ask', 'ask', 'approve', 'approve', 'cancel'), fc.nat(999)), {
        minLength: 3,
        maxLength: 3,
      }),
      { numRuns: 8, seed: 20261125 },
    );
    for (const [index, together] of steps.entries()) {
      await Promise.all(together.map(([name, n]) => commands[name as 'ask'](n)));
      if (index % 3 === 2) await commands.pay();
      const { budget, available, committed, spent } = await figures('mixed');
      expect(available + committed + spent).toBe(budget);
      expect([available, committed, spent].every((each) => each >= 0n)).toBe(true);
    }
    const { committed, spent } = await figures('mixed');
    expect(committed + spent).toBeGreaterThan(0n);
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  }, 120_000);
});
