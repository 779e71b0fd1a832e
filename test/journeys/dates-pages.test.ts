import type { PlainDate } from '../../src/kernel/index.ts';
import { PayCalendarTick } from '../../src/payments/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { Client } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { openRun, takeRun } from '../support/run-over-http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const address = { address_line_1: '1 High Street', town: 'Northtown', postcode: 'SE1 1AA' };
const day = { 'day-day': '10', 'day-month': '12', 'day-year': '2026' };
const holiday = {
  ...{ ...day, title: 'State funeral', division: 'england-and-wales', reason: 'Announced on the news' },
  apology: 'We heard of it only today.',
};
const NEW = '/administration/bank-holidays/new';
const CHECK = '/administration/bank-holidays/new/check';

let house: TestHouse;
let administrator: PageVisitor;
let finance: PageVisitor;

beforeAll(async () => {
  house = await testHouse(PAGES);
  await takeIn(house.app, house.council, [
    ...familyRows('BY-LETTER', { contact: 'yes', ...address }),
    ...familyRows('UNREACHED', { contact: 'no' }),
    ...familyRows('FRIDAYS', { contact: 'yes', ...address, pay_day: 'friday', paid_up_to: '2026-11-20' }),
  ]);
  administrator = await PageVisitor.signedIn(house, 'administrator');
  finance = await PageVisitor.signedIn(house, 'finance');
});
afterAll(() => house.close());

describe('Entering a bank holiday', () => {
  it('keeps what was typed and says what is wrong, at its field', async () => {
    const { status, text } = await administrator.send(NEW, { ...holiday, 'day-day': '12', title: '' });
    expect(status).toBe(422);
    expect(text).toContain('value="12"');
    expect(text).toContain('href="#title"');
    const weekend = await administrator.send(NEW, { ...holiday, 'day-day': '12' });
    expect(weekend.text).toContain('This is a weekend: nothing is paid then anyway.');
    const known = await administrator.send(NEW, { ...holiday, 'day-day': '25' });
    expect([known.status, known.text.includes('is a bank holiday there already')]).toEqual([409, true]);
  });

  it('shows what it would do, in numbers, before it stands', async () => {
    expect((await administrator.send(NEW, holiday)).location).toBe(CHECK);
    const { text } = await administrator.get(CHECK);
    expect(text).toContain('Wednesday 9 December 2026');
    expect(text).toContain('1 family will be told at once.');
    expect(text).toContain('1 family must be called by a person.');
    expect((await administrator.get('/administration/bank-holidays')).text).not.toContain('State funeral');
    expect((await administrator.get(`${NEW}?change=`)).text).toContain('value="State funeral"');
  });

  it('is done once, and stands on the list with who entered it', async () => {
    const { location } = await administrator.send(CHECK, {});
    expect(location).toBe('/administration/bank-holidays');
    const { text } = await administrator.get('/administration/bank-holidays');
    expect(text).toMatch(/Thursday 10 December 2026[\s\S]*State funeral[\s\S]*administrator, 16 November 2026/);
    expect((await administrator.send(CHECK, {})).location).not.toBe(CHECK);
  });

  it('is an administrator’s, for others to read', async () => {
    expect((await finance.get(NEW)).status).toBe(403);
    expect((await finance.get('/administration/bank-holidays?division=scotland')).text).toContain('St Andrew');
  });
});

describe('Payment calendars', () => {
  it('say what comes early and when each goes out', async () => {
    const { text } = await finance.get('/pay-days/calendar');
    expect(text).toContain('Friday 25 December 2026, on Thursday 24 December 2026');
    expect(text).toContain('Goes out by itself on Wednesday 25 November 2026');
  });

  it('are sent sooner by finance, who sees first whom they do not reach', async () => {
    const send = '/pay-days/calendar/2026-10-01/send';
    const { text } = await finance.get(send);
    expect(text).toContain('2 families will be sent their dates');
    expect(text).toContain('UNREACHED');
    expect((await finance.send(send, {})).location).toBe('/pay-days/calendar');
    await workOff(house.app, house.council.id);
    expect((await finance.get('/pay-days/calendar')).text).toContain('2 of 2');
    expect((await finance.get(send)).location).toBe('/pay-days/calendar');
    expect((await finance.get('/pay-days/calendar/nonsense/send')).location).toBe('/pay-days/calendar');
    const auditor = await PageVisitor.signedIn(house, 'auditor');
    expect((await auditor.get('/pay-days/calendar')).text).not.toContain('Send it now');
  });

  it('are not sent twice, by two people at once either', async () => {
    const send = '/pay-days/calendar/2027-01-01/send';
    const both = await Promise.all([finance.send('/account', {}, send), finance.send('/account', {}, send)]);
    expect(new Set(both.map((each) => each.status))).toEqual(new Set([303, 409]));
    expect(both.find((each) => each.status === 409)?.text).toContain('This payment calendar was sent before');
  });
});

describe('Money that comes early', () => {
  it('is on the pay calendar with how many families were told in time', async () => {
    await house.app.get(PayCalendarTick).tick(house.council.id);
    const { text } = await finance.get('/calendar');
    expect(text).toMatch(/Wednesday 9 Dec 2026[\s\S]*0 of 2 families were told in time/);
  });

  it('lists the families that were told too late, and lets one pay date be looked at alone', async () => {
    house.setToday('2026-11-25' as PlainDate);
    const { text } = await finance.get('/pay-days/told-too-late');
    expect(text).toMatch(/BY-LETTER[\s\S]*Nothing shows that they know[\s\S]*UNREACHED/);
    expect((await finance.get('/pay-days/told-too-late?payDate=2026-12-25')).text).toContain(
      'Nobody was told too late',
    );
  });

  it('that can no longer arrive in time is a task in plain words', async () => {
    const client = new Client(house);
    const runId = await openRun(house, client, '2026-12-10');
    await takeRun(house, client, runId, 'exported');
    house.setToday('2026-12-08' as PlainDate);
    await client
      .post('administrator', '/bank-holidays', { day: '2026-12-09', title: 'Another', reason: 'Announced' })
      .expect(201);
    const { text } = await finance.get('/calendar');
    expect(text).toContain('cannot arrive on Wednesday 9 December 2026 as promised');
    expect(text).toContain('Telephone the 2 families it is for');
    expect(text).toContain('Ask the bank at once whether it can be taken sooner');
    expect((await finance.get('/')).text).toContain('cannot arrive on Wednesday 9 December 2026 as promised');
  });
});
