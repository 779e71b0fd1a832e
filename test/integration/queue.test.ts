import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type RunningWorker, startWorker } from '../../src/house/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { OpenRun } from '../../src/payments/index.ts';
import { QueuePort } from '../../src/platform/index.ts';
import { OwnRedis } from '../faults/own-redis.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { finishRun } from '../support/complete-run.ts';
import { openJobs } from '../support/outbox-by-hand.ts';
import { faultsOf } from '../support/planted-fault.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const PATIENCE = 20_000;

/** Waits until a run is in a state, and gives that state. */
async function untilState(house: TestHouse, runId: string, state: string): Promise<string> {
  const deadline = Date.now() + PATIENCE;
  let found = '';
  while (found !== state) {
    if (Date.now() > deadline) throw new Error(`run ${runId} is ${found}, not ${state}`);
    const { rows } = await house.superuser.query<{ state: string }>(`select state from payments.run where id = $1`, [
      runId,
    ]);
    found = rows[0]?.state ?? 'not there';
    await pause(20);
  }
  return found;
}

async function open(house: TestHouse, payDate: string): Promise<string> {
  return (await house.app.get(OpenRun).run(house.council.actors.finance, payDate as PlainDate)).runId;
}

/** A whole run through real jobs, and a run whose queue was lost. */
function wholeRuns(settings: () => Record<string, string>): void {
  let house: TestHouse;
  let worker: RunningWorker | undefined;
  beforeAll(async () => {
    house = await testHouse({ queue: 'real', settings: { SWEEP_SECONDS: '1', ...settings() } });
    await takeIn(house.app, house.council, [...familyRows('A-1'), ...familyRows('A-2')]);
  });
  afterAll(async () => {
    await worker?.stop();
    await house.close();
  });

  it('opens a run, loses the whole queue, and prices it all the same once a worker sweeps', async () => {
    const runId = await open(house, '2026-11-26');
    await pause(150);
    await house.app.get(QueuePort).empty();
    await house.superuser.query(`update outbox.message set due_at = now()`);
    worker = await startWorker(house.app, house.config);
    await untilState(house, runId, 'priced');
    await finishRun(house.app, house.council, runId, 'releasing');
    expect(await untilState(house, runId, 'exported')).toBe('exported');
  });

  it('takes a second run from opening to its file by ringing alone', async () => {
    house.setToday('2026-11-23' as PlainDate);
    const runId = await open(house, '2026-12-03');
    await untilState(house, runId, 'priced');
    await finishRun(house.app, house.council, runId, 'releasing');
    await untilState(house, runId, 'exported');
    while ((await openJobs(house.app, house.council.id)).length > 0) await pause(20);
    expect(await faultsOf(house)).toEqual([]);
    const { rows } = await house.superuser.query(`select max(failures) as failures from outbox.message`);
    expect(rows).toEqual([{ failures: 0 }]);
  });
}

describe('Runs through BullMQ on Postgres', () => {
  wholeRuns(() => ({}));
});

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
// eslint-disable-next-line no-console
if (!hasRedis) console.log('There is no redis-server on this machine: the same runs on Redis are left out.');
const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis('Runs through BullMQ on Redis (where there is a redis-server)', () => {
  const home = mkdtempSync(join(tmpdir(), 'mainstay-test-redis-'));
  let redis: OwnRedis | undefined;
  beforeAll(async () => {
    redis = await OwnRedis.start(home);
  });
  afterAll(async () => {
    await redis?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  // The address is not known before the Redis is there.
  describe('of this test', () => {
    wholeRuns(() => ({ REDIS_URL: redis?.url ?? '' }));
  });
});
