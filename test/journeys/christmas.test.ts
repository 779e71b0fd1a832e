import { clockOf, type PlainDate } from '../../src/kernel/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import {
  DatesAheadTick,
  DecidePayDayMove,
  EarlyPayments,
  earlyDates,
  ProposePayDayMove,
  SendCalendar,
} from '../../src/subsistence/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { Client } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { openRun, takeRun } from '../support/run-over-http.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { dayComes, tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const address = { address_line_1: '1 High Street', town: 'Northtown', postcode: 'SE1 1AA' };
const friday = { contact: 'yes', pay_day: 'friday', paid_up_to: '2026-11-27' };

let house: TestHouse;
let client: Client;
let notify: StandInNotify;

beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  notify = await withNotify(house);
  await takeIn(house.app, house.council, [
    ...familyRows('FRIDAY-LETTER', { ...friday, ...address }),
    ...familyRows('FRIDAY-PHONE', { ...friday, mobile: '07700900123' }),
    ...familyRows('MONDAY', { ...friday, ...address, pay_day: 'monday', paid_up_to: '2026-11-30' }),
    ...familyRows('THURSDAY', { contact: 'yes', ...address, paid_up_to: '2026-12-17' }),
    ...familyRows('UNREACHED', { ...friday, contact: 'no' }),
  ]);
});
afterAll(async () => {
  await notify.stop();
  await house.close();
});

interface ToldRow {
  readonly family: string;
  readonly kind: string;
  readonly facts: {
    readonly payments?: { arrivesOn: string; lastsUntil: string; isEarly: boolean }[];
    readonly payment?: { arrivesOn: string; lastsUntil: string };
    readonly usualDate?: string;
  };
}
const noticesOf = async (kind: string): Promise<ToldRow[]> =>
  (
    await house.superuser.query<ToldRow>(
      `select f.reference as family, n.kind, n.facts from notices.notice n join families.family f on f.id = n.family_id
        where n.kind = $1 order by n.id`,
      [kind],
    )
  ).rows;
const planOf = async (reference: string): Promise<string> =>
  (
    await house.superuser.query<{ id: string }>(
      `select p.id from subsistence.plan p join families.family f on f.id = p.family_id where f.reference = $1`,
      [reference],
    )
  ).rows[0]?.id ?? '';
const clockTicks = async (): Promise<void> => {
  await house.app.get(DatesAheadTick).issue(house.council.id);
  await house.app.get(EarlyPayments).tick(house.council.id);
  await tellEverybody(house, notify);
};

describe('Christmas', () => {
  it('is told five weeks ahead, once, to whom no calendar told it', async () => {
    await clockTicks();
    expect(await noticesOf('early-payment')).toEqual([]);
    house.setToday('2026-11-19' as PlainDate);
    await clockTicks();
    await clockTicks();
    const told = (await noticesOf('early-payment')).map(({ family, facts }) => [
      family,
      facts.usualDate,
      facts.payment?.arrivesOn,
      facts.payment?.lastsUntil,
    ]);
    expect(told).toEqual([
      ['FRIDAY-LETTER', '2026-12-25', '2026-12-24', '2026-12-31'],
      ['FRIDAY-PHONE', '2026-12-25', '2026-12-24', '2026-12-31'],
      ['UNREACHED', '2026-12-25', '2026-12-24', '2026-12-31'],
      // From Christmas Eve to 4 January.
      ['MONDAY', '2026-12-28', '2026-12-24', '2027-01-04'],
    ]);
  });

  it('has the next quarter’s calendar out in time for New Year’s Day, and not twice', async () => {
    for (const day of ['2026-11-24', '2026-11-25', '2026-11-26', '2026-12-04']) {
      await dayComes(house, day);
      await clockTicks();
      expect((await noticesOf('calendar')).length).toBe(day === '2026-11-24' ? 0 : 4);
    }
    await expect(
      house.app.get(SendCalendar).run(house.council.actors.finance, '2027-01-01' as PlainDate),
    ).rejects.toMatchObject({ code: 'payment_calendar_sent_before' });
  });

  it('says in the calendar what comes early, and until when each payment lasts', async () => {
    const [first] = await noticesOf('calendar');
    expect(first?.facts.payments?.slice(0, 2)).toEqual([
      expect.objectContaining({ arrivesOn: '2026-12-31', lastsUntil: '2027-01-08', isEarly: true }),
      expect.objectContaining({ arrivesOn: '2027-01-08', lastsUntil: '2027-01-15', isEarly: false }),
    ]);
    expect(first?.facts.payments?.at(-1)).toMatchObject({ arrivesOn: '2027-03-25', isEarly: true });
  });

  it('tells New Year’s Day by itself only to whom the calendar went as a text message', async () => {
    const newYear = (await noticesOf('early-payment')).filter(({ facts }) => facts.usualDate === '2027-01-01');
    expect(newYear.map(({ family }) => family).toSorted()).toEqual(['FRIDAY-PHONE', 'UNREACHED']);
  });

  it('counts who was told in time, and lists who was not', async () => {
    await dayComes(house, '2026-12-17');
    const dates = await house.app
      .get(UnitOfWork)
      .read(clockOf(house.council.id), (tx) => earlyDates(tx, '2026-12-20' as PlainDate, '2027-01-03' as PlainDate));
    expect(dates.map(({ payDate, families, inTime, untold }) => [payDate, families, inTime, untold])).toEqual([
      ['2026-12-25', 3, 2, 1],
      ['2026-12-28', 1, 1, 0],
      ['2027-01-01', 3, 2, 1],
    ]);
    const { body } = await client.get('finance', '/early-payments/told-too-late').expect(200);
    expect((body as { families: { family: string; payDate: string }[] }).families).toMatchObject([
      { family: 'UNREACHED', payDate: '2026-12-25' },
      { family: 'UNREACHED', payDate: '2027-01-01' },
    ]);
  });

  it('pays early all the same, whoever was told', async () => {
    for (const payDate of ['2026-12-04', '2026-12-11', '2026-12-18']) {
      const earlier = await openRun(house, client, payDate);
      await takeRun(house, client, earlier, 'exported');
    }
    const runId = await openRun(house, client, '2026-12-25');
    const { body } = await client.get('finance', `/runs/${runId}`).expect(200);
    expect(body).toMatchObject({ entryDay: '2026-12-24', inputDay: '2026-12-22', lineCount: 3 });
  });

  it('waits for a letter handed over on 23 December: a move is not in force before 5 January', async () => {
    house.setToday('2026-12-23' as PlainDate);
    const { actors } = house.council;
    const asked = { payDay: 2, frequencyDays: null, from: '2027-01-25' as PlainDate, reason: 'The bank', urgent: null };
    const { moveId } = await house.app.get(ProposePayDayMove).run(actors.finance, [await planOf('THURSDAY')], asked);
    await house.app.get(DecidePayDayMove).approve(actors.manager, moveId, 'Agreed');
    await workOff(house.app, house.council.id);
    await tellEverybody(house, notify);
    const { rows } = await house.superuser.query(
      `select a.arrives_earliest::text as earliest, a.arrives_latest::text as latest from notices.attempt a
         join notices.notice n on n.id = a.notice_id where n.kind = 'pay-day'`,
    );
    expect(rows).toEqual([{ earliest: '2027-01-04', latest: '2027-01-05' }]);
    const stateOn = async (day: string): Promise<string | undefined> => {
      await dayComes(house, day);
      const found = await house.superuser.query<{ state: string }>(
        `select state from subsistence.pay_day_change where move_id = $1`,
        [moveId],
      );
      return found.rows[0]?.state;
    };
    expect(await stateOn('2027-01-04')).toBe('waiting');
    expect(await stateOn('2027-01-05')).toBe('in_force');
  });
});
