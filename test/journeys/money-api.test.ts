import { operatorOf } from '../../src/kernel/index.ts';
import { AddFund } from '../../src/funds/index.ts';
import { familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { Client, problemIn } from '../support/http.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let runId: string;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await takeIn(house.app, house.council, [...familyRows('A-1'), ...familyRows('A-2'), ...familyRows('A-3')]);
  runId = await completeRun(house.app, house.council, FIRST_PAY_DATE);
  await completeRun(house.app, house.council, '2026-12-03', 'approved');
  await house.app.get(AddFund).run(operatorOf(house.council.id), { code: 'winter', name: 'Winter', pays: ['grant'] });
});
afterAll(() => house.close());

interface Shown {
  readonly document: string;
  readonly kind: string;
  readonly leg: number;
  readonly amount: string;
}
interface Named {
  readonly id: string;
  readonly code: string;
  readonly balance: string;
  readonly side: string;
  readonly fundId: string | null;
}

const get = async <T>(as: Persona, path: string): Promise<T> => (await client.get(as, path).expect(200)).body as T;
const accounts = async (): Promise<Named[]> =>
  (await get<{ accounts: Named[] }>('auditor', '/ledger/accounts')).accounts;
const accountOf = async (code: string): Promise<Named> => (await accounts()).find((each) => each.code === code)!;
const keyOf = ({ document, kind, leg }: Shown): string => `${document} ${kind} ${leg}`;

/** Reads the journal to its end, two at a time. */
async function wholeJournal(query: string): Promise<string[]> {
  const found: string[] = [];
  for (let next: string | null = ''; next !== null;) {
    const at: string = `/ledger/journal?limit=2${query}${next && `&after=${next}`}`;
    const page: { transfers: Shown[]; next: string | null } = await get('auditor', at);
    found.push(...page.transfers.map(keyOf));
    next = page.next;
  }
  return found;
}

/** Asks the table itself, in the order of the journal. */
async function fromTheTable(condition: string): Promise<string[]> {
  const { rows } = await house.superuser.query<Shown>(
    `select document_id as document, k.name as kind, leg from ledger.transfer t join ledger.transfer_kind k on k.code = t.kind
      where t.authority_id = ${house.council.id} and ${condition}
      order by effective_date desc, document_id desc, t.kind desc, leg desc`,
  );
  return rows.map(keyOf);
}

describe('The journal over the API', () => {
  it('shows each transfer once, page after page, however it is narrowed', async () => {
    const spent = await accountOf('section-17:spent');
    const available = await accountOf('section-17:available');
    const payable = await accountOf('payable');
    const touches = (id: string): string => `${id} in (debit_account, credit_account)`;
    const narrowings: [query: string, condition: string][] = [
      ['', 'true'],
      ['&kind=pay', 't.kind = 4'],
      ['&kind=commit', 't.kind = 2'],
      ['&kind=send', 't.kind = 6'],
      ['&kind=move-in', 'false'],
      [`&accountId=${spent.id}`, touches(spent.id)],
      [`&accountId=${available.id}`, touches(available.id)],
      [`&accountId=${payable.id}&kind=pay`, `${touches(payable.id)} and t.kind = 4`],
      [`&fundId=${spent.fundId}`, `t.kind <> 6`],
      [`&runId=${runId}`, `run_id = ${runId}`],
      ['&from=2026-11-17', `effective_date >= '2026-11-17'`],
      ['&to=2026-11-16', `effective_date <= '2026-11-16'`],
    ];
    for (const [query, condition] of narrowings)
      expect([query, await wholeJournal(query)]).toEqual([query, await fromTheTable(condition)]);
  });

  it('opens one transfer, and says so when there is none', async () => {
    const [first] = (await get<{ transfers: Shown[] }>('auditor', '/ledger/journal')).transfers;
    const at = `/ledger/transfers/${first?.document}/${first?.kind}/${first?.leg}`;
    expect(await get<Shown>('finance', at)).toEqual(first);
    expect(problemIn(await client.get('finance', '/ledger/transfers/1/pay/0'))).toEqual([404, 'no_such_transfer']);
  });

  it('is read by finance and auditors only', async () => {
    for (const path of ['/ledger/journal', '/ledger/accounts'])
      expect(problemIn(await client.get('manager', path))).toEqual([403, 'not_permitted']);
  });
});

describe('An account over the API', () => {
  it('says what stood on it on any day, as its statement does', async () => {
    const spent = await accountOf('section-17:spent');
    const at = `/ledger/accounts/${spent.id}`;
    const period = 'from=2026-11-01&to=2026-12-31';
    const statement = await get<{ closing: Named; days: { day: string; balance: string }[] }>(
      'auditor',
      `${at}/statement?${period}`,
    );
    expect([statement.closing.balance, statement.closing.side]).toEqual([spent.balance, spent.side]);
    for (const { day, balance } of statement.days)
      expect((await get<Named>('auditor', `${at}/balance?on=${day}`)).balance).toBe(balance);
    expect((await get<Named>('auditor', `${at}/balance?on=2026-11-01`)).balance).toBe('0.00');
  });

  it('lists what holds committed money, to its balance', async () => {
    const committed = await accountOf('section-17:committed');
    const { reservations } = await get<{ reservations: Shown[] }>(
      'finance',
      `/ledger/accounts/${committed.id}/reservations`,
    );
    expect(reservations.map(({ amount }) => amount)).toEqual([committed.balance]);
  });
});

describe('Money for funds over the API', () => {
  const money = { fundCode: 'winter', financialYear: '2026-27', amount: '750.50', reason: 'Cabinet' };
  const availableIn = async (code: string): Promise<string | undefined> =>
    (await get<{ funds: { code: string; available: string }[] }>('auditor', '/funds')).funds.find(
      (fund) => fund.code === code,
    )?.available;

  it('is a proposal until a second person approves it', async () => {
    const { body } = await client.post('finance', '/budgets', money).expect(201);
    const at = `/fund-proposals/${(body as { proposalId: string }).proposalId}`;
    expect(await availableIn('winter')).toBe('0.00');
    expect(problemIn(await client.post('finance', `${at}/approve`))).toEqual([403, 'own_fund_proposal']);
    expect(problemIn(await client.post('manager', `${at}/approve`))).toEqual([403, 'not_permitted']);
    expect(problemIn(await client.post('administrator', `${at}/withdraw`))).toEqual([403, 'not_your_fund_proposal']);
    await client.post('administrator', `${at}/approve`).expect(200, { state: 'approved' });
    expect(problemIn(await client.post('finance2', `${at}/approve`))).toEqual([409, 'fund_proposal_decided']);
    expect(await availableIn('winter')).toBe('750.50');
    expect(await get('auditor', at)).toMatchObject({ state: 'approved', amount: '750.50' });
  });

  it('moves from one fund to another, never more than there is', async () => {
    const back = { ...money, fundCode: 'section-17', fromFundCode: 'winter' };
    expect(problemIn(await client.post('finance', '/moves', { ...back, amount: '750.51' }))).toEqual([
      ...[409, 'fund_overspent'],
    ]);
    expect(problemIn(await client.post('finance', '/moves', { ...back, financialYear: '2027-28' }))).toEqual([
      ...[409, 'budget_of_year_too_small'],
    ]);
    expect(problemIn(await client.post('finance', '/moves', { ...back, fundCode: 'winter' }))).toEqual([
      ...[422, 'same_fund'],
    ]);
    const { body } = await client.post('administrator', '/moves', back).expect(201);
    const at = `/fund-proposals/${(body as { proposalId: string }).proposalId}`;
    await client.post('finance', `${at}/approve`).expect(200);
    expect(await availableIn('winter')).toBe('0.00');
    expect((await wholeJournal('&kind=move-out')).length).toBe(1);
    expect((await wholeJournal('&kind=move-in')).length).toBe(1);
  });

  it('refuses a year that is none, and an amount of nothing', async () => {
    for (const wrong of [
      { financialYear: '2026-28' },
      { financialYear: '2026' },
      { amount: '0.00' },
      { amount: '1,5' },
    ])
      expect((await client.post('finance', '/budgets', { ...money, ...wrong })).status).toBe(422);
  });

  it('needs a fund, which an administrator adds', async () => {
    const fund = { code: 'summer', name: 'Summer', pays: ['grant'] };
    expect(problemIn(await client.post('finance', '/funds', fund))).toEqual([403, 'not_permitted']);
    const { body } = await client.post('administrator', '/funds', fund).expect(201);
    const { fundId } = body as { fundId: string };
    expect(await get('manager', `/funds/${fundId}`)).toMatchObject({ code: 'summer', budget: '0.00', entries: [] });
    expect(problemIn(await client.post('administrator', '/funds', fund))).toEqual([409, 'fund_exists']);
  });
});
