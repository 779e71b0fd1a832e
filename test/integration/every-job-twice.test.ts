import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { ChangeMembers } from '../../src/families/index.ts';
import { bookChecks, VerifyBooks } from '../../src/house/index.ts';
import { clockOf, type PlainDate } from '../../src/kernel/index.ts';
import { JobCatalogue, type JobHandler, Relay } from '../../src/outbox/index.ts';
import { CancelRun, DecideRun, OpenRun, PayCalendarTick, ReleaseRun, SubmitRun } from '../../src/payments/index.ts';
import { hear } from '../../src/notices/actions/hear.ts';
import { LogTelling } from '../../src/notices/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import {
  AddBankHoliday,
  DatesAheadTick,
  DecidePayDayMove,
  FallsInNotice,
  ProposePayDayMove,
  PutRight,
  SendCalendar,
} from '../../src/subsistence/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { completeRun, finishRun } from '../support/complete-run.ts';
import { grantFund, takeApplicationTo } from '../support/grants-scene.ts';
import { openJobs } from '../support/outbox-by-hand.ts';
import { faultsOf } from '../support/planted-fault.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

interface Message {
  readonly id: string;
  readonly topic: string;
  readonly payload: Record<string, string>;
}

const KEPT = [
  ...['ledger.transfer', 'ledger.balance', 'ledger.seal', 'payments.run', 'payments.line', 'payments.payment_order'],
  ...['payments.bank_match', 'payments.bank_unmatch'],
  ...['payments.export_file', 'subsistence.overpayment', 'subsistence.promised_date', 'subsistence.price_batch'],
  ...['outbox.message', 'audit.event', 'audit.state_change', 'approvals.request', 'approvals.decision'],
  ...['audit.verification_result', 'notices.notice', 'notices.attempt', 'subsistence.pay_day_change'],
  ...['grants.award', 'grants.instalment'],
  ...['subsistence.calendar_sent', 'subsistence.early_telling', 'subsistence.holiday_replan'],
  ...['subsistence.fall', 'subsistence.household_answer'],
];

/** Finds every job named in the rooms, so that a new one is met here as well. */
function definedJobs(): string[] {
  const rooms = new URL('../../src/', import.meta.url);
  const files = readdirSync(rooms, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  return files
    .flatMap((name) => [...readFileSync(new URL(name, rooms), 'utf8').matchAll(/defineJob\('([^']+)'\)/g)])
    .map((match) => match[1] as string)
    .toSorted();
}

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  const { app, council, superuser } = house;
  await takeIn(app, council, [
    ...familyRows('A-1', {}, child('2015-01-01')),
    ...familyRows('A-2', { contact: 'yes', address_line_1: '1 High Street', town: 'Northtown', postcode: 'SE1 1AA' }),
    ...familyRows('A-3', {}, child('2025-12-20')),
  ]);
  await completeRun(app, council, '2026-11-26');
  const { rows } = await superuser.query<{ id: string }>(`select id from families.member where relationship = 'child'`);
  await app.get(ChangeMembers).leave(council.actors.caseworker, rows[0]!.id, '2026-11-27' as PlainDate);
});
afterAll(() => house.close());

/** Runs a job's handler in a transaction of its own, whether or not the job is done. */
async function handle({ topic, payload }: Message): Promise<void> {
  const handler = house.app.get(JobCatalogue).handlerOf(topic) as JobHandler;
  const command = { name: 'test.handle', actor: clockOf(house.council.id) };
  await house.app.get(UnitOfWork).run(command, (tx) => handler(tx, payload));
}

async function messages(where: string): Promise<Message[]> {
  return (
    await house.superuser.query<Message>(`select id, topic, payload from outbox.message where ${where} order by id`)
  ).rows;
}

/** Does every open job, each time three times at once and once more after. */
async function workOffManifold(): Promise<Set<string>> {
  const topics = new Set<string>();
  while ((await openJobs(house.app, house.council.id)).length > 0)
    for (const message of await messages('done_at is null')) {
      topics.add(message.topic);
      const ring = { authorityId: house.council.id, messageId: message.id };
      await Promise.all([handle(message), handle(message), house.app.get(Relay).perform(ring)]);
      await house.app.get(Relay).perform(ring);
      await handle(message);
    }
  return topics;
}

async function snapshot(): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const table of KEPT) {
    const { rows } = await house.superuser.query<{ sum: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as sum from ${table} t`,
    );
    sums[table] = rows[0]!.sum;
  }
  return sums;
}

describe('Every job, run three times at once and once more', () => {
  let runId: string;
  const seen = new Set<string>();

  it('prices a run once', async () => {
    const { app, council } = house;
    house.setToday('2026-11-23' as PlainDate);
    ({ runId } = await app.get(OpenRun).run(council.actors.finance, '2026-12-03' as PlainDate));
    for (const topic of await workOffManifold()) seen.add(topic);
    const { rows } = await house.superuser.query(
      `select state, line_count, held_count from payments.run where id = $1`,
      [runId],
    );
    expect(rows).toEqual([{ state: 'priced', line_count: 3, held_count: 0 }]);
  });

  it('prices again, once, a run whose families waited for one that was cancelled', async () => {
    const { app, council } = house;
    const { runId: waiting } = await app.get(OpenRun).run(council.actors.finance, '2026-12-10' as PlainDate);
    for (const topic of await workOffManifold()) seen.add(topic);
    const held = await house.superuser.query(`select held_count from payments.run where id = $1`, [waiting]);
    expect(held.rows).toEqual([{ held_count: 3 }]);
    await app.get(CancelRun).run(council.actors.finance, runId, 'Opened by mistake');
    for (const topic of await workOffManifold()) seen.add(topic);
    const after = await house.superuser.query(
      `select state, line_count, held_count, pricing_round from payments.run where id = $1`,
      [waiting],
    );
    expect(after.rows).toEqual([{ state: 'priced', line_count: 3, held_count: 0, pricing_round: 2 }]);
    runId = waiting;
  });

  it('posts, exports and keeps the books of a run once', async () => {
    const { app, council } = house;
    const { fingerprint } = await app.get(SubmitRun).run(council.actors.finance, runId);
    await app.get(DecideRun).run(council.actors.manager, runId, { outcome: 'approved', fingerprint, reason: '' });
    await app.get(ReleaseRun).run(council.actors.releaser, runId);
    for (const topic of await workOffManifold()) seen.add(topic);
    const { rows } = await house.superuser.query(
      `select (select count(*)::int from ledger.transfer where run_id = $1 and kind = 4) as paid,
              (select count(*)::int from ledger.transfer where run_id = $1 and kind = 6) as sent,
              (select count(*)::int from payments.export_file where run_id = $1) as files,
              (select count(*)::int from subsistence.overpayment) as overpayments,
              (select count(*)::int from audit.event where action = 'subsistence.overpayment-found') as noted`,
      [runId],
    );
    expect(rows).toEqual([{ paid: 3, sent: 1, files: 1, overpayments: 1, noted: 1 }]);
    expect(await faultsOf(house)).toEqual([]);
  });

  it('puts a payment right once, and takes it back once when its run was cancelled', async () => {
    const { app, council, superuser } = house;
    const paid = await superuser.query<{ id: string }>(
      `select o.id from payments.payment_order o join payments.run r on r.id = o.run_id where r.kind = 'section-17' limit 1`,
    );
    const putRight = () => app.get(PutRight).notArrived(council.actors.finance, paid.rows[0]?.id ?? '', 'It was lost');
    const first = await putRight();
    for (const topic of await workOffManifold()) seen.add(topic);
    await app.get(CancelRun).run(council.actors.finance, first.runId, 'It was found');
    for (const topic of await workOffManifold()) seen.add(topic);
    const second = await putRight();
    for (const topic of await workOffManifold()) seen.add(topic);
    await finishRun(app, council, second.runId, 'releasing');
    for (const topic of await workOffManifold()) seen.add(topic);
    const { rows } = await superuser.query(
      `select p.state, count(o.id)::int as paid from subsistence.put_right p
         left join payments.line l on l.source_id = p.id left join payments.payment_order o on o.id = l.id group by p.id, p.state order by p.id`,
    );
    expect(rows).toEqual([
      { state: 'withdrawn', paid: 0 },
      { state: 'paid', paid: 1 },
    ]);
  });

  it('takes the instalments that are due into a grants run once, and pays each once', async () => {
    const { app, council, superuser } = house;
    await grantFund(app, council, '1000.00');
    const { rows: families } = await superuser.query<{ id: string }>(
      `update families.family set safe_checked_on = '2026-11-20' where reference = 'A-3' returning id`,
    );
    await takeApplicationTo(house, families[0]!.id, 'approved');
    const opened = await app.get(OpenRun).run(council.actors.finance, '2026-11-27' as PlainDate, undefined, 'grants');
    for (const topic of await workOffManifold()) seen.add(topic);
    const { fingerprint } = await app.get(SubmitRun).run(council.actors.finance, opened.runId);
    const decision = { outcome: 'approved', fingerprint, reason: '' } as const;
    await app.get(DecideRun).run(council.actors.manager, opened.runId, decision);
    await app.get(ReleaseRun).run(council.actors.releaser, opened.runId);
    for (const topic of await workOffManifold()) seen.add(topic);
    const { rows } = await superuser.query(
      `select (select count(*)::int from ledger.transfer where run_id = $1 and kind = 4) as paid,
              (select count(*)::int from ledger.transfer where kind = 5 and document_id in (select approval_id from grants.award)) as used,
              (select count(*)::int from grants.instalment where state = 'paid') as instalments`,
      [opened.runId],
    );
    expect(rows).toEqual([{ paid: 2, used: 2, instalments: 2 }]);
    expect(await faultsOf(house)).toEqual([]);
  });

  it('tells a family once that its pay day moves, and moves it once', async () => {
    const { app, council, superuser } = house;
    const { rows: plans } = await superuser.query<{ id: string }>(
      `select p.id from subsistence.plan p join families.family f on f.id = p.family_id where f.reference = 'A-2'`,
    );
    const { moveId } = await app.get(ProposePayDayMove).run(council.actors.caseworker, [plans[0]!.id], {
      ...{ payDay: 2, frequencyDays: null, from: '2026-12-28' as PlainDate, reason: 'The bank', urgent: null },
    });
    await app.get(DecidePayDayMove).approve(council.actors.manager, moveId, 'Agreed');
    for (const topic of await workOffManifold()) seen.add(topic);
    const { rows: notices } = await superuser.query<{ id: string }>(
      `select id from notices.notice where kind = 'pay-day'`,
    );
    await app.get(LogTelling).run(council.actors.caseworker, notices[0]!.id, {
      ...{ how: 'call', outcome: 'told', on: '2026-11-23' as PlainDate, spokeTo: 'The mother', note: 'Understood' },
    });
    const news = { how: 'callback', status: 'delivered', reference: null, completedAt: null } as const;
    await app
      .get(UnitOfWork)
      .run({ name: 'test.hear', actor: clockOf(council.id) }, (tx) => hear(tx, { ...news, providerId: randomUUID() }));
    for (const topic of await workOffManifold()) seen.add(topic);
    const { rows } = await superuser.query(
      `select (select count(*)::int from notices.attempt where notice_id = n.id) as attempts, n.state as notice,
              (select state from subsistence.pay_day_change) as change,
              (select count(*)::int from audit.event where action = 'subsistence.pay-day-moved') as moved
         from notices.notice n where kind = 'pay-day'`,
    );
    expect(rows).toEqual([{ attempts: 2, notice: 'received', change: 'in_force', moved: 1 }]);
  });

  it('looks once for amounts that fall by themselves', async () => {
    await house.app.get(FallsInNotice).ring(house.council.id);
    for (const topic of await workOffManifold()) seen.add(topic);
    const { rows } = await house.superuser.query(
      `select count(*)::int as falls, count(distinct notice_id)::int as notices from subsistence.fall`,
    );
    expect(rows).toEqual([{ falls: 2, notices: 2 }]);
  });

  it('sends a family its calendar once, and tells it once of money that comes early', async () => {
    const { app, council, superuser } = house;
    await app.get(SendCalendar).run(council.actors.finance, '2027-01-01' as PlainDate);
    for (const topic of await workOffManifold()) seen.add(topic);
    await app.get(AddBankHoliday).run(council.actors.administrator, {
      ...{
        division: 'england-and-wales',
        day: '2027-01-12' as PlainDate,
        title: 'A day of thanks',
        reason: 'Announced',
      },
    });
    for (const topic of await workOffManifold()) seen.add(topic);
    const { rows } = await superuser.query(
      `select (select count(*)::int from subsistence.calendar_sent) as calendars,
              (select count(*)::int from subsistence.early_telling where is_own) as told,
              (select count(*)::int from notices.notice where kind = 'early-payment') as notices,
              (select count(*)::int from subsistence.holiday_replan) as replans`,
    );
    expect(rows).toEqual([{ calendars: 1, told: 1, notices: 1, replans: 1 }]);
  });

  it('checks the books once', async () => {
    await house.app.get(VerifyBooks).ask(house.council.actors.auditor);
    for (const topic of await workOffManifold()) seen.add(topic);
    const { rows } = await house.superuser.query(
      `select count(*)::int as checks, sum(jsonb_array_length(faults))::int as faults from audit.verification_result`,
    );
    expect(rows).toEqual([{ checks: bookChecks.length, faults: 0 }]);
  });

  it('has no effect at all long after it was done', async () => {
    const before = await snapshot();
    const all = await messages('true');
    await Promise.all([...all, ...all].map((message) => handle(message)));
    await Promise.all(
      all.map(({ id }) => house.app.get(Relay).perform({ authorityId: house.council.id, messageId: id })),
    );
    expect(await snapshot()).toEqual(before);
  });

  it('was every job there is', () => {
    expect([...seen].toSorted()).toEqual(definedJobs());
  });
});

describe('The tick', () => {
  it('run five times at once plans every pay date once and opens each due run once', async () => {
    const tick = (): Promise<void> => house.app.get(PayCalendarTick).tick(house.council.id);
    house.setToday('2026-12-11' as PlainDate);
    await Promise.all(Array.from({ length: 5 }, tick));
    await tick();
    const { rows } = await house.superuser.query(
      `select pay_date::text, state from payments.run where pay_date > '2026-12-10' order by 1`,
    );
    expect(rows).toEqual([{ pay_date: '2026-12-17', state: 'planned' }]);
    const days = await house.superuser.query<{ n: number; days: number }>(
      `select count(*)::int as n, count(distinct pay_date)::int as days from payments.pay_calendar`,
    );
    expect(days.rows[0]?.n).toBe(days.rows[0]?.days);
  });

  it("run five times at once sends a quarter's calendar once", async () => {
    house.setToday('2027-03-04' as PlainDate);
    await Promise.all(Array.from({ length: 5 }, () => house.app.get(DatesAheadTick).issue(house.council.id)));
    const { rows } = await house.superuser.query(
      `select from_day::text as quarter, made_by is null as "byTheClock" from subsistence.calendar_issue order by 1`,
    );
    expect(rows).toEqual([
      { quarter: '2027-01-01', byTheClock: false },
      { quarter: '2027-04-01', byTheClock: true },
    ]);
  });

  it('run five times at once goes once over promises that a refreshed list upsets', async () => {
    const { superuser, council } = house;
    house.setToday('2026-12-11' as PlainDate);
    await superuser.query(
      `insert into calendar.bank_holiday values ('england-and-wales', '2026-12-24', 'Another day')`,
    );
    const effects = await Promise.all(
      Array.from({ length: 5 }, () => house.app.get(DatesAheadTick).replan(council.id)),
    );
    expect(effects.filter((effect) => effect?.replanId)).toHaveLength(1);
    const { rows } = await superuser.query(
      `select count(*)::int as n from subsistence.promised_date where pay_date = '2026-12-24' and stands and arrives_on = '2026-12-23'`,
    );
    expect(rows).toEqual([{ n: 3 }]);
  });
});
