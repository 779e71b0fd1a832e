import type { PlainDate } from '../../src/kernel/index.ts';
import { DecideTranslation, LogTelling, wordsDigest } from '../../src/notices/index.ts';
import {
  DecidePayDayMove,
  type MoveAsked,
  type PayDayMoveProposed,
  ProposePayDayMove,
} from '../../src/subsistence/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { Client } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { linesOf, openRun, takeRun } from '../support/run-over-http.ts';
import type { StandInNotify, TakenIn } from '../support/stand-in-notify.ts';
import { dayComes, tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const reached = { contact: 'yes', mobile: '07700900115', pay_day: 'tuesday', paid_up_to: '2026-11-24' };
const address = { address_line_1: '1 High Street', town: 'Northtown', postcode: 'SE1 1AA' };

let house: TestHouse;
let notify: StandInNotify;
let client: Client;
const plans: Record<string, string> = {};

beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  notify = await withNotify(house);
  await takeIn(house.app, house.council, [
    ...familyRows('LATER', reached),
    ...familyRows('URGENT', { ...reached, mobile: '07700900112' }),
    ...familyRows('DISCREET', { ...reached, mobile: '07700900113', contact: 'discreet', email: 'aunt@example.org' }),
    ...familyRows('ARABIC', { ...reached, mobile: '07700900114', language: 'ar' }),
    ...familyRows('ARABIC-POST', { ...reached, mobile: '', language: 'ar', ...address }),
    ...familyRows('CALLED', { ...reached, mobile: '07700900002' }),
    ...familyRows('SILENT', { ...reached, mobile: '07700900116', contact: 'no' }),
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

async function move(family: string, asked: Partial<MoveAsked>): Promise<PayDayMoveProposed> {
  const { app, council } = house;
  const proposed = await app.get(ProposePayDayMove).run(council.actors.caseworker, [plans[family] ?? ''], {
    ...{
      payDay: 4,
      frequencyDays: null,
      from: '2026-12-07' as PlainDate,
      reason: 'The bank asks for it.',
      urgent: null,
    },
    ...asked,
  });
  await app.get(DecidePayDayMove).approve(council.actors.manager, proposed.moveId, 'Agreed');
  await tellEverybody(house, notify);
  return proposed;
}

async function datesOf(family: string): Promise<string[]> {
  const { rows } = await house.superuser.query<{ day: string }>(
    `select pay_date::text as day from subsistence.promised_date where plan_id = $1 and stands and pay_date > '2026-12-01' order by 1 limit 3`,
    [plans[family]],
  );
  return rows.map((row) => row.day);
}

const sentTo = async (end: string): Promise<TakenIn[]> =>
  (await notify.account()).accepted.filter(({ to }) => to.replaceAll(' ', '').endsWith(end));

describe('A pay day that moves later, from Tuesday to Thursday', () => {
  it('is told with the payment in between, and paid so: no day without money, none paid twice', async () => {
    const { families } = await move('LATER', {});
    expect(families[0]?.facts).toMatchObject({
      ...{ oldDate: '2026-12-08', newDate: '2026-12-10', payment: { amount: '49.18', lastsUntil: '2026-12-17' } },
      bridging: { arrivesOn: '2026-12-08', amount: '14.05', lastsUntil: '2026-12-10' },
    });
    expect(families[0]?.daysBetween).toBe(2);
    expect(await datesOf('LATER')).toEqual(['2026-12-08', '2026-12-10', '2026-12-17']);
    const paid: string[] = [];
    for (const day of ['2026-11-24', '2026-12-01', '2026-12-08', '2026-12-10']) {
      const runId = await openRun(house, client, day);
      const line = (await linesOf(client, runId)).find((each) => each.family === 'LATER');
      if (line) paid.push(`${line.coversFrom} ${line.coversTo} ${line.amount}`);
      await takeRun(house, client, runId, 'exported');
      await workOff(house.app, house.council.id);
    }
    expect(paid).toEqual([
      '2026-11-24 2026-12-01 49.18',
      '2026-12-01 2026-12-08 49.18',
      '2026-12-08 2026-12-10 14.05',
      '2026-12-10 2026-12-17 49.18',
    ]);
  });
});

describe('An emergency', () => {
  it('takes effect at once, by a manager’s name, with an apology, and is on record', async () => {
    const urgent = { reason: 'The bank closes the account.', bridging: 'paid', apology: 'We are sorry.' } as const;
    await move('URGENT', { urgent, from: '2026-12-14' as PlainDate });
    expect(await datesOf('URGENT')).toEqual(['2026-12-08', '2026-12-15', '2026-12-17']);
    const { rows } = await house.superuser.query(
      `select decided_by, urgent_reason, apology from subsistence.pay_day_move where urgent_reason is not null`,
    );
    expect(rows).toEqual([
      { decided_by: house.council.userIds.manager, urgent_reason: urgent.reason, apology: urgent.apology },
    ]);
  });
});

describe('A discreet family', () => {
  it('gets words that say a date moved and nothing of why, by text message', async () => {
    await move('DISCREET', {});
    const [message] = await sentTo('113');
    expect(message?.body).toMatch(/now Thu 17 Dec, not Tue 15 Dec/);
    expect(message?.body).not.toMatch(/council|nrpf|section 17|benefit|money|immigration|£/i);
  });
});

describe('A family that reads Arabic', () => {
  it('is written to in English until a named person approved the words', async () => {
    await move('ARABIC', { from: '2026-12-21' as PlainDate });
    const [message] = await sentTo('114');
    expect(message?.body).toMatch(/Thu 24 Dec/);
  });

  it('then gets a letter in Arabic, and a text message of digits that no phone garbles', async () => {
    const { app, council } = house;
    const seen = wordsDigest('ar');
    await app.get(DecideTranslation).run(council.actors.manager, 'ar', { outcome: 'approved', reason: 'Read', seen });
    await move('ARABIC-POST', { from: '2027-01-04' as PlainDate });
    const { rows } = await house.superuser.query<{ language: string; body: string }>(
      `select a.language, a.body from notices.attempt a join subsistence.plan p on p.family_id = a.family_id
        where p.id = $1 and a.channel = 'letter'`,
      [plans['ARABIC-POST']],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.language).toBe('ar');
    expect(rows[0]?.body).toMatch(/[\u0600-\u06ff]{3}/);
  });
});

describe('A family nobody reaches by message', () => {
  it('becomes a person’s task, and a logged call in time lets the change through', async () => {
    const { app, council } = house;
    await move('CALLED', { from: '2027-01-04' as PlainDate });
    const { rows } = await house.superuser.query<{ id: string; state: string }>(
      `select n.id, n.state from notices.notice n join subsistence.plan p on p.family_id = n.family_id where p.id = $1`,
      [plans.CALLED],
    );
    expect(rows[0]?.state).toBe('call_needed');
    await dayComes(house, '2026-11-18');
    await app.get(LogTelling).run(council.actors.caseworker, rows[0]?.id ?? '', {
      ...{ how: 'call', outcome: 'told', on: '2026-11-18' as PlainDate, spokeTo: 'The mother', note: 'She knows.' },
    });
    await workOff(app, council.id);
    expect(await datesOf('CALLED')).not.toContain('2027-01-05');
    expect(await datesOf('CALLED')).toContain('2026-12-08');
  });

  it('keeps its day where there is no safe way at all', async () => {
    await expect(move('SILENT', {})).rejects.toMatchObject({ code: 'pay_day_move_refused' });
  });
});
