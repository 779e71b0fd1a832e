import { PayCalendarTick } from '../../src/payments/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { openRun, payRun, type ShownLine } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let paidRun: string;
let runId: string;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await takeIn(house.app, house.council, [
    // Taken in out of order: the list is put in order of reference.
    ...familyRows('L-C', { team: 'Harbour' }, child('2020-01-01'), child('2021-01-01')),
    ...familyRows('L-A', { team: 'Hill' }),
    ...familyRows('L-D', { support_to: '2026-12-03', team: 'Hill' }, child('2019-01-01')),
    ...familyRows('L-B', { team: 'Hill' }, child('2022-02-02')),
    ...familyRows('L-E', { sort_code: '', account_number: '', account_name: '' }),
  ]);
  paidRun = await payRun(house, client, '2026-11-26');
  house.setToday('2026-11-30' as PlainDate);
  runId = await openRun(house, client, '2026-12-03');
});
afterAll(() => house.close());

interface Page<Row> {
  readonly rows: Row[];
  readonly next: string | null;
}

async function lines(query: string, run = runId): Promise<Page<ShownLine>> {
  const { body } = await client.get('finance', `/runs/${run}/lines?${query}`).expect(200);
  const { lines: rows, next } = body as { lines: ShownLine[]; next: string | null };
  return { rows, next };
}

/** Follows a list to its end. */
async function everyFamily(query: string): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = '0'; after !== null;) {
    const page: Page<ShownLine> = await lines(`${query}&after=${after}`);
    found.push(...page.rows.map((line) => line.family));
    after = page.next;
  }
  return found;
}

describe('The lines of a run', () => {
  it('come by family, by amount or by number, each once, however the pages are cut', async () => {
    for (const limit of [1, 2, 3, 50]) {
      expect(await everyFamily(`sort=family&limit=${limit}`)).toEqual(['L-A', 'L-B', 'L-C', 'L-E']);
      expect(await everyFamily(`sort=number&limit=${limit}`)).toHaveLength(4);
      expect((await everyFamily(`sort=amount&limit=${limit}`))[0]).toBe('L-C');
      expect(new Set(await everyFamily(`sort=amount&limit=${limit}`)).size).toBe(4);
    }
  });

  it('are narrowed by state, cause, fund, team and reference', async () => {
    const families = async (query: string): Promise<string[]> => (await lines(query)).rows.map((line) => line.family);
    expect(await families('status=held&cause=no-bank-details')).toEqual(['L-E']);
    expect(await families('cause=contact-lost')).toEqual([]);
    expect(await families('team=Hill&sort=family')).toEqual(['L-A', 'L-B']);
    expect(await families('reference=L-C')).toEqual(['L-C']);
    expect(await families('fundId=999999')).toEqual([]);
    expect(problemIn(await client.get('finance', `/runs/${runId}/lines?change=odd`))).toEqual([422, 'input_refused']);
  });

  it('say how each differs from the last payment', async () => {
    const first = (await lines('sort=family&change=new', paidRun)).rows;
    expect(first.map((line) => line.family)).toEqual(['L-A', 'L-B', 'L-C', 'L-D', 'L-E']);
    expect((await lines('change=more')).rows).toEqual([]);
  });
});

describe('The variance of a run', () => {
  it('names who stopped, with totals by kind', async () => {
    const { body } = await client.get('auditor', `/runs/${runId}/variance?sort=difference`).expect(200);
    expect(body).toMatchObject({
      totals: { stopped: { payments: 1, before: '98.36', now: '0.00' }, new: { payments: 0 } },
      variance: [{ family: 'L-D', kinds: ['stopped'], lineId: null, before: '98.36', now: null, difference: '-98.36' }],
      next: null,
    });
  });

  it('leaves out what is held: nothing is paid', async () => {
    const { body } = await client.get('finance', `/runs/${paidRun}/variance?limit=2`).expect(200);
    expect(body).toMatchObject({ totals: { new: { payments: 4 } }, variance: [{ family: 'L-A' }, { family: 'L-B' }] });
  });

  it('is for those who may see runs', async () => {
    expect(problemIn(await client.get('caseworker', `/runs/${runId}/variance`))).toEqual([403, 'not_permitted']);
    expect(problemIn(await client.get('finance', '/runs/999999/variance'))).toEqual([404, 'no_such_run']);
  });
});

describe('The runs and the pay calendar', () => {
  it('are listed by state, a page at a time', async () => {
    const { body } = await client.get('manager', '/runs?limit=1').expect(200);
    const first = body as { runs: { id: string; byFund: unknown }[]; next: string };
    expect(first).toMatchObject({ runs: [{ id: runId }], next: runId });
    const second = await client.get('manager', `/runs?limit=1&after=${first.next}`).expect(200);
    expect(second.body).toMatchObject({ runs: [{ id: paidRun }] });
    const exported = await client.get('manager', '/runs?state=exported').expect(200);
    expect((exported.body as { runs: object[] }).runs).toHaveLength(1);
  });

  it('give days, bank holidays and what arrives when', async () => {
    await house.app.get(PayCalendarTick).tick(house.council.id);
    const { body } = await client.get('finance', '/pay-calendar').expect(200);
    expect(body).toMatchObject({ today: '2026-11-30', soonestEntryDay: '2026-12-02' });
    const { bankHolidays, dates } = body as { bankHolidays: object[]; dates: { payDate: string; isEarly: boolean }[] };
    expect(bankHolidays).toContainEqual({ date: '2026-12-25', title: 'Christmas Day' });
    expect(dates.find((each) => each.payDate === '2026-12-03')).toMatchObject({ runId, state: 'priced' });
  });
});

describe('A step on a run that changed meanwhile', () => {
  it('is refused where the caller says what they saw', async () => {
    const [line] = (await lines('reference=L-A')).rows;
    const why = { category: 'other', reason: 'Seen another run' };
    const hold = await client.post('finance', `/runs/${runId}/hold`, { ...why, lineIds: [line?.id], seen: 1 });
    expect(problemIn(hold)).toEqual([409, 'run_moved_on']);
    const cancel = await client.post('finance', `/runs/${runId}/cancel`, { reason: 'Seen another run', seen: 1 });
    expect(problemIn(cancel)).toEqual([409, 'run_moved_on']);
  });
});
