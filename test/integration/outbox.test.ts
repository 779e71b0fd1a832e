import { clockOf } from '../../src/kernel/index.ts';
import { JobCatalogue, type JobHandler, Relay } from '../../src/outbox/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { openJobs, type OpenJob, workOff } from '../support/outbox-by-hand.ts';
import { faultsOf } from '../support/planted-fault.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  await takeIn(house.app, house.council, [...familyRows('A-1'), ...familyRows('A-2')]);
});
afterAll(() => house.close());
/** Begins each test with no run and no job open, and every handler in its place. */
afterEach(async () => {
  Reflect.deleteProperty(house.app.get(JobCatalogue), 'handlerOf');
  await house.superuser.query(`set session_replication_role = replica; delete from outbox.message;
    update payments.run set state = 'cancelled', cancelled_reason = 'test' where state <> 'exported';
    update payments.line set status = 'void', hold_code = null where run_id in (select id from payments.run where state = 'cancelled');
    set session_replication_role = origin`);
});

const perform = (job: OpenJob): Promise<void> =>
  house.app.get(Relay).perform({ authorityId: house.council.id, messageId: job.id });
const firstJob = async (): Promise<OpenJob> => (await openJobs(house.app, house.council.id))[0]!;
const rowOf = async (id: string): Promise<unknown> =>
  (
    await house.superuser.query(
      `select failures, last_error as error, done_at is not null as done, due_at > now() as waits from outbox.message where id = $1`,
      [id],
    )
  ).rows[0];

/** Makes the handler of the next job throw, as often as asked. */
function breakHandlers(times: number, error: Error): void {
  const catalogue = house.app.get(JobCatalogue);
  let left = times;
  handlersAre((topic): JobHandler => {
    const handler = JobCatalogue.prototype.handlerOf.call(catalogue, topic);
    return async (tx, payload) => {
      await handler?.(tx, payload);
      left -= 1;
      if (left >= 0) throw error;
    };
  });
}

/** Replaces who handles which job, until the end of the test. */
function handlersAre(handlerOf: (topic: string) => JobHandler | undefined): void {
  Object.assign(house.app.get(JobCatalogue), { handlerOf });
}

describe('A job', () => {
  it('that throws leaves nothing behind but a note, waits, and is done when it is tried again', async () => {
    const runId = await completeRun(house.app, house.council, '2026-11-26', 'planned');
    const job = await firstJob();
    breakHandlers(1, new Error('the dog ate it'));
    await perform(job);
    expect(await rowOf(job.id)).toEqual({ failures: 1, error: 'the dog ate it', done: false, waits: true });
    const state = `select state from payments.run where id = $1`;
    expect((await house.superuser.query(state, [runId])).rows).toEqual([{ state: 'planned' }]);
    await perform(job);
    expect(await rowOf(job.id)).toMatchObject({ error: null, done: true });
    await workOff(house.app, house.council.id);
    expect((await house.superuser.query(state, [runId])).rows).toEqual([{ state: 'priced' }]);
  });

  it('waits longer each time it fails, and never more than five minutes', async () => {
    await completeRun(house.app, house.council, '2026-11-26', 'planned');
    const job = await firstJob();
    breakHandlers(12, new Error('no'));
    const waits: number[] = [];
    for (let time = 0; time < 11; time += 1) {
      await perform(job);
      const { rows } = await house.superuser.query<{ s: string }>(
        `select round(extract(epoch from due_at - now())) as s from outbox.message where id = $1`,
        [job.id],
      );
      waits.push(Number(rows[0]!.s));
    }
    const meant = [2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300];
    waits.forEach((wait, index) => expect(Math.abs(wait - meant[index]!)).toBeLessThanOrEqual(2));
  });

  it('that nobody handles is noted, not lost', async () => {
    await completeRun(house.app, house.council, '2026-11-26', 'planned');
    const job = await firstJob();
    handlersAre(() => undefined);
    await perform(job);
    expect(await rowOf(job.id)).toMatchObject({
      failures: 1,
      error: 'nobody handles payments.run-opened',
      done: false,
    });
  });

  it('of another council is not done in ours', async () => {
    await completeRun(house.app, house.council, '2026-11-26', 'planned');
    const job = await firstJob();
    await house.app.get(Relay).perform({ authorityId: house.other.id, messageId: job.id });
    expect(await rowOf(job.id)).toMatchObject({ failures: 0, done: false });
  });

  it('that is rung for five times at once is done once', async () => {
    const runId = await completeRun(house.app, house.council, '2026-11-26', 'planned');
    const job = await firstJob();
    await Promise.all(Array.from({ length: 5 }, () => perform(job)));
    await perform(job);
    expect(await rowOf(job.id)).toMatchObject({ failures: 0, done: true });
    const { rows } = await house.superuser.query(
      `select count(*)::int as n from audit.event where action = 'subsistence.pricing-started' and subject_id = '${runId}'`,
    );
    expect(rows).toEqual([{ n: 1 }]);
  });
});

describe('An announcement', () => {
  const announce = (topic: string, times: number, dryRun = false): Promise<void> =>
    house.app.get(UnitOfWork).run({ name: 'test.announce', actor: clockOf(house.council.id), dryRun }, async (tx) => {
      for (let time = 0; time < times; time += 1) tx.announce({ topic, key: 'same', payload: { runId: '1' } });
    });

  it('made twice is one job, in one transaction or in two, at once or after another', async () => {
    await announce('payments.post-run', 2);
    await Promise.all([announce('payments.post-run', 1), announce('payments.post-run', 1)]);
    expect(await openJobs(house.app, house.council.id)).toHaveLength(1);
  });

  it('of a job nobody defined is refused', async () => {
    await expect(announce('payments.make-tea', 1)).rejects.toThrow('was announced but never defined');
    expect(await openJobs(house.app, house.council.id)).toEqual([]);
  });

  it('made in a dry run rings for nobody', async () => {
    await announce('payments.post-run', 1, true);
    expect(await openJobs(house.app, house.council.id)).toEqual([]);
  });
});

describe('A worker', () => {
  it('does not start while some job has no handler, and names it', () => {
    const catalogue = house.app.get(JobCatalogue);
    expect(() => catalogue.assertComplete()).not.toThrow();
    expect(() => catalogue.assertComplete(['payments.post-run', 'payments.make-tea'])).toThrow(
      'nobody handles: payments.make-tea.',
    );
  });

  it('does not take two handlers for one job, or one for a job nobody defined', () => {
    const catalogue = house.app.get(JobCatalogue);
    const handler: JobHandler = async () => undefined;
    expect(() => catalogue.handle('payments.post-run', handler)).toThrow('two handlers');
    expect(() => catalogue.handle('payments.make-tea', handler)).toThrow('never defined');
  });
});

describe('A run whose every job was lost', () => {
  it('is finished all the same: the outbox remembers', async () => {
    const runId = await completeRun(house.app, house.council, '2026-11-26', 'releasing');
    await house.superuser.query(
      `update outbox.message set due_at = now() + interval '40 seconds' where done_at is null`,
    );
    const relay = house.app.get(Relay);
    expect(await relay.performDue(house.council.id)).toBe(0);
    await house.superuser.query(`update outbox.message set due_at = now() where done_at is null`);
    while ((await relay.performDue(house.council.id)) > 0);
    expect((await house.superuser.query(`select state from payments.run where id = $1`, [runId])).rows).toEqual([
      { state: 'exported' },
    ]);
    // Earlier runs were cancelled here by hand, without their story.
    const faults = (await faultsOf(house)).filter((fault) => !fault.startsWith('the history of run'));
    expect(faults).toEqual([]);
  });
});
