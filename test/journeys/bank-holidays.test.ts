import type { PlainDate } from '../../src/kernel/index.ts';
import {
  AddBankHoliday,
  type BankHolidayAdded,
  type BankHolidayToAdd,
  DatesAheadTick,
  EarlyPayments,
  earlyDates,
} from '../../src/subsistence/index.ts';
import { PayCalendarTick } from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { clockOf } from '../../src/kernel/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { Client } from '../support/http.ts';
import { openRun, takeRun } from '../support/run-over-http.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { dayComes, tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const address = { address_line_1: '1 High Street', town: 'Northtown', postcode: 'SE1 1AA' };
const funeral: BankHolidayToAdd = {
  ...{ division: 'england-and-wales', day: '2026-12-10' as PlainDate, title: 'State funeral' },
  reason: 'Announced by the Prime Minister on 16 November.',
};

let house: TestHouse;
let client: Client;
let notify: StandInNotify;

beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  notify = await withNotify(house);
  await takeIn(house.app, house.council, [
    ...familyRows('BY-PHONE', { contact: 'yes', mobile: '07700900123' }, child('2020-01-01')),
    ...familyRows('BY-LETTER', { contact: 'yes', ...address }),
    ...familyRows('UNREACHED', { contact: 'no' }),
    ...familyRows('ON-MONDAYS', { contact: 'yes', mobile: '07700900124', pay_day: 'monday', paid_up_to: '2026-11-23' }),
  ]);
});
afterAll(async () => {
  await notify.stop();
  await house.close();
});

const promised = async (reference: string): Promise<string[]> => {
  const { rows } = await house.superuser.query<{ day: string }>(
    `select d.pay_date::text || case when d.arrives_on < d.pay_date then ' on ' || d.arrives_on else '' end as day
       from subsistence.promised_date d join subsistence.plan p on p.id = d.plan_id
       join families.family f on f.id = p.family_id and f.reference = $1
      where d.stands order by d.pay_date limit 5`,
    [reference],
  );
  return rows.map((row) => row.day);
};
const add = (holiday: Partial<BankHolidayToAdd> = {}, dryRun = false): Promise<BankHolidayAdded> =>
  house.app.get(AddBankHoliday).run(house.council.actors.administrator, { ...funeral, ...holiday }, { dryRun });

describe('A bank holiday announced for one year only', () => {
  let runId: string;

  it('is looked at first, and changes nothing by that', async () => {
    runId = await openRun(house, client, '2026-12-10');
    const seen = await add({}, true);
    expect(seen).toMatchObject({
      ...{ families: 3, past: [], told: { inTime: 2, late: 0, unreached: 1 } },
      dates: [{ payDate: '2026-12-10', before: '2026-12-10', arrivesOn: '2026-12-09', families: 3 }],
      runs: [{ runId, before: '2026-12-10', arrivesOn: '2026-12-09', isLate: false }],
    });
    expect(await promised('BY-PHONE')).toContain('2026-12-10');
    expect((await client.get('finance', '/bank-holidays').expect(200)).text).not.toContain('State funeral');
  });

  it('brings the money of that day forward, and no other', async () => {
    await add();
    expect(await promised('BY-PHONE')).toEqual([
      ...['2026-11-26', '2026-12-03', '2026-12-10 on 2026-12-09', '2026-12-17', '2026-12-24'],
    ]);
    expect(await promised('ON-MONDAYS')).toEqual([
      ...['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21'],
    ]);
  });

  it('gives an open run its new days, and later runs theirs', async () => {
    const { body } = await client.get('finance', `/runs/${runId}`).expect(200);
    expect(body).toMatchObject({ entryDay: '2026-12-09', processingDay: '2026-12-08', inputDay: '2026-12-07' });
    await house.app.get(PayCalendarTick).tick(house.council.id);
  });

  it('tells each family by its own way, until when the money must last', async () => {
    await tellEverybody(house, notify);
    const { accepted } = await notify.account();
    expect(accepted.find((each) => each.to.endsWith('123'))?.body).toMatch(
      /your payment comes early.*£\d.* on Wed 9 Dec, not Thu 10 Dec.*last until Thu 17 Dec/,
    );
    expect(accepted.filter((each) => each.type === 'letter')).toHaveLength(1);
    expect(accepted.some((each) => each.to.endsWith('124'))).toBe(false);
    await dayComes(house, '2026-11-24');
    const dates = await house.app
      .get(UnitOfWork)
      .read(clockOf(house.council.id), (tx) => earlyDates(tx, '2026-12-01' as PlainDate, '2026-12-15' as PlainDate));
    expect(dates).toEqual([
      {
        ...{ payDate: '2026-12-10', arrivesOn: '2026-12-09', neededBy: '2026-11-24' },
        ...{ families: 3, inTime: 2, late: 0, untold: 1 },
      },
    ]);
  });

  it('is entered once, by an administrator, for a weekday to come', async () => {
    await expect(add()).rejects.toMatchObject({ code: 'bank_holiday_known' });
    await expect(add({ day: '2026-12-25' as PlainDate })).rejects.toMatchObject({ code: 'bank_holiday_known' });
    await expect(add({ day: '2026-12-12' as PlainDate })).rejects.toMatchObject({ code: 'bank_holiday_refused' });
    await expect(add({ day: '2026-11-02' as PlainDate })).rejects.toMatchObject({ code: 'bank_holiday_refused' });
    await expect(add({ day: '2099-11-02' as PlainDate })).rejects.toMatchObject({ code: 'bank_holiday_refused' });
    const asked = { ...funeral, day: '2026-12-16' };
    await client.post('finance', '/bank-holidays', asked).expect(403);
    await client.post('administrator', '/bank-holidays', { ...asked, dryRun: true }).expect(201);
  });

  it('changes nothing more when the clock looks again', async () => {
    expect(await house.app.get(DatesAheadTick).replan(house.council.id)).toBeUndefined();
    await house.app.get(EarlyPayments).tick(house.council.id);
    await tellEverybody(house, notify);
    const { accepted } = await notify.account();
    expect(accepted.filter((each) => each.body.includes('Wed 9 Dec') || each.type === 'letter')).toHaveLength(2);
  });

  it('leaves the Christmas dates to their own notice, five weeks ahead', async () => {
    const { accepted } = await notify.account();
    expect(accepted.find((each) => each.to.endsWith('124'))?.body).toMatch(
      /£49.18 on Thu 24 Dec, not Mon 28 Dec\. It must last until Mon 4 Jan/,
    );
  });

  it('comes too late for a run that was released, and says so', async () => {
    await takeRun(house, client, runId, 'exported');
    house.setToday('2026-12-07' as PlainDate);
    const seen = await add({ day: '2026-12-09' as PlainDate, title: 'The day before' });
    expect(seen).toMatchObject({
      ...{ dates: [], families: 0, runs: [] },
      past: [{ payDate: '2026-12-10', promised: '2026-12-09', soonest: '2026-12-11', families: 3 }],
    });
    expect(await promised('BY-PHONE')).toContain('2026-12-10 on 2026-12-09');
  });
});
