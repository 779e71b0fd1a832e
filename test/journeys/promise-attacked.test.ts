import type { PlainDate } from '../../src/kernel/index.ts';
import { LogTelling } from '../../src/notices/index.ts';
import { ReleaseRun } from '../../src/payments/index.ts';
import { DecidePayDayMove, type MoveAsked, PayDayMoves, ProposePayDayMove } from '../../src/subsistence/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse, TODAY } from '../support/test-house.ts';

const urgent = { reason: 'The bank closed the account.', bridging: 'paid', apology: 'We are sorry.' } as const;
const toTuesday: MoveAsked = {
  ...{ payDay: 2, frequencyDays: null, from: '2026-12-07' as PlainDate, reason: 'The bank', urgent: null },
};

let house: TestHouse;
let notify: StandInNotify;
const plans: Record<string, string> = {};
const families: Record<string, string> = {};

beforeAll(async () => {
  house = await testHouse({ web: true });
  notify = await withNotify(house);
  const address = { address_line_1: '1 High Street', town: 'Northtown', postcode: 'SE1 1AA' };
  const phones = ['LATE', 'DEADLINE', 'SCARED', 'MOVED-ON', 'TOO-LATE'];
  await takeIn(house.app, house.council, [
    ...phones.flatMap((each, index) => familyRows(each, { contact: 'yes', mobile: `0770090012${index}` })),
    ...['PAID', 'SIGNED'].flatMap((each) => familyRows(each, { contact: 'yes', ...address })),
  ]);
  const { rows } = await house.superuser.query<{ reference: string; id: string; family: string }>(
    `select f.reference, p.id, f.id as family from subsistence.plan p join families.family f on f.id = p.family_id`,
  );
  for (const { reference, id, family } of rows) [plans[reference], families[reference]] = [id, family];
});
afterEach(() => house.setToday(TODAY));
afterAll(async () => {
  await notify.stop();
  await house.close();
});

/** Proposes a move of one family. */
const propose = async (family: string, more: Partial<MoveAsked> = {}): Promise<string> => {
  const asked = { ...toTuesday, ...more };
  return (await house.app.get(ProposePayDayMove).run(house.council.actors.finance, [plans[family] ?? ''], asked))
    .moveId;
};
const approve = (moveId: string) =>
  house.app.get(DecidePayDayMove).approve(house.council.actors.manager, moveId, 'Yes');
const work = () => workOff(house.app, house.council.id, ['notices.drain']);
const changeOf = async (moveId: string) => {
  const { rows } = await house.superuser.query<{ state: string; why: string | null; notice: string }>(
    `select state, kept_because as why, notice_id as notice from subsistence.pay_day_change where move_id = $1`,
    [moveId],
  );
  return rows[0] ?? { state: 'none', why: null, notice: '' };
};
const visited = async (moveId: string, on: string): Promise<void> => {
  await house.app.get(LogTelling).run(house.council.actors.caseworker, (await changeOf(moveId)).notice, {
    ...{ how: 'visit', outcome: 'told', on: on as PlainDate, spokeTo: 'The mother', note: 'Understood' },
  });
};
const standing = async (family: string): Promise<string[]> => {
  const { rows } = await house.superuser.query<{ day: string }>(
    `select pay_date::text as day from subsistence.promised_date where plan_id = $1 and stands order by 1 limit 4`,
    [plans[family]],
  );
  return rows.map((row) => row.day);
};
const thursdays = ['2026-11-26', '2026-12-03', '2026-12-10', '2026-12-17'];

describe('A move that arrives at a day whose money is on its way', () => {
  it('leaves an approved run its day, and after release too: nobody is left without money for days', async () => {
    const later = { from: '2026-12-14' as PlainDate };
    const [signed, paid] = [await propose('SIGNED', later), await propose('PAID', later)];
    for (const move of [signed, paid]) await approve(move);
    await work();
    for (const day of thursdays.slice(0, 3)) await completeRun(house.app, house.council, day);
    const runId = await completeRun(house.app, house.council, '2026-12-17', 'approved');
    await visited(signed, '2026-11-16');
    await work();
    expect(await changeOf(signed)).toMatchObject({
      state: 'kept',
      why: expect.stringContaining('2026-12-17') as string,
    });
    await house.app.get(ReleaseRun).run(house.council.actors.releaser, runId);
    await visited(paid, '2026-11-16');
    await work();
    expect(await changeOf(paid)).toMatchObject({ state: 'kept', why: expect.stringContaining('2026-12-17') as string });
    expect(await standing('PAID')).toEqual(thursdays);
  });
});

describe('A move approved when its day is past', () => {
  it('moves nothing in an emergency', async () => {
    const move = await propose('LATE', { from: '2026-12-21' as PlainDate, urgent });
    house.setToday('2026-12-23' as PlainDate);
    await approve(move);
    await work();
    expect(await changeOf(move)).toMatchObject({ state: 'kept' });
    expect(await standing('LATE')).toEqual(thursdays);
  });

  it('tells nobody of a day that can no longer come about', async () => {
    const move = await propose('TOO-LATE', { from: '2026-12-14' as PlainDate });
    house.setToday('2026-12-08' as PlainDate);
    await approve(move);
    await work();
    const change = await changeOf(move);
    expect(change).toMatchObject({ state: 'kept' });
    const { rows } = await house.superuser.query(`select 1 from notices.attempt where notice_id = $1`, [change.notice]);
    expect(rows).toEqual([]);
  });
});

describe('A receipt and the deadline at once', () => {
  it('end in one of the two, and tell the family only that', async () => {
    const move = await propose('DEADLINE', { from: '2026-12-21' as PlainDate });
    await approve(move);
    await work();
    house.setToday('2026-12-08' as PlainDate);
    const { notice } = await changeOf(move);
    await visited(move, '2026-12-01');
    // The receipt waits for its job; the clock comes first, or beside it.
    await Promise.all([
      house.app.get(PayDayMoves).keepOverdue(house.council.id),
      house.app.get(PayDayMoves).keepOverdue(house.council.id),
      work(),
    ]);
    expect(await changeOf(move)).toMatchObject({ state: 'in_force', notice });
  });
});

describe('A way that stops being safe while a message waits', () => {
  it('is not gone: the message fails, and a person is asked to call', async () => {
    const move = await propose('SCARED', { from: '2027-01-04' as PlainDate });
    await approve(move);
    await work();
    await house.superuser.query(`select set_config('mainstay.authority', $1, false)`, [house.council.id]);
    await house.superuser.query(`update families.family set contact = 'no' where id = $1`, [families.SCARED]);
    const move2 = await propose('MOVED-ON', { from: '2027-01-04' as PlainDate });
    await approve(move2);
    await work();
    await house.superuser.query(`update families.family set mobile = '07700900199' where id = $1`, [
      families['MOVED-ON'],
    ]);
    const before = (await notify.account()).accepted.length;
    await tellEverybody(house, notify);
    const sent = (await notify.account()).accepted.slice(before).map((each) => each.to);
    expect(sent.filter((to) => /12[23]$/.test(to))).toEqual([]);
    const { notice } = await changeOf(move);
    const { rows } = await house.superuser.query<{ state: string }>(`select state from notices.notice where id = $1`, [
      notice,
    ]);
    expect(rows).toEqual([{ state: 'call_needed' }]);
  });
});
