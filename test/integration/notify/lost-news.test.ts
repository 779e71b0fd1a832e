import { clockOf, operatorOf } from '../../../src/kernel/index.ts';
import {
  DeliveryPoll,
  draftNotices,
  NoticeSender,
  NoticeWork,
  serveNotices,
  SetSender,
} from '../../../src/notices/index.ts';
import { UnitOfWork } from '../../../src/platform/index.ts';
import { familyRows, takeIn } from '../../support/caseload.ts';
import { facts } from '../../support/notices-scene.ts';
import { workOff } from '../../support/outbox-by-hand.ts';
import type { StandInNotify } from '../../support/stand-in-notify.ts';
import { CALLBACK_TOKEN, withNotify } from '../../support/telling.ts';
import { testHouse, type TestHouse } from '../../support/test-house.ts';

let house: TestHouse;
let notify: StandInNotify;

beforeEach(async () => {
  house = await testHouse({ web: true });
  notify = await withNotify(house);
  const { app, council } = house;
  const address = { address_line_1: '1 High Street', town: 'Northtown', postcode: 'SE1 1AA' };
  await takeIn(app, council, [
    ...familyRows('PHONE', { contact: 'yes', mobile: '07700900301', ...address }),
    ...familyRows('MAIL', { contact: 'yes', email: 'family@example.org', ...address }),
  ]);
});
afterEach(async () => {
  await notify.stop();
  await house.close();
});

async function serveBoth(): Promise<void> {
  const { rows } = await house.superuser.query<{ id: string }>('select id from families.family order by id');
  const actor = clockOf(house.council.id);
  await house.app.get(UnitOfWork).run({ name: 'test.serve', actor }, async (tx) => {
    const drafts = rows.map(({ id }) => ({ familyId: id, facts, affectsOn: null, noticeDays: 0 }));
    await serveNotices(tx, await draftNotices(tx, drafts));
  });
}

const drain = (): Promise<void> => house.app.get(NoticeSender).drain(house.council.id);
const ask = (): Promise<number> => house.app.get(DeliveryPoll).ask(house.council.id);
const tick = (): Promise<void> => house.app.get(NoticeWork).tick(house.council.id);
const work = (): Promise<void> => workOff(house.app, house.council.id);

/** Makes what was handed over, and perhaps asked after, so many hours older than it is. */
async function hoursGoBy(hours: number): Promise<void> {
  await house.superuser.query(
    `set session_replication_role = replica;
     update notices.attempt set sent_at = sent_at - interval '${hours} hours', polled_at = polled_at - interval '${hours} hours';
     set session_replication_role = origin`,
  );
}

async function attempts(): Promise<string[]> {
  const { rows } = await house.superuser.query<{ said: string }>(
    `select channel || ' ' || state as said from notices.attempt order by channel, id`,
  );
  return rows.map(({ said }) => said);
}

describe('News of a message that Notify told nobody', () => {
  beforeEach(async () => {
    await notify.ask({ holdCallbacks: true });
    await serveBoth();
    await drain();
    await notify.until(({ callbacks }) => callbacks.held === 2);
  });

  it('is asked for, and the family counts as told', async () => {
    expect([await ask(), await attempts()]).toEqual([0, ['email accepted', 'sms accepted']]);
    await hoursGoBy(4);
    expect(await ask()).toBe(2);
    await work();
    expect(await attempts()).toEqual(['email delivered', 'sms delivered']);
    const { rows } = await house.superuser.query(`select distinct state from notices.notice`);
    expect(rows).toEqual([{ state: 'received' }]);
    // What Notify tells after all changes nothing.
    await notify.ask({ holdCallbacks: false, releaseCallbacks: true });
    await notify.until(({ callbacks }) => callbacks.held === 0 && callbacks.answered >= 2);
    await work();
    expect(await attempts()).toEqual(['email delivered', 'sms delivered']);
  });

  it('is asked for before the two days are over, so that nobody is told twice for want of it', async () => {
    await hoursGoBy(49);
    await tick();
    expect(await attempts()).toEqual(['email accepted', 'sms accepted']);
    expect(await ask()).toBe(2);
    await work();
    await tick();
    expect(await attempts()).toEqual(['email delivered', 'sms delivered']);
  });

  it('that never comes ends the way, and the family’s next is tried', async () => {
    await hoursGoBy(55);
    await tick();
    expect(await attempts()).toEqual([
      'email failed',
      expect.stringMatching(/^letter/),
      expect.stringMatching(/^letter/),
      'sms failed',
    ]);
  });
});

describe('A pause', () => {
  const paused = async (): Promise<unknown> =>
    (await house.superuser.query(`select paused_until is not null as paused, pause_reason as why from notices.sender`))
      .rows;
  const GOES = [{ paused: false, why: null }];
  const set = (more: object = {}): Promise<void> =>
    house.app.get(SetSender).run(operatorOf(house.council.id), {
      ...notify.notifyAccount,
      ...{ callbackToken: CALLBACK_TOKEN, pageUrl: 'https://pages.example', isNeutral: true, ...more },
    });

  it('that a wrong key began ends with that key, and what waited is sent', async () => {
    await set({
      apiKey: `wrong-${'1'.repeat(8)}-1111-4111-8111-${'1'.repeat(12)}-${'2'.repeat(8)}-2222-4222-8222-${'2'.repeat(12)}`,
    });
    await serveBoth();
    await drain();
    expect(await paused()).toMatchObject([{ paused: true }]);
    expect(await attempts()).toEqual(['email queued', 'sms queued']);
    await set();
    expect(await paused()).toEqual(GOES);
    await drain();
    const { counts } = await notify.account();
    expect([counts.sms, counts.email]).toEqual([1, 1]);
  });

  it('that the messages of a day began ends with another key', async () => {
    await notify.ask({ dailyLimit: 0 });
    await serveBoth();
    await drain();
    expect(await paused()).toMatchObject([{ paused: true, why: 'The messages of today are used up.' }]);
    await set();
    expect(await paused()).toEqual(GOES);
  });

  it('stays where only the page’s address changes, and ends with another template, whoever writes it', async () => {
    const pause = `update notices.sender set paused_until = now() + interval '1 hour', pause_reason = 'Stopped'`;
    await house.superuser.query(`${pause}; update notices.sender set page_url = 'https://other.example'`);
    expect(await paused()).toMatchObject([{ paused: true }]);
    await house.superuser.query(`update notices.sender set sms_template = gen_random_uuid()`);
    expect(await paused()).toEqual(GOES);
  });

  it('is not begun by an answer that was for the key before', async () => {
    await serveBoth();
    await set({
      apiKey: `wrong-${'1'.repeat(8)}-1111-4111-8111-${'1'.repeat(12)}-${'2'.repeat(8)}-2222-4222-8222-${'2'.repeat(12)}`,
    });
    await notify.ask({ slow: 700 });
    const round = drain();
    await new Promise((done) => setTimeout(done, 300));
    await set();
    await notify.ask({ slow: 0 });
    await round;
    expect(await paused()).toEqual(GOES);
  });
});
