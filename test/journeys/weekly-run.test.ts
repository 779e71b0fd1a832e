import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyAll } from '../../src/house/index.ts';
import { child, familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { Client } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { fundOf, linesOf, previewOf, stateOf } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let runId: string;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await takeIn(house.app, house.council, [
    ...familyRows('A-1', {}, child('2020-01-01')),
    ...familyRows('A-2', { frequency: 'fortnightly' }),
    ...familyRows('A-3', { sort_code: '', account_number: '', account_name: '' }),
    ...familyRows('A-4', { pay_day: 'friday' }),
  ]);
});
afterAll(() => house.close());

describe('The weekly run, from opening to the bank file', () => {
  it('is opened by finance for a pay date and says its three Bacs days', async () => {
    const { body } = await client.post('finance', '/runs', { payDate: FIRST_PAY_DATE }).expect(201);
    expect(body).toMatchObject({
      ...{ payDate: '2026-11-26', isLate: false },
      days: { inputDay: '2026-11-24', processingDay: '2026-11-25', entryDay: '2026-11-26' },
    });
    ({ runId } = body as { runId: string });
    expect(await stateOf(client, runId)).toBe('planned');
  });

  it('prices itself: who is due, who is held and why', async () => {
    await workOff(house.app, house.council.id);
    expect(await stateOf(client, runId)).toBe('priced');
    const lines = await linesOf(client, runId);
    expect(lines.map(({ family, status, holdCode, amount }) => [family, status, holdCode, amount])).toEqual([
      ['A-1', 'payable', null, '98.36'],
      ['A-2', 'payable', null, '98.36'],
      ['A-3', 'held', 'no-bank-details', '49.18'],
    ]);
  });

  it('is previewed with totals, exceptions and whether the fund can pay', async () => {
    const preview = await previewOf(client, runId);
    expect(preview).toMatchObject({
      ...{ payments: 2, held: 1, total: '196.72', exceptions: [{ code: 'no-bank-details', lines: 1 }] },
      changes: { new: 2, stopped: 0, amount: 0, payee: 0 },
      funds: [{ code: 'section-17', needed: '196.72', available: '50000.00', isEnough: true }],
    });
  });

  it('is sent, approved and released by three people', async () => {
    const { body } = await client.post('finance', `/runs/${runId}/submit`).expect(200);
    const { fingerprint } = body as { fingerprint: string };
    expect(body).toMatchObject({ payments: 2, total: '196.72' });
    await client.post('manager', `/runs/${runId}/decision`, { outcome: 'approved', fingerprint }).expect(200);
    expect(await fundOf(client)).toMatchObject({ available: '49803.28', committed: '196.72', spent: '0.00' });
    const released = await client.post('releaser', `/runs/${runId}/post`).expect(202);
    expect(released.body).toEqual({ payments: 2, total: '196.72', entryDay: '2026-11-26', isLate: false });
    expect(await stateOf(client, runId)).toBe('releasing');
  });

  it('is posted and exported by itself, to the penny', async () => {
    await workOff(house.app, house.council.id);
    const { body } = await client.get('auditor', `/runs/${runId}`).expect(200);
    expect(body).toMatchObject({
      ...{ state: 'exported', total: '196.72', lineCount: 2, heldCount: 1, ledger: { n: 2, total: '196.72' } },
      people: { proposed: 'finance', approved: 'manager', released: 'releaser' },
    });
    const story = (body as { history: { to: string }[] }).history.map((change) => change.to);
    expect(story).toEqual([
      'planned',
      'pricing',
      'priced',
      'in_approval',
      'approved',
      'releasing',
      'posted',
      'exported',
    ]);
    expect(await fundOf(client)).toMatchObject({ available: '49803.28', committed: '0.00', spent: '196.72' });
  });

  it('gives the same file twice, with its hash, and the same bytes on disk', async () => {
    const first = await client.get('finance', `/runs/${runId}/file`).expect(200);
    const again = await client.get('releaser', `/runs/${runId}/file`).expect(200);
    expect(again.text).toBe(first.text);
    const sha256 = createHash('sha256').update(first.text, 'latin1').digest('hex');
    expect(first.headers['x-content-sha256']).toBe(sha256);
    expect(first.text).toMatch(/^VOL1000001/);
    const path = join(house.config.exportDir, 'northshire', `bacs-2026-11-26-run-${runId}.txt`);
    expect(readFileSync(path, 'latin1')).toBe(first.text);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('keeps a bank file from whoever need not see it, and every look at it on record', async () => {
    for (const persona of ['auditor', 'manager', 'caseworker'] as const)
      await client.get(persona, `/runs/${runId}/file`).expect(403);
    const { rows } = await house.superuser.query(`select 1 from audit.event where action = 'payments.bank-file-seen'`);
    expect(rows).toHaveLength(2);
  });

  it('leaves books that prove themselves', async () => {
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });

  it('does not pay a fortnightly family the week after, and promises one date further ahead', async () => {
    house.setToday('2026-11-23' as never);
    const { body } = await client.post('finance', '/runs', { payDate: '2026-12-03' }).expect(201);
    await workOff(house.app, house.council.id);
    const lines = await linesOf(client, (body as { runId: string }).runId);
    expect(lines.map((line) => line.family)).toEqual(['A-1', 'A-3']);
    const plan = lines[0]!.sourceId;
    const promised = await client.get('caseworker', `/plans/${plan}/promised-dates`).expect(200);
    const dates = (promised.body as { dates: { payDate: string }[] }).dates.map((each) => each.payDate);
    expect(dates).toHaveLength(9);
    expect(dates.at(-1)).toBe('2027-01-21');
  });
});
