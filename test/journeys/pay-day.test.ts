import type { PlainDate } from '../../src/kernel/index.ts';
import { DecidePayDayMove, type MoveAsked, ProposePayDayMove } from '../../src/subsistence/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { Client } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { linesOf, openRun, takeRun } from '../support/run-over-http.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { dayComes, tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const toTuesday: MoveAsked = {
  ...{ payDay: 2, frequencyDays: null, from: '2026-12-07' as PlainDate },
  ...{ reason: 'The bank needs a day more over the holidays.', urgent: null },
};

let house: TestHouse;
let client: Client;
let notify: StandInNotify;
const plans: Record<string, string> = {};

beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  notify = await withNotify(house);
  await takeIn(house.app, house.council, [
    ...familyRows('IN-TIME', { contact: 'yes', mobile: '07700900123' }, child('2020-01-01')),
    ...familyRows('LETTER', {
      contact: 'yes',
      address_line_1: '1 High Street',
      town: 'Northtown',
      postcode: 'SE1 1AA',
    }),
    ...familyRows('UNREACHED', { contact: 'no', mobile: '07700900124' }),
    ...familyRows('BOUNCED', {
      contact: 'yes',
      mobile: '07700900003',
      address_line_1: '2 High Street',
      town: 'Northtown',
      postcode: 'SE1 1AA',
    }),
  ]);
  const { rows } = await house.superuser.query<{ reference: string; id: string }>(
    `select f.reference, p.id from subsistence.plan p join families.family f on f.id = p.family_id`,
  );
  for (const { reference, id } of rows) plans[reference] = id;
});
afterAll(async () => {
  await notify.stop();
  await house.close();
});

const datesOf = async (reference: string): Promise<string[]> => {
  const { rows } = await house.superuser.query<{ day: string }>(
    `select pay_date::text as day from subsistence.promised_date where plan_id = $1 and stands order by 1 limit 5`,
    [plans[reference]],
  );
  return rows.map((row) => row.day);
};
const thursdays = ['2026-11-26', '2026-12-03', '2026-12-10', '2026-12-17', '2026-12-24'];
const tuesdays = ['2026-11-26', '2026-12-03', '2026-12-08', '2026-12-15', '2026-12-22'];

describe('A pay day that moves from Thursday to Tuesday', () => {
  let moveId: string;

  it('is proposed for everyone, and says first who keeps Thursday', async () => {
    const proposed = await house.app
      .get(ProposePayDayMove)
      .run(house.council.actors.finance, Object.values(plans), toTuesday);
    moveId = proposed.moveId;
    expect(proposed).toMatchObject({ moves: 2, keeps: 2, needsApproval: true });
    const byFamily = Object.fromEntries(proposed.families.map((each) => [each.family, each]));
    expect(byFamily['IN-TIME']).toMatchObject({
      ...{ affectsOn: '2026-12-08', neededBy: '2026-11-23', told: { way: 'sms', receivedOn: '2026-11-16' } },
      facts: { oldDate: '2026-12-10', newDate: '2026-12-08', payment: { amount: '70.26', lastsUntil: '2026-12-15' } },
    });
    expect(byFamily.UNREACHED).toMatchObject({ keeps: 'cannot-be-reached' });
    // By letter the family has it on 23 or 24 November.
    expect(byFamily.LETTER).toMatchObject({ keeps: 'not-in-time' });
  });

  it('changes no promise and tells nobody before a second person approves', async () => {
    await tellEverybody(house, notify);
    expect((await notify.account()).accepted).toEqual([]);
    expect(await datesOf('IN-TIME')).toEqual(thursdays);
  });

  it('is approved, told, received, and then promised', async () => {
    await house.app.get(DecidePayDayMove).approve(house.council.actors.manager, moveId, 'Agreed');
    await tellEverybody(house, notify);
    const { accepted } = await notify.account();
    expect(accepted.find((each) => each.to.endsWith('123'))?.body).toContain('Tue 8 Dec');
    expect(await datesOf('IN-TIME')).toEqual(tuesdays);
  });

  it('keeps Thursday for the family whose phone did not take it, while a letter goes out', async () => {
    expect(await datesOf('BOUNCED')).toEqual(thursdays);
    expect((await notify.account()).counts.letter).toBe(1);
    await dayComes(house, '2026-11-24');
    expect(await datesOf('BOUNCED')).toEqual(thursdays);
    const { rows } = await house.superuser.query<{ state: string; why: string }>(
      `select state, kept_because as why from subsistence.pay_day_change where plan_id = $1`,
      [plans.BOUNCED],
    );
    expect(rows).toEqual([{ state: 'kept', why: expect.stringContaining('2026-11-23 was the last day') as string }]);
  });

  it('is paid on the Tuesday for the days after what is paid already, and on Thursday to those who keep it', async () => {
    const days: Record<string, string[]> = {};
    for (const day of ['2026-11-26', '2026-12-03', '2026-12-08', '2026-12-10']) {
      const runId = await openRun(house, client, day);
      days[day] = (await linesOf(client, runId)).map((line) => `${line.family} ${line.coversFrom} to ${line.coversTo}`);
      await takeRun(house, client, runId, 'exported');
      await workOff(house.app, house.council.id);
    }
    expect(days['2026-12-03']).toContain('IN-TIME 2026-12-03 to 2026-12-10');
    expect(days['2026-12-08']).toEqual(['IN-TIME 2026-12-10 to 2026-12-15']);
    expect(days['2026-12-10']).toEqual(
      ['LETTER', 'UNREACHED', 'BOUNCED'].map((family) => `${family} 2026-12-10 to 2026-12-17`),
    );
  });
});
