import { addDays, type PlainDate } from '../../src/kernel/index.ts';
import { LogTelling } from '../../src/notices/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import {
  ApprovePlans,
  DecidePayDayMove,
  type MoveAsked,
  MovePreviews,
  ProposePayDayMove,
  ProposePlan,
} from '../../src/subsistence/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const day = (text: string): PlainDate => text as PlainDate;
const toTuesday: MoveAsked = {
  payDay: 2,
  frequencyDays: null,
  from: day('2026-12-07'),
  reason: 'The bank',
  urgent: null,
};

let house: TestHouse;

afterEach(() => house.close());

async function open(today: string, ...families: Parameters<typeof familyRows>[]): Promise<Record<string, string>> {
  house = await testHouse();
  house.setToday(day(today));
  await takeIn(
    house.app,
    house.council,
    families.flatMap((each) => familyRows(...each)),
  );
  const { rows } = await house.superuser.query<{ reference: string; id: string }>(
    `select f.reference, p.id from subsistence.plan p join families.family f on f.id = p.family_id`,
  );
  return Object.fromEntries(rows.map(({ reference, id }) => [reference, id]));
}

/** Moves the day of some plans; every family is visited on the day and told. */
async function move(planIds: readonly string[], asked: MoveAsked, on: string): Promise<void> {
  const { app, council } = house;
  const { moveId } = await app.get(ProposePayDayMove).run(council.actors.finance, planIds, asked);
  await app.get(DecidePayDayMove).approve(council.actors.manager, moveId, 'Yes');
  await workOff(app, council.id, ['notices.drain']);
  const { rows } = await house.superuser.query<{ notice: string }>(
    `select notice_id as notice from subsistence.pay_day_change where move_id = $1 and state = 'waiting'`,
    [moveId],
  );
  for (const { notice } of rows)
    await app.get(LogTelling).run(council.actors.caseworker, notice, {
      ...{ how: 'visit', outcome: 'told', on: day(on), spokeTo: 'The mother', note: '' },
    });
  await workOff(app, council.id, ['notices.drain']);
}

async function standing(planId: string): Promise<string[]> {
  const { rows } = await house.superuser.query<{ day: string }>(
    `select pay_date::text as day from subsistence.promised_date where plan_id = $1 and stands order by 1`,
    [planId],
  );
  return rows.map((row) => row.day);
}

/** Takes the run of each day through, some days before it. */
async function payOn(dates: readonly string[]): Promise<void> {
  for (const payDate of dates) {
    const before = addDays(day(payDate), -9);
    if (before > '2026-11-16') house.setToday(before);
    await completeRun(house.app, house.council, payDate);
  }
}

/** What was paid to the family of a plan, by day: each span of days, in order. */
async function spansOf(planId: string): Promise<string[][]> {
  const { rows } = await house.superuser.query<{ from: string; to: string }>(
    `select l.covers_from::text as from, l.covers_to::text as to from payments.line l join subsistence.plan p on p.id = l.source_id
      where p.family_id = (select family_id from subsistence.plan where id = $1) and l.status = 'payable' order by l.covers_from, l.id`,
    [planId],
  );
  return rows.map(({ from, to }) => [from, to]);
}

describe('The day of a family that is paid every two weeks', () => {
  it('moves in a week it is paid in, though the move begins in the week between', async () => {
    const reach = {
      contact: 'yes',
      mobile: '07700900123',
      frequency: 'fortnightly',
      support_from: '2026-09-03',
    } as const;
    const plans = await open('2026-11-16', ['TWO', { ...reach, paid_up_to: '2026-11-26' }]);
    expect(await standing(plans.TWO ?? '')).toEqual(expect.arrayContaining(['2026-11-26', '2026-12-10', '2026-12-24']));
    // The week of 14 December has no payment: the first that moves is the one of Christmas week.
    const asked = { ...toTuesday, from: day('2026-12-14') };
    const [seen] = await house.app
      .get(UnitOfWork)
      .read(house.council.actors.finance, (tx) => house.app.get(MovePreviews).of(tx, [plans.TWO ?? ''], asked));
    expect(seen).toMatchObject({ keeps: null, daysBetween: 12, facts: { newDate: '2026-12-22', frequencyDays: 14 } });
    await move([plans.TWO ?? ''], asked, '2026-11-16');
    expect((await standing(plans.TWO ?? '')).slice(0, 4)).toEqual([
      '2026-11-26',
      '2026-12-10',
      '2026-12-22',
      '2027-01-05',
    ]);
    await payOn(['2026-11-26', '2026-12-10', '2026-12-22']);
    expect(await spansOf(plans.TWO ?? '')).toEqual([
      ['2026-11-26', '2026-12-10'],
      ['2026-12-10', '2026-12-24'],
      ['2026-12-24', '2027-01-05'],
    ]);
  });
});

describe('A move near the end of the bank holidays that are known', () => {
  it('promises what is known, and is kept where its own day is not', async () => {
    const lead = {
      contact: 'yes',
      mobile: '07700900123',
      support_from: '2028-09-07',
      paid_up_to: '2028-11-30',
    } as const;
    const plans = await open('2028-11-20', ['KNOWN', lead], ['BEYOND', lead]);
    expect((await standing(plans.KNOWN ?? '')).at(-1)).toBe('2028-12-28');
    await move([plans.KNOWN ?? ''], { ...toTuesday, from: day('2028-12-11') }, '2028-11-20');
    expect(await standing(plans.KNOWN ?? '')).toEqual([
      '2028-11-30',
      '2028-12-07',
      '2028-12-12',
      '2028-12-19',
      '2028-12-26',
    ]);
    const [seen] = await house.app
      .get(UnitOfWork)
      .read(house.council.actors.finance, (tx) =>
        house.app.get(MovePreviews).of(tx, [plans.BEYOND ?? ''], { ...toTuesday, from: day('2029-01-01') }),
      );
    expect(seen).toMatchObject({ keeps: 'nothing-promised', move: null });
  });
});

describe('A family whose second plan follows the first', () => {
  it('is paid every day once, across the seam and the move', async () => {
    const lead = { contact: 'yes', mobile: '07700900123', support_to: '2026-12-17', paid_up_to: '2026-11-26' } as const;
    const { SEAM: first = '' } = await open('2026-11-16', ['SEAM', lead]);
    const { app, council, superuser } = house;
    const { rows } = await superuser.query<{ family: string; fund: string }>(
      `select family_id as family, fund_id as fund from subsistence.plan where id = $1`,
      [first],
    );
    const { planId: second } = await app.get(ProposePlan).run(council.actors.caseworker, rows[0]?.family ?? '', {
      ...{ fundId: rows[0]?.fund ?? '', standard: 'subsistence', standardReason: null, override: null, topUps: [] },
      ...{ frequencyDays: 7, payDay: 4, supportFrom: day('2026-12-17'), supportTo: null },
    });
    await app.get(ApprovePlans).all(council.actors.manager, 'Test');
    await move([first, second], toTuesday, '2026-11-16');
    const dates = [...new Set([...(await standing(first)), ...(await standing(second))])].toSorted();
    await payOn(dates.filter((each) => each < '2027-01-01'));
    const spans = await spansOf(first);
    expect(spans.slice(1).map(([from]) => from)).toEqual(spans.slice(0, -1).map(([, to]) => to));
    expect([spans[0]?.[0], (spans.at(-1)?.[1] ?? '') > '2026-12-31']).toEqual(['2026-11-26', true]);
  });
});
