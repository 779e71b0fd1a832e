import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { openRun, previewOf, stateOf, takeRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
  const rows = days.flatMap((day) => familyRows(day, { pay_day: day, paid_up_to: '2026-11-24' }));
  await takeIn(house.app, house.council, rows);
});
afterAll(() => house.close());

const approve = (fingerprint: string) => ({ outcome: 'approved', fingerprint });
const auditCount = async (action: string): Promise<number> =>
  (await house.superuser.query(`select 1 from audit.event where action = $1`, [action])).rowCount ?? 0;

describe('Opening a run', () => {
  it('is refused without an Idempotency-Key', async () => {
    const answer = await client.post('finance', '/runs', { payDate: FIRST_PAY_DATE }, { key: null });
    expect(problemIn(answer)).toEqual([400, 'idempotency_key_missing']);
    expect(problemIn(await client.post('finance', '/runs', {}, { key: 'k'.repeat(201) }))).toEqual([
      422,
      'input_refused',
    ]);
  });

  it('is answered from memory when the same key is sent again, with one effect', async () => {
    const key = randomUUID();
    const first = await client.post('finance', '/runs', { payDate: FIRST_PAY_DATE }, { key }).expect(201);
    const again = await client.post('finance', '/runs', { payDate: FIRST_PAY_DATE }, { key }).expect(201);
    expect(again.body).toEqual(first.body);
    expect(await auditCount('payments.run-opened')).toBe(1);
  });

  it('is refused when a key is used again for something else', async () => {
    const key = randomUUID();
    await client.post('finance', '/runs', { payDate: '2026-12-10' }, { key }).expect(201);
    const other = await client.post('finance', '/runs', { payDate: '2026-12-09' }, { key });
    expect(problemIn(other)).toEqual([422, 'idempotency_key_reused']);
    const elsewhere = await client.post('finance', '/runs/1/submit', {}, { key });
    expect(problemIn(elsewhere)).toEqual([422, 'idempotency_key_reused']);
  });

  it('is refused twice for one pay date', async () => {
    expect(problemIn(await client.post('finance', '/runs', { payDate: FIRST_PAY_DATE }))).toEqual([
      409,
      'run_opened_twice',
    ]);
  });

  it.each([
    ['2026-11-28', 422, 'not_a_pay_date'],
    ['2027-06-03', 422, 'too_far_ahead'],
    ['2026-02-30', 422, 'input_refused'],
    ['tomorrow', 422, 'input_refused'],
    [20261126, 422, 'input_refused'],
  ])('is refused for %s', async (payDate, status, code) => {
    expect(problemIn(await client.post('finance', '/runs', { payDate }))).toEqual([status, code]);
  });

  it('is refused when what was sent cannot be read', async () => {
    const answer = await request(house.url)
      .post('/api/v1/runs')
      .auth(house.council.tokens.finance, { type: 'bearer' })
      .set({ 'content-type': 'application/json', 'Idempotency-Key': 'x' })
      .send('{"payDate": ');
    expect(problemIn(answer)).toEqual([400, 'request_not_understood']);
  });
});

describe('A run that is there', () => {
  let runId: string;
  let fingerprint: string;
  beforeAll(async () => {
    runId = await openRun(house, client, '2026-11-27');
    ({ fingerprint } = await previewOf(client, runId));
  });

  it('is not approved, released or exported before its time', async () => {
    expect(problemIn(await client.post('manager', `/runs/${runId}/decision`, approve(fingerprint)))).toEqual([
      409,
      'not_in_that_state',
    ]);
    expect(problemIn(await client.post('releaser', `/runs/${runId}/post`))).toEqual([409, 'not_in_that_state']);
    expect(problemIn(await client.get('finance', `/runs/${runId}/file`))).toEqual([409, 'no_file_yet']);
  });

  it('is decided on exactly what was seen', async () => {
    await takeRun(house, client, runId, 'in_approval');
    const other = await client.post('manager', `/runs/${runId}/decision`, approve('0'.repeat(64)));
    expect(problemIn(other)).toEqual([409, 'changed_since_seen']);
    expect(problemIn(await client.post('manager', `/runs/${runId}/decision`, approve('short')))).toEqual([
      422,
      'input_refused',
    ]);
  });

  it('is sent back with a reason, and only with one', async () => {
    const bare = await client.post('manager', `/runs/${runId}/decision`, { outcome: 'sent_back', fingerprint });
    expect(problemIn(bare)).toEqual([422, 'reason_needed']);
    const why = { outcome: 'sent_back', fingerprint, reason: 'Who is family friday?' };
    await client.post('manager', `/runs/${runId}/decision`, why).expect(200);
    expect(await stateOf(client, runId)).toBe('priced');
    await takeRun(house, client, runId, 'approved');
  });

  it('is void again when a payment is held after the approval, and its money free', async () => {
    const { body } = await client.get('finance', `/runs/${runId}/lines`).expect(200);
    const lineIds = (body as { lines: { id: string }[] }).lines.map((line) => line.id);
    const why = { lineIds, category: 'contact-lost', reason: 'Phone is off' };
    const held = await client.post('finance', `/runs/${runId}/hold`, why).expect(200);
    expect(held.body).toEqual({ payable: 0, held: 1, total: '0.00' });
    expect(await stateOf(client, runId)).toBe('priced');
    expect(problemIn(await client.post('releaser', `/runs/${runId}/post`))).toEqual([409, 'not_in_that_state']);
    expect(problemIn(await client.post('finance', `/runs/${runId}/submit`))).toEqual([409, 'nothing_to_pay']);
    const { rows } = await house.superuser.query(
      `select sum(debits - credits) as net from ledger.balance b
      join ledger.account a on a.id = b.account_id where a.kind = 'committed' and a.authority_id = $1`,
      [house.council.id],
    );
    expect(Number((rows[0] as { net: string }).net)).toBe(0);
    expect(problemIn(await client.post('finance', `/runs/${runId}/hold`, why))).toEqual([422, 'lines_not_found']);
    const free = { lineIds, reason: 'She rang' };
    await client.post('manager', `/runs/${runId}/unhold`, free).expect(200);
    expect(problemIn(await client.post('manager', `/runs/${runId}/unhold`, free))).toEqual([422, 'lines_not_found']);
    expect(await previewOf(client, runId)).toMatchObject({ payments: 1, held: 0, total: '70.26', fingerprint });
  });

  it('stays held when it is priced again', async () => {
    const [line] = ((await client.get('finance', `/runs/${runId}/lines`)).body as { lines: { id: string }[] }).lines;
    const why = { lineIds: [line!.id], category: 'other', reason: 'Wait' };
    await client.post('finance', `/runs/${runId}/hold`, why).expect(200);
    await client.post('finance', `/runs/${runId}/price`).expect(202);
    await workOff(house.app, house.council.id);
    expect(await previewOf(client, runId)).toMatchObject({
      payments: 0,
      held: 1,
      exceptions: [{ code: 'other', lines: 1 }],
    });
  });

  it('is cancelled with a reason, and its pay date can be opened again', async () => {
    expect(problemIn(await client.post('finance', `/runs/${runId}/cancel`, { reason: ' ' }))).toEqual([
      422,
      'input_refused',
    ]);
    await client.post('finance', `/runs/${runId}/cancel`, { reason: 'Opened by mistake' }).expect(200);
    expect(problemIn(await client.post('finance', `/runs/${runId}/cancel`, { reason: 'Again' }))).toEqual([
      409,
      'not_in_that_state',
    ]);
    const next = await openRun(house, client, '2026-11-27');
    expect(await previewOf(client, next)).toMatchObject({ payments: 1, held: 0, total: '70.26' });
    await takeRun(house, client, next, 'exported');
    expect(problemIn(await client.post('finance', `/runs/${next}/cancel`, { reason: 'Too late' }))).toEqual([
      409,
      'not_in_that_state',
    ]);
    expect(problemIn(await client.post('finance', '/runs', { payDate: '2026-11-27' }))).toEqual([
      409,
      'run_opened_twice',
    ]);
  });
});

describe('A run of two weeks at once', () => {
  it('holds families that an earlier run is still to pay', async () => {
    const first = await openRun(house, client, '2026-11-25');
    const second = await openRun(house, client, '2026-12-02');
    expect(await previewOf(client, second)).toMatchObject({
      payments: 0,
      exceptions: [{ code: 'earlier-run-open', lines: 1 }],
    });
    await takeRun(house, client, first, 'exported');
    await client.post('finance', `/runs/${second}/price`).expect(202);
    await workOff(house.app, house.council.id);
    expect(await previewOf(client, second)).toMatchObject({ payments: 1, held: 0, exceptions: [] });
  });
});

describe('A late run', () => {
  it('says so, and pays on the earliest day Bacs still can', async () => {
    house.setToday('2026-11-30' as never);
    const { body } = await client.post('finance', '/runs', { payDate: '2026-11-30' }).expect(201);
    expect(body).toMatchObject({
      isLate: true,
      days: { inputDay: '2026-11-30', processingDay: '2026-12-01', entryDay: '2026-12-02' },
    });
    house.setToday('2026-12-01' as never);
    await workOff(house.app, house.council.id);
    const { runId } = body as { runId: string };
    await takeRun(house, client, runId, 'approved');
    const released = await client.post('releaser', `/runs/${runId}/post`).expect(202);
    expect(released.body).toMatchObject({ isLate: true, entryDay: '2026-12-03' });
    await workOff(house.app, house.council.id);
    expect(await stateOf(client, runId)).toBe('exported');
  });
});
