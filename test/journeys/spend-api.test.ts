import { commandOn } from '../support/command-line.ts';
import { Client, problemIn } from '../support/http.ts';
import { penceOf, type RawTransfer, rawTransfers, spendScene, written } from '../support/spend-scene.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let raw: RawTransfer[];
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await spendScene(house);
  raw = await rawTransfers(house, house.council);
}, 120_000);
afterAll(() => house.close());

interface Part {
  readonly key: string | null;
  readonly name: string;
  readonly spent: string;
  readonly committed: string;
  readonly forecast: string | null;
  readonly payments: number;
  readonly households: number;
  readonly householdDays: number;
  readonly costPerHouseholdWeek: string | null;
  readonly section17: string;
  readonly grants: string;
  readonly budget?: string;
  readonly available?: string;
}
interface Spend {
  readonly total: Part;
  readonly parts: readonly Part[];
  readonly months: readonly { month: string; section17: string; grants: string; spent: string }[];
  readonly committedElsewhere: string;
  readonly forecastRestsOn: Record<string, unknown>;
}
const spend = async (query: string): Promise<Spend> =>
  (await client.get('auditor', `/spend?${query}`).expect(200)).body as Spend;
const divisions = ['fund', 'category', 'team', 'ward', 'month', 'standard'] as const;
type Division = (typeof divisions)[number];
const groups = (transfers: readonly RawTransfer[], by: Division): Map<string | null, RawTransfer[]> => {
  const found = new Map<string | null, RawTransfer[]>();
  for (const each of transfers) found.set(each[by], [...(found.get(each[by]) ?? []), each]);
  return found;
};

describe('Spending over the API', () => {
  it('has much to tell apart: two funds and months, teams, wards, standards, and some without', () => {
    expect(raw.length).toBeGreaterThan(50);
    for (const [by, n] of Object.entries({ fund: 2, month: 2, standard: 2, team: 3, ward: 4 }))
      expect([by, groups(raw, by as Division).size]).toEqual([by, n]);
    for (const by of ['team', 'ward'] as const) expect(groups(raw, by).has(null)).toBe(true);
  });

  it.each(divisions)('by %s gives each part as the sum of its transfers, worked out another way', async (by) => {
    const { parts, total } = await spend(`by=${by}`);
    const spent = parts
      .filter((part) => part.payments > 0)
      .map((part) => [part.key, part.spent, part.payments, part.households, part.householdDays]);
    const mine = [...groups(raw, by)].map(([key, all]) => [
      ...[key, written(penceOf(all)), all.length, new Set(all.map(({ family }) => family)).size],
      all.reduce((sum, { days }) => sum + days, 0),
    ]);
    const ordered = (rows: unknown[][]) => rows.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
    expect(ordered(spent)).toEqual(ordered(mine));
    expect(total.spent).toBe(written(penceOf(raw)));
    expect(total.payments).toBe(raw.length);
  });

  it('narrows by everything at once, and still adds up', async () => {
    for (const by of divisions)
      for (const [key, all] of groups(raw, by)) {
        const narrowed = `${by}=${encodeURIComponent(key ?? '~none')}`;
        for (const other of divisions) {
          const { total, parts } = await spend(`${narrowed}&by=${other}`);
          expect([narrowed, other, total.spent]).toEqual([narrowed, other, written(penceOf(all))]);
          expect(written(penceOf(parts.map(({ spent }) => ({ amount: spent }))))).toBe(total.spent);
        }
      }
  });

  it('sets every month of the year beside each other, section 17 and grants', async () => {
    const { months, total } = await spend('year=2026-27');
    expect(months.map(({ month }) => month)).toEqual(
      ['04', '05', '06', '07', '08', '09', '10', '11', '12']
        .map((m) => `2026-${m}`)
        .concat(['2027-01', '2027-02', '2027-03']),
    );
    expect(months.map(({ spent }) => spent)).toEqual(
      months.map(({ month }) => written(penceOf(raw.filter((each) => each.month === month)))),
    );
    expect(total.grants).toBe('0.00');
    expect(total.section17).toBe(total.spent);
  });

  it('says of each fund what the ledger says: budget less committed less spent is available', async () => {
    const { parts, total, committedElsewhere } = await spend('by=fund');
    for (const { budget = '', committed, spent, available = '' } of [...parts, total]) {
      const pence = (text: string): bigint => BigInt(text.replace('.', ''));
      expect(pence(budget) - pence(committed) - pence(spent)).toBe(pence(available));
    }
    const { rows } = await house.superuser.query<{ kind: string; balance: string }>(
      `select a.kind, sum(case when t.credit_account = a.id then t.amount else -t.amount end)::text as balance
         from ledger.account a join ledger.transfer t on a.id in (t.debit_account, t.credit_account)
        where a.authority_id = $1 and a.kind in ('committed', 'available') group by 1 order by 1`,
      [house.council.id],
    );
    expect(rows.map(({ balance }) => balance)).toEqual([total.available, total.committed]);
    expect(Number(total.committed.slice(0, 1))).toBeGreaterThan(0);
    expect(committedElsewhere).toBe('0.00');
  });

  it('divides what approved runs hold as it divides what is spent', async () => {
    const { total } = await spend('by=fund');
    for (const by of divisions) {
      const { parts, committedElsewhere } = await spend(`by=${by}`);
      const held = [...parts.map(({ committed }) => committed), committedElsewhere].map((amount) => ({ amount }));
      expect([by, written(penceOf(held))]).toEqual([by, total.committed]);
    }
  });

  it('forecasts from what a week took: spent, committed, and the weeks left', async () => {
    const { total, parts, forecastRestsOn } = await spend('by=ward');
    // Three runs sent, the last to arrive on 10 December; the fourth is approved for 17 December.
    expect(forecastRestsOn).toEqual({
      ...{ measuredFrom: '2026-11-20', measuredTo: '2026-12-10', weeksMeasured: 3 },
      ...{ countedFrom: '2026-12-17', weeksLeft: '14.9' },
    });
    const measured = penceOf(raw.filter(({ day }) => day >= '2026-11-20' && day <= '2026-12-10'));
    const ahead = (measured * 104n * 2n + 21n) / 42n;
    const committed = BigInt(total.committed.replace('.', ''));
    expect(total.forecast).toBe(written(penceOf(raw) + committed + ahead));
    expect(written(penceOf(parts.map(({ forecast }) => ({ amount: forecast ?? '0.00' }))))).toBe(total.forecast);
  });

  it('says what a household costs a week: subsistence over the weeks it paid for', async () => {
    const { total } = await spend('by=standard');
    const days = BigInt(raw.reduce((sum, each) => sum + each.days, 0));
    const weekly = (penceOf(raw) * 7n * 2n + days) / (days * 2n);
    expect(total.costPerHouseholdWeek).toBe(written(weekly));
  });

  it('opens a figure to its transfers, page after page, each once', async () => {
    for (const [ward, all] of groups(raw, 'ward')) {
      const found: string[] = [];
      for (let next: string | null = ''; next !== null;) {
        const at: string = `/spend/transfers?limit=4&ward=${encodeURIComponent(ward ?? '~none')}${next && `&after=${next}`}`;
        const { body } = await client.get('finance', at).expect(200);
        const page = body as { count: number; total: string; transfers: { document: string }[]; next: string | null };
        expect([page.count, page.total]).toEqual([all.length, written(penceOf(all))]);
        found.push(...page.transfers.map(({ document }) => document));
        next = page.next;
      }
      expect(found.toSorted()).toEqual(all.map(({ document }) => document).toSorted());
    }
  });

  it('shows nothing of a year without money, and refuses what it cannot read', async () => {
    const { total, parts } = await spend('year=2024-25&by=team');
    expect([total.spent, parts]).toEqual(['0.00', []]);
    for (const query of ['year=2026-28', 'by=colour', 'month=2026-13', 'fund=x', 'sort=colour'])
      expect(problemIn(await client.get('auditor', `/spend?${query}`))).toEqual([422, 'input_refused']);
  });

  it('counts a payment in the financial year its money arrives in', async () => {
    expect((await spend('year=2025-26')).total.spent).toBe('0.00');
    expect((await spend('month=2026-11')).total.spent).toBe(
      written(penceOf(raw.filter(({ month }) => month === '2026-11'))),
    );
    expect((await spend('month=2025-11')).total.spent).toBe('0.00');
  });

  it('is the same on the command line, by its own words', async () => {
    const { code, answer } = await commandOn(
      house,
      'spend',
      '--council',
      'northshire',
      '--year',
      '2026-27',
      '--by',
      'ward',
    );
    const { parts, total, months } = await spend('year=2026-27&by=ward');
    expect([code, answer]).toEqual([0, expect.objectContaining({ by: 'ward', year: '2026-27', parts, months })]);
    expect((answer.total as Part).spent).toBe(total.spent);
    const narrowed = await commandOn(house, 'spend', '--token', house.council.tokens.auditor, '--team', 'Early help');
    expect((narrowed.answer.total as Part).spent).toBe((await spend('team=Early+help')).total.spent);
    expect((await commandOn(house, 'spend', '--council', 'northshire', '--by', 'colour')).code).toBe(2);
    expect((await commandOn(house, 'spend', '--token', house.council.tokens.caseworker)).answer.code).toBe(
      'not_permitted',
    );
  });

  it('is for those who may see funds, and each look is on record', async () => {
    for (const persona of ['caseworker', 'releaser'] as const)
      for (const path of ['/spend', '/spend/transfers'])
        expect(problemIn(await client.get(persona, path))).toEqual([403, 'not_permitted']);
    for (const persona of ['finance', 'manager', 'administrator'] as const)
      await client.get(persona, '/spend').expect(200);
    const { rows } = await house.superuser.query<{ action: string }>(
      `select distinct action from audit.event where authority_id = $1 and action like 'reporting.%' order by 1`,
      [house.council.id],
    );
    expect(rows.map(({ action }) => action)).toEqual(['reporting.spend-seen', 'reporting.spend-transfers-seen']);
  });

  it('shows another council its own money, and nothing of ours', async () => {
    const theirs = await rawTransfers(house, house.other);
    expect(theirs).toHaveLength(2);
    const { auditor } = house.other.tokens;
    const answer = await fetch(`${house.url}/api/v1/spend?by=ward`, {
      headers: { authorization: `Bearer ${auditor}` },
    });
    const { total, parts } = (await answer.json()) as Spend;
    expect([total.spent, parts.map(({ key }) => key)]).toEqual([written(penceOf(theirs)), ['Quay', null]]);
  });
});
