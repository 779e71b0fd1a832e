import { child, familyRows, takeIn } from '../support/caseload.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { dayComes, tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let notify: StandInNotify;
let finance: PageVisitor;
let manager: PageVisitor;
const families: Record<string, string> = {};
const address = { address_line_1: '1 High Street', town: 'Northtown', postcode: 'SE1 1AA' };

beforeAll(async () => {
  house = await testHouse(PAGES);
  notify = await withNotify(house);
  await takeIn(house.app, house.council, [
    ...familyRows('IN-TIME', { contact: 'yes', mobile: '07700900123' }, child('2020-01-01')),
    ...familyRows('LETTER', { contact: 'yes', ...address }),
    ...familyRows('UNREACHED', { contact: 'no', mobile: '07700900124' }),
    ...familyRows('BOUNCED', { contact: 'yes', mobile: '07700900003', ...address }),
  ]);
  const { rows } = await house.superuser.query<{ id: string; reference: string }>(
    `select id, reference from families.family`,
  );
  for (const { id, reference } of rows) families[reference] = id;
  finance = await PageVisitor.signedIn(house, 'finance');
  manager = await PageVisitor.signedIn(house, 'manager');
});
afterAll(async () => {
  await notify.stop();
  await house.close();
});

const boxes = (day: string) => {
  const [year = '', month = '', date = ''] = day.split('-');
  return { 'from-day': date, 'from-month': month, 'from-year': year };
};
const wording = ({ text }: { text: string }): string => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const answers = {
  ...{ payDay: '2', from: '2026-12-07', reason: 'The bank needs a day more.', wait: 'yes' },
  ...{ urgentReason: '', bridging: '', apology: '' },
};

/** Answers every question about a move, one page after the other. */
async function answerAll(whose: Record<string, string>, given: Partial<typeof answers> = {}) {
  const { payDay, from, reason, wait, ...emergency } = { ...answers, ...given };
  const begun = await finance.send('/pay-days/new', whose);
  expect(begun.location).toBe('/pay-days/new/to');
  expect((await finance.send('/pay-days/new/to', { payDay, frequencyDays: 'as-before' })).location).toBe(
    '/pay-days/new/from',
  );
  expect((await finance.send('/pay-days/new/from', boxes(from))).location).toBe('/pay-days/new/reason');
  expect((await finance.send('/pay-days/new/reason', { reason })).location).toBe('/pay-days/new/urgent');
  const waits = await finance.send('/pay-days/new/urgent', { wait });
  expect(waits.location).toBe(wait === 'yes' ? '/pay-days/new/preview' : '/pay-days/new/emergency');
  const last = wait === 'yes' ? waits : await finance.send('/pay-days/new/emergency', emergency);
  expect(last.location).toBe('/pay-days/new/preview');
  return finance.get('/pay-days/new/preview');
}

const seenIn = ({ text }: { text: string }): string => /name="seen" value="(\w+)"/.exec(text)?.[1] ?? '';
const propose = async (seen: string): Promise<string> =>
  (await finance.send('/pay-days/new/preview', { seen })).location ?? '';

describe('Moving the pay day of everyone paid on Thursdays', () => {
  let move: string;

  it('asks one question a page, and says when the notice allows it', async () => {
    const from = await finance.send('/pay-days/new', { who: '4' });
    expect(from.location).toBe('/pay-days/new/to');
    const unanswered = await finance.send('/pay-days/new/to', {});
    expect([unanswered.status, wording(unanswered)]).toEqual([
      422,
      expect.stringContaining('Choose a day of the week.') as string,
    ]);
    expect(wording(await finance.get('/pay-days/new/from'))).toContain(
      'by text message or e-mail, the first day that can change is Tuesday 1 December 2026',
    );
  });

  it('says first how many are told in time and who keeps the day, with what telling them costs', async () => {
    const shown = wording(await answerAll({ who: '4' }));
    expect(shown).toContain('Told in time 2');
    expect(shown).toContain('Keep the day they have 2');
    expect(shown).toContain('No safe way to reach it: 1');
    expect(shown).toContain('Cannot be told in time: 1');
    expect(shown).toMatch(/2 text messages in \d parts/);
    expect(shown).toMatch(/IN-TIME.*10 Dec 2026 8 Dec 2026 5 15 Dec 2026/);
  });

  it('shows what one family would be told, word for word, and sends nothing', async () => {
    const shown = wording(await finance.get(`/pay-days/new/preview/${families['IN-TIME']}`));
    expect(shown).toContain('Tue 8 Dec');
    expect(shown).toContain('/f/XXXXXXXXXXXX');
    const { rows } = await house.superuser.query(`select 1 from notices.family_link`);
    expect(rows).toEqual([]);
    expect((await notify.account()).accepted).toEqual([]);
  });

  it('refuses to propose what changed since it was looked at', async () => {
    const stale = await finance.send('/pay-days/new/preview', { seen: 'something else' });
    expect([stale.status, wording(stale)]).toEqual([
      409,
      expect.stringContaining('changed while you looked at it') as string,
    ]);
  });

  it('is proposed, and waits for a manager with its age and bridging', async () => {
    move = await propose(seenIn(await finance.get('/pay-days/new/preview')));
    expect(move).toMatch(/^\/pay-days\/\d+$/);
    expect(wording(await finance.get(move))).toContain('You proposed this, so somebody else decides.');
    const waiting = await manager.get('/waiting');
    expect(waiting.text).toContain(move);
    expect(wording(waiting)).toContain('Move of a pay day');
  });

  it('is approved by the manager, and the page follows who was told, and who kept Thursday', async () => {
    const decided = await manager.send(move, { outcome: 'approve', reason: '' }, `${move}/decision`);
    expect(decided.location).toBe(move);
    expect(wording(await manager.get(move))).toContain('Waiting for their notice 2');
    await tellEverybody(house, notify);
    expect(wording(await manager.get(move))).toContain('In force 1');
    await dayComes(house, '2026-11-24');
    const kept = wording(await manager.get(`${move}?state=kept`));
    expect(kept).toContain('BOUNCED');
    expect(kept).not.toContain('IN-TIME');
  });

  it('tells who may have read of the change that the day stays, and gives a person the task', async () => {
    const { rows } = await house.superuser.query<{ body: string }>(
      `select a.body from notices.attempt a join notices.notice n on n.id = a.notice_id
        where n.kind = 'pay-day-kept' and n.family_id = $1`,
      [families.BOUNCED],
    );
    expect(rows[0]?.body).toContain('Your payment day does not change. You will get your payment on Thu 10 Dec');
    expect(rows[0]?.body).toContain('not on Tue 8 Dec');
    expect(wording(await finance.get('/'))).toContain('3 families keep the day they have');
    expect(wording(await finance.get('/notices'))).toContain('3 families keep their pay day and wait for somebody');
    const listed = wording(await finance.get('/pay-days/kept'));
    expect(listed).toMatch(/BOUNCED 10 Dec 2026 The move of family BOUNCED The family had the notice on 24 Nov 2026/);
  });

  it('is somebody’s task until a person says what they did', async () => {
    const [, page = ''] = /href="(\/pay-days\/kept\/\d+)"[^>]*>See to it<span[^>]*>: family BOUNCED/.exec(
      (await finance.get('/pay-days/kept')).text,
    ) ?? [''];
    const unsaid = await finance.send(page, { words: ' ' });
    expect([unsaid.status, (await manager.send(page, { words: 'x' })).status]).toEqual([422, 403]);
    expect((await finance.send(page, { words: 'The mother prefers Thursday.' })).location).toBe('/pay-days/kept');
    expect(wording(await finance.get('/pay-days/kept'))).not.toContain('BOUNCED');
    expect(wording(await finance.get(page))).toContain('Somebody saw to it on Tuesday 24 November 2026');
    expect((await finance.send(page, { words: 'Again' })).status).toBe(409);
    expect(wording(await finance.get('/'))).toContain('2 families keep the day they have');
  });

  it('shows on the page of each family what became of its day', async () => {
    const shown = wording(await manager.get(`/families/${families['IN-TIME']}`));
    expect(shown).toContain('From 8 December 2026: Tuesdays . The family was told');
    expect(wording(await manager.get(`/families/${families.BOUNCED}`))).toContain('kept the old day');
  });
});

describe('An emergency that cannot wait for the notice', () => {
  const emergency = {
    ...{ payDay: '5', from: '2026-12-14', wait: 'no', urgentReason: 'The account was closed.' },
    ...{ bridging: 'not-needed', apology: 'We are sorry for the short notice.' },
  };

  it('is refused without the bridging payment where a day moves later', async () => {
    const looked = await answerAll({ who: 'family', familyReference: 'LETTER' }, emergency);
    expect(wording(looked)).toContain('An emergency: the day moves for 1 family');
    const refused = await finance.send('/pay-days/new/preview', { seen: seenIn(looked) });
    expect([refused.status, wording(refused)]).toEqual([
      422,
      expect.stringContaining('the days between have to be paid') as string,
    ]);
  });

  it('takes effect once a manager approved it by name, is told with an apology, and is counted', async () => {
    await finance.send('/pay-days/new/emergency', { ...emergency, bridging: 'paid' });
    const move = await propose(seenIn(await finance.get('/pay-days/new/preview')));
    expect(wording(await manager.get(move))).toContain('An emergency');
    await manager.send(move, { outcome: 'approve', reason: 'There is no other way' }, `${move}/decision`);
    await tellEverybody(house, notify);
    expect(wording(await manager.get(move))).toContain('In force 1');
    const listed = wording(await manager.get('/pay-days?show=emergency'));
    expect(listed).toContain('Emergency moves this year 1');
    expect(listed).toContain('The account was closed.');
    const urgent = (await manager.get('/notices/urgent')).text;
    expect(urgent).toContain(`href="${move}"`);
  });
});

describe('Moving the pay day of a group', () => {
  it('takes the families of a narrowed list, and keeps those that cannot be reached', async () => {
    const listed = await finance.get('/families?reference=UN');
    expect(listed.text).toContain('/pay-days/new?reference=UN');
    const looked = await answerAll({ reference: 'UN' }, { payDay: '3', from: '2026-12-28' });
    expect(wording(looked)).toContain('with a reference that begins with UN');
    expect(wording(looked)).toContain('Nobody would move, so there is nothing to propose.');
    expect(wording(await finance.get('/pay-days/new/preview?show=keeps'))).toContain('No safe way to reach it');
  });

  it('is taken back by who proposed it, before anybody is told', async () => {
    const looked = await answerAll({ payDay: '4' }, { payDay: '3', from: '2026-12-21' });
    const move = await propose(seenIn(looked));
    const before = (await notify.account()).accepted.length;
    const gone = await finance.send(move, { withdrawal: 'The bank found another way' }, `${move}/withdraw`);
    expect(gone.location).toBe(move);
    await tellEverybody(house, notify);
    expect((await notify.account()).accepted.length).toBe(before);
    expect(wording(await finance.get(move))).toContain('Withdrawn');
  });
});
