import { setTimeout as pause } from 'node:timers/promises';
import { Children } from '../../../src/demo/children.ts';
import { clockOf } from '../../../src/kernel/index.ts';
import { draftNotices, NoticeSender, serveNotices } from '../../../src/notices/index.ts';
import { handOver, type HandingOver } from '../../../src/notices/sending/hand-over.ts';
import { type AttemptRow, takeAttempts } from '../../../src/notices/store/attempt.store.ts';
import { putBack } from '../../../src/notices/store/attempt-outcome.store.ts';
import { senderOf, type SenderRow } from '../../../src/notices/store/sender.store.ts';
import { Calendars } from '../../../src/calendar/index.ts';
import { FieldSeal, UnitOfWork } from '../../../src/platform/index.ts';
import { familyRows, takeIn } from '../../support/caseload.ts';
import { facts } from '../../support/notices-scene.ts';
import { workOff } from '../../support/outbox-by-hand.ts';
import type { StandInNotify } from '../../support/stand-in-notify.ts';
import { withNotify } from '../../support/telling.ts';
import { testHouse, type TestHouse, TODAY } from '../../support/test-house.ts';

const FAMILIES = 60;
const LOOK_AGAIN_SECONDS = 2;

let house: TestHouse;
let notify: StandInNotify;
let familyIds: string[];

beforeEach(async () => {
  house = await testHouse({ web: true, settings: { NOTIFY_LOOK_AGAIN_SECONDS: String(LOOK_AGAIN_SECONDS) } });
  const rows = Array.from({ length: FAMILIES }, (_, index) =>
    familyRows(`F-${index}`, { contact: 'yes', mobile: `07700900${300 + index}` }),
  );
  await takeIn(house.app, house.council, rows.flat());
  const found = await house.superuser.query<{ id: string }>('select id from families.family order by id');
  familyIds = found.rows.map((row) => row.id);
  notify = await withNotify(house);
});
afterEach(async () => {
  await notify.stop();
  await house.close();
});

/** Queues a text message to each of so many families. */
async function queueMessages(count: number): Promise<void> {
  const actor = clockOf(house.council.id);
  await house.app.get(UnitOfWork).run({ name: 'test.serve', actor }, async (tx) => {
    const drafts = familyIds.slice(0, count).map((familyId) => ({ familyId, facts, affectsOn: null, noticeDays: 0 }));
    await serveNotices(tx, await draftNotices(tx, drafts));
  });
}

const drain = (): Promise<void> => house.app.get(NoticeSender).drain(house.council.id);

/** Counts the attempts by their state. */
async function states(): Promise<Record<string, number>> {
  const { rows } = await house.superuser.query<{ state: string; n: number }>(
    `select case when state = 'delivered' then 'accepted' else state end as state, count(*)::int as n from notices.attempt group by 1`,
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

/** Sends until every attempt was taken in, as ticks do. */
async function untilAllAccepted(count: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  while ((await states()).accepted !== count) {
    if (Date.now() > deadline) throw new Error(`not all were sent: ${JSON.stringify(await states())}`);
    await drain();
    await pause(100);
  }
}

async function expectOnceEach(count: number): Promise<void> {
  const { counts, duplicates } = await notify.account();
  expect({ sms: counts.sms, duplicates }).toEqual({ sms: count, duplicates: {} });
}

/** Takes the one message that waits, as a sender does. */
function takeOne(leaseSeconds: number): Promise<{ sender: SenderRow | undefined; attempt: AttemptRow }> {
  const take = { name: 'test.take', actor: clockOf(house.council.id) };
  return house.app.get(UnitOfWork).run(take, async (tx) => {
    const [attempt] = await takeAttempts(tx, 1, leaseSeconds);
    return { sender: await senderOf(tx), attempt: attempt as AttemptRow };
  });
}

describe('Sending through faults', () => {
  it('neither sends twice nor loses what a worker had sent that was killed before it wrote it down', async () => {
    await queueMessages(FAMILIES);
    await notify.ask({ slow: 20_000 });
    const workers = new Children();
    const { DATABASE_URL, FIELD_KEY, QUEUE_PREFIX, dataDir, exportDir } = house.config;
    const { child } = await workers.start('worker', {
      ...{ DATABASE_URL, FIELD_KEY, QUEUE_PREFIX, DATA_DIR: dataDir, EXPORT_DIR: exportDir, REDIS_URL: '' },
      ...{ MAINSTAY_TODAY: TODAY, SWEEP_SECONDS: '1', LOG_LEVEL: 'silent' },
      NOTIFY_LOOK_AGAIN_SECONDS: String(LOOK_AGAIN_SECONDS),
    });
    await notify.until(({ counts }) => counts.sms === 50);
    child.kill('SIGKILL');
    await workers.stop();
    expect(await states()).toEqual({ sending: 50, queued: 10 });
    await notify.ask({ slow: 0 });
    await untilAllAccepted(FAMILIES);
    await expectOnceEach(FAMILIES);
  });

  it('looks up a message whose answer was lost', async () => {
    await queueMessages(3);
    await notify.ask({ loseReply: 3 });
    await drain();
    expect(await states()).toEqual({ sending: 3 });
    await untilAllAccepted(3);
    await expectOnceEach(3);
    const { rows } = await house.superuser.query<{ tries: number }>('select distinct tries from notices.attempt');
    expect(rows).toEqual([{ tries: 2 }]);
  });

  it('takes a receipt that is quicker than our own note for that note', async () => {
    await queueMessages(3);
    await notify.ask({ slow: 1000 });
    const draining = drain();
    await notify.until(({ callbacks }) => callbacks.answered === 3);
    await workOff(house.app, house.council.id, ['notices.drain']);
    const delivered = `select state, tries, (select max(failures) from outbox.message) as failures from notices.attempt group by 1, 2`;
    const sound = [{ state: 'delivered', tries: 1, failures: 0 }];
    expect((await house.superuser.query(delivered)).rows).toEqual(sound);
    await draining;
    expect((await house.superuser.query(delivered)).rows).toEqual(sound);
  });

  it('sends no faster than its share comes back, so that Notify never has to refuse', async () => {
    const [share, late] = [20, 25];
    await notify.ask({ bucket: { burst: share + late, perSecond: 50 } });
    await queueMessages(FAMILIES);
    await house.superuser.query('update notices.sender set tokens = $1, tokens_at = now()', [share]);
    await drain();
    await untilAllAccepted(FAMILIES);
    const { accepted } = await notify.account();
    const at = accepted.map((each) => Date.parse(each.accepted_at.replace('000Z', 'Z')));
    const seconds = ((at.at(-1) as number) - (at[0] as number)) / 1000;
    expect(FAMILIES).toBeLessThanOrEqual(share + late + 50 * seconds);
    const { rows } = await house.superuser.query('select distinct tries from notices.attempt');
    expect(rows).toEqual([{ tries: 1 }]);
    await expectOnceEach(FAMILIES);
  });

  it('stops when the messages of the day are used up, until midnight UTC, and then goes on', async () => {
    await notify.ask({ dailyLimit: { sms: 5 } });
    await queueMessages(12);
    await drain();
    expect(await states()).toEqual({ accepted: 5, queued: 7 });
    const { rows } = await house.superuser.query<{ isMidnight: boolean; why: string }>(
      `select paused_until at time zone 'UTC' = date_trunc('day', now() at time zone 'UTC') + interval '1 day' as "isMidnight",
              pause_reason as why from notices.sender`,
    );
    expect(rows).toEqual([{ isMidnight: true, why: 'The messages of today are used up.' }]);
    await notify.ask({ dailyLimit: { sms: 100 } });
    await drain();
    await expectOnceEach(5);
    await house.superuser.query(`update notices.sender set paused_until = now() - interval '1 second'`);
    await untilAllAccepted(12);
    await expectOnceEach(12);
  });

  it('sends nothing when it was held up so long that the next may look already', async () => {
    await queueMessages(1);
    const { app, council } = house;
    const [unitOfWork, seal, calendars] = [app.get(UnitOfWork), app.get(FieldSeal), app.get(Calendars)];
    const actor = clockOf(council.id);
    const { sender, attempt } = await takeOne(LOOK_AGAIN_SECONDS);
    const context = { sender, seal, unitOfWork, actor, calendars, beginBy: Date.now() - 1 } as HandingOver;
    expect((await handOver(context, attempt)).outcome).toEqual({ kind: 'unknown' });
    await expectOnceEach(0);
  });

  it('says no more of a message that another sender took since', async () => {
    await queueMessages(1);
    const first = await takeOne(0);
    expect((await takeOne(60)).attempt).toMatchObject({ id: first.attempt.id, tries: 2 });
    await house.app
      .get(UnitOfWork)
      .run({ name: 'test.put-back', actor: clockOf(house.council.id) }, (tx) => putBack(tx, first.attempt, 0));
    expect(await states()).toEqual({ sending: 1 });
  });
});
