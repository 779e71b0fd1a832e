import { ChangeMembers } from '../../src/families/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { LogTelling, NoticeSender } from '../../src/notices/index.ts';
import { hear } from '../../src/notices/actions/hear.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { clockOf } from '../../src/kernel/index.ts';
import { DecidePlanChange, type PlanChangeTerms, ProposePlanChange } from '../../src/subsistence/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { dayComes, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse, TODAY } from '../support/test-house.ts';

const day = (text: string): PlainDate => text as PlainDate;
const address = { address_line_1: '1 High Street', town: 'Northtown', postcode: 'SE1 1AA' };
const phone = { contact: 'yes', mobile: '07700900123' } as const;
const reason = 'The panel decided so.';

let house: TestHouse;
let notify: StandInNotify;
let client: Client;
const plans: Record<string, string> = {};
const families: Record<string, string> = {};
const children: Record<string, string[]> = {};

beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  notify = await withNotify(house);
  const two = [child('2015-05-05'), child('2016-06-06')] as const;
  await takeIn(house.app, house.council, [
    ...['ONE-AT-A-TIME', 'MEET', 'BOTH-LEAVE', 'PHONE-TAKEN'].flatMap((name) => familyRows(name, phone, ...two)),
    ...familyRows('MOVED-AWAY', { contact: 'yes', ...address }, ...two),
  ]);
  const { rows } = await house.superuser.query<{ name: string; plan: string; family: string; members: string[] }>(
    `select f.reference as name, p.id as plan, f.id as family, array_agg(m.id::text order by m.id) as members
       from families.family f join subsistence.plan p on p.family_id = f.id
       join families.member m on m.family_id = f.id and m.relationship = 'child' group by 1, 2, 3`,
  );
  for (const { name, plan, family, members } of rows)
    [plans[name], families[name], children[name]] = [plan, family, members];
});
afterEach(() => house.setToday(TODAY));
afterAll(async () => {
  await notify.stop();
  await house.close();
});

const work = () => workOff(house.app, house.council.id, ['notices.drain']);
async function rowsOf<Row extends object>(sql: string, name: string): Promise<Row[]> {
  return (await house.superuser.query<Row>(sql, [plans[name]])).rows;
}
const changesOf = (name: string) =>
  rowsOf<{ id: string; state: string; why: string | null; notice: string }>(
    `select id, state, kept_because as why, notice_id as notice from subsistence.plan_change where plan_id = $1 order by id`,
    name,
  );
const fallsOf = (name: string) =>
  rowsOf<{ id: string; state: string; before: string; after: string; notice: string }>(
    `select id, state, weekly_before::text as before, weekly_after::text as after, notice_id as notice
       from subsistence.fall where plan_id = $1 order by id`,
    name,
  );
async function approved(name: string, terms: PlanChangeTerms): Promise<string> {
  const { rows } = await house.superuser.query<{ version: number }>(
    `select version from subsistence.plan where id = $1`,
    [plans[name]],
  );
  const { caseworker, manager } = house.council.actors;
  const { changeId } = await house.app
    .get(ProposePlanChange)
    .run(caseworker, plans[name] ?? '', rows[0]?.version ?? 0, terms);
  await house.app.get(DecidePlanChange).approve(manager, changeId, 'Yes');
  return changeId;
}
const leaves = (name: string, which: number, on: string) =>
  house.app.get(ChangeMembers).leave(house.council.actors.caseworker, children[name]?.[which] ?? '', day(on));
async function told(noticeId = ''): Promise<void> {
  await house.app.get(LogTelling).run(house.council.actors.caseworker, noticeId, {
    ...{ how: 'visit', outcome: 'told', on: day('2026-11-16'), spokeTo: 'The mother', note: 'Understood' },
  });
  await work();
}
const lower = (weekly: string): PlanChangeTerms => ({ kind: 'override', from: day('2026-12-24'), weekly, reason });

describe('A second lower amount while one waits for its notice', () => {
  it('is refused over the API, and taken in place of the first', async () => {
    const first = await approved('ONE-AT-A-TIME', lower('100.00'));
    const asked = { planVersion: 2, change: { kind: 'end', from: '2027-01-28', reason } };
    const path = `/plans/${plans['ONE-AT-A-TIME']}/changes`;
    expect(problemIn(await client.post('caseworker', path, asked))).toEqual([409, 'plan_change_already_waiting']);
    await client.post('caseworker', path, { ...asked, inPlaceOf: first }).expect(201);
    expect((await changesOf('ONE-AT-A-TIME')).map(({ state }) => state)).toEqual(['withdrawn', 'proposed']);
  });

  it('is no obstacle to a rise, which a family needs today', async () => {
    await approved('PHONE-TAKEN', lower('100.00'));
    await approved('PHONE-TAKEN', {
      kind: 'top-up',
      from: day('2026-11-26'),
      to: null,
      weekly: '5.00',
      memberId: null,
      reason,
    });
    expect((await changesOf('PHONE-TAKEN')).map(({ state }) => state)).toEqual(['waiting', 'approved']);
  });
});

describe('A decision that meets a departure', () => {
  it('is kept where both together would leave less than either notice said', async () => {
    const topUp = {
      kind: 'top-up',
      from: day('2026-11-26'),
      to: null,
      weekly: '20.00',
      memberId: null,
      reason,
    } as const;
    const added = await approved('MEET', topUp);
    const { rows } = await house.superuser.query<{ id: string }>(
      `select id from subsistence.top_up where from_change = $1`,
      [added],
    );
    const [topUpId = ''] = rows.map(({ id }) => id);
    await approved('MEET', { kind: 'end-top-up', from: day('2026-12-24'), topUpId, reason });
    await leaves('MEET', 0, '2026-12-10');
    const [fall] = await fallsOf('MEET');
    await told(fall?.notice);
    expect(await fallsOf('MEET')).toMatchObject([{ state: 'in_effect' }]);
    const [, ended] = await changesOf('MEET');
    await told(ended?.notice);
    expect((await changesOf('MEET'))[1]).toMatchObject({
      state: 'kept',
      why: expect.stringContaining('less than it was told') as string,
    });
  });
});

describe('Two departures one after the other', () => {
  it('are each told of with what is left after both, and both hold', async () => {
    await leaves('BOTH-LEAVE', 0, '2026-12-10');
    await leaves('BOTH-LEAVE', 1, '2026-12-17');
    const falls = await fallsOf('BOTH-LEAVE');
    expect(falls.map(({ before, after }) => [before, after])).toEqual([
      ['147.54', '98.36'],
      ['98.36', '49.18'],
    ]);
    for (const { notice } of falls) await told(notice);
    expect((await fallsOf('BOTH-LEAVE')).map(({ state }) => state)).toEqual(['in_effect', 'in_effect']);
  });
});

describe('A way that is said to be unsafe after the message was sent', () => {
  /** Lets Notify say that a message was delivered, late, more than once. */
  async function delivered(noticeId: string): Promise<void> {
    const { rows } = await house.superuser.query<{ provider: string }>(
      `select provider_id as provider from notices.attempt where notice_id = $1 and provider_id is not null`,
      [noticeId],
    );
    for (let twice = 0; twice < 2; twice += 1)
      await house.app.get(UnitOfWork).run({ name: 'test.hear', actor: clockOf(house.council.id) }, (tx) =>
        hear(tx, {
          ...{ how: 'callback', providerId: rows[0]?.provider ?? '', reference: null, status: 'delivered' },
          completedAt: null,
        }),
      );
    await work();
  }

  it('proves nothing: a person is asked to call, and the family keeps what it has', async () => {
    const [change] = await changesOf('PHONE-TAKEN');
    // Handed over, and nothing heard yet.
    await notify.ask({ holdCallbacks: true });
    await house.superuser.query(`select set_config('mainstay.authority', $1, false)`, [house.council.id]);
    await house.app.get(NoticeSender).drain(house.council.id);
    await house.superuser.query(`update families.family set contact = 'no' where id = $1`, [families['PHONE-TAKEN']]);
    await delivered(change?.notice ?? '');
    const { rows } = await house.superuser.query<{ state: string; failure: string | null; notice: string }>(
      `select a.state, a.failure, n.state as notice from notices.attempt a join notices.notice n on n.id = a.notice_id
        where n.id = $1`,
      [change?.notice],
    );
    expect(rows).toEqual([
      {
        state: 'failed',
        failure: 'It arrived where the family is not safely reached any more.',
        notice: 'call_needed',
      },
    ]);
    await dayComes(house, '2026-12-20');
    expect((await changesOf('PHONE-TAKEN'))[0]).toMatchObject({ state: 'kept' });
  });

  it('nor does a letter to a home the family has left since', async () => {
    await approved('MOVED-AWAY', { ...lower('100.00'), from: day('2027-01-14') } as PlanChangeTerms);
    const [change] = await changesOf('MOVED-AWAY');
    await house.app.get(NoticeSender).drain(house.council.id);
    await house.superuser.query(`update families.family set address_line_1 = '9 New Road' where id = $1`, [
      families['MOVED-AWAY'],
    ]);
    await dayComes(house, '2026-11-26');
    const { rows } = await house.superuser.query<{ state: string; line: string }>(
      `select state, split_part(destination, E'\\n', 2) as line from notices.attempt where notice_id = $1 order by id`,
      [change?.notice],
    );
    expect(rows[0]).toMatchObject({ state: 'failed' });
    expect((await changesOf('MOVED-AWAY'))[0]).toMatchObject({ state: 'waiting' });
    await dayComes(house, '2027-01-02');
    expect((await changesOf('MOVED-AWAY'))[0]).toMatchObject({ state: 'kept' });
  });
});
