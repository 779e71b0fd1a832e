import { clockOf, type PlainDate } from '../../src/kernel/index.ts';
import { draftNotices, DeliveryPoll, type NoticeFacts, serveNotices, wordsDigest } from '../../src/notices/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { dayComes, tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const address = { address_line_1: '2 High Street', town: 'Northtown', postcode: 'SE1 1AA' };
const facts: NoticeFacts = {
  ...{ kind: 'amount', from: '2026-12-10' as PlainDate, weeklyBefore: '98.36', weeklyAfter: '49.18' },
  ...{ reason: 'A child left the household.', next: [], urgent: null },
};

let house: TestHouse;
let notify: StandInNotify;
let worker: PageVisitor;
let administrator: PageVisitor;
const family: Record<string, string> = {};

beforeAll(async () => {
  house = await testHouse(PAGES);
  notify = await withNotify(house);
  await takeIn(house.app, house.council, [
    ...familyRows('OPEN', { contact: 'yes', mobile: '07700900123' }),
    ...familyRows('BOUNCED', { contact: 'yes', mobile: '07700900003', ...address }),
    ...familyRows('WRONG', { contact: 'yes', mobile: '07700900003' }),
    ...familyRows('SILENT', { contact: 'no' }),
    ...familyRows('LETTER', { contact: 'yes', ...address }),
    ...familyRows('SPANISH', { contact: 'yes', mobile: '07700900124', language: 'es' }),
  ]);
  const { rows } = await house.superuser.query<{ reference: string; id: string }>(
    `select reference, id from families.family where authority_id = $1`,
    [house.council.id],
  );
  for (const { reference, id } of rows) family[reference] = id;
  worker = await PageVisitor.signedIn(house, 'caseworker');
  administrator = await PageVisitor.signedIn(house, 'administrator');
});
afterAll(async () => {
  await notify.stop();
  await house.close();
});

/** Tells a family of a smaller amount; nothing else of the house is needed for that. */
async function tell(reference: string, affectsOn = '2026-12-10'): Promise<string> {
  const actor = clockOf(house.council.id);
  const [id = ''] = await house.app.get(UnitOfWork).run({ name: 'test.tell', actor }, async (tx) => {
    const notice = { familyId: family[reference] ?? '', facts, affectsOn: affectsOn as PlainDate, noticeDays: 14 };
    const made = await draftNotices(tx, [notice]);
    await serveNotices(tx, made);
    return made;
  });
  await tellEverybody(house, notify);
  return id;
}

describe('The notices board', () => {
  it('says what to do while no family was told anything', async () => {
    const { status, text } = await worker.get('/notices');
    expect(status).toBe(200);
    expect(text).toContain('No family was told anything yet.');
  });

  it('puts a family that must be called first, and takes a call that told it as receipt', async () => {
    const id = await tell('SILENT');
    await house.superuser.query(
      `update families.family set safe_channels = '{call}' where id = $1 and authority_id = $2`,
      [family.SILENT, house.council.id],
    );
    const { text: home } = await worker.get('/notices?filter=call-needed');
    expect(home).toContain(`href="/notices/${id}"`);
    expect((await worker.get(`/notices/${id}`)).text).toContain('A person must tell this family');
    const form = { 'on-day': '16', 'on-month': '11', 'on-year': '2026', spokeTo: 'The mother', outcome: 'told' };
    const refused = await worker.send(`/notices/${id}/told`, { ...form, how: 'call', note: '' });
    expect([refused.status, refused.text.includes('value="The mother"')]).toEqual([422, true]);
    const early = await worker.send(`/notices/${id}/told`, {
      ...form,
      'on-day': '15',
      how: 'call',
      note: 'Understood',
    });
    expect(early.status).toBe(422);
    const logged = await worker.send(`/notices/${id}/told`, { ...form, how: 'call', note: 'Understood' });
    expect([logged.status, logged.location]).toEqual([303, `/notices/${id}`]);
    expect((await worker.get('/notices?filter=received')).text).toContain(`href="/notices/${id}"`);
    const { text } = await worker.get(`/families/${family.SILENT}/history`);
    expect(text).toContain('The family received a notice on 16 November 2026');
  });

  it('tells how a text message bounced and a letter followed, and shows nobody the number or the link', async () => {
    const id = await tell('BOUNCED');
    const { text } = await worker.get(`/notices/${id}`);
    expect(text).toContain('number ending 003');
    expect(text).not.toContain('7700900003');
    expect(text).not.toMatch(/pages\.example\/f\//);
    expect(text).toContain('address ending SE1 1AA');
    expect(text).toContain('told by GOV.UK Notify');
    expect((await worker.get('/notices?filter=failed')).text).toContain(`href="/notices/${id}"`);
  });

  it('keeps our copy of the letter, opens it for who may see it, and records that', async () => {
    const { rows } = await house.superuser.query<{ id: string; notice: string }>(
      `select id, notice_id as notice from notices.attempt where channel = 'letter' and family_id = $1`,
      [family.BOUNCED],
    );
    const at = `/notices/${rows[0]?.notice}/letters/${rows[0]?.id}`;
    expect((await worker.get(at)).text).toContain('£49.18');
    expect((await worker.get(`${at}/letter.pdf`)).text).toMatch(/^%PDF-1\.7/);
    const seen = await house.superuser.query(`select 1 from audit.event where action = 'notices.letter-opened'`);
    expect(seen.rowCount).toBe(1);
    const releaser = await PageVisitor.signedIn(house, 'releaser');
    expect((await releaser.get(`${at}/letter.pdf`)).status).toBe(403);
  });

  it('sends again by a way that failed only once the details were put right', async () => {
    const id = await tell('WRONG');
    const refused = await worker.send(`/notices/${id}/told`, { way: 'sms' }, `/notices/${id}/send-again`);
    expect([refused.status, refused.text.includes('It would go where it failed before.')]).toEqual([409, true]);
    await house.superuser.query(`update families.family set mobile = '+447700900125' where id = $1`, [family.WRONG]);
    expect((await worker.get(`/notices/${id}`)).text).toContain('different now');
    const sent = await worker.send(`/notices/${id}`, { way: 'sms' }, `/notices/${id}/send-again`);
    expect(sent.status).toBe(303);
    await tellEverybody(house, notify);
    expect((await worker.get('/notices?filter=received')).text).toContain(`href="/notices/${id}"`);
  });

  it('counts what may come too late, on the home page first', async () => {
    const id = await tell('LETTER', '2026-12-04');
    expect((await worker.get('/')).text).toMatch(/id="notices">Notices at risk[\s\S]*1 notice to any family/);
    expect((await worker.get('/notices?filter=at-risk')).text).toContain(`href="/notices/${id}"`);
    expect((await worker.get('/notices?filter=at-risk&whose=me')).text).toContain('No notice is at risk');
  });

  it('pages in the order of need, and newest first', async () => {
    const needed = (await worker.get('/notices?sort=needed')).text;
    const newest = (await worker.get('/notices?sort=newest')).text;
    const order = (text: string): string[] =>
      [...text.matchAll(/href="\/notices\/(\d+)"/g)].map((each) => each[1] ?? '');
    expect(order(newest)).toEqual(order(newest).toSorted((a, b) => Number(b) - Number(a)));
    expect(order(needed)[0]).toBe(order(newest)[0]);
    expect(needed).toContain('Not received yet');
    expect(order(needed).length).toBeLessThan(order(newest).length);
  });
});

describe('A language', () => {
  it('is used for families once a named person approved exactly its words, and no longer when that is taken back', async () => {
    await tell('SPANISH');
    const page = '/administration/languages/es';
    expect((await administrator.get('/administration/languages')).text).toContain('Not reviewed');
    const { text } = await administrator.get(page);
    expect(text).toContain('dir="ltr"');
    const moved = { outcome: 'approved', reason: 'Read by a teacher', seen: '0'.repeat(64) };
    expect((await administrator.send(page, moved, `${page}/decision`)).status).toBe(409);
    const approved = await administrator.send(page, { ...moved, seen: wordsDigest('es') }, `${page}/decision`);
    expect(approved.status).toBe(303);
    const id = await tell('SPANISH');
    expect((await worker.get(`/notices/${id}`)).text).toContain('in Spanish');
    const back = { outcome: 'withdrawn', reason: 'A word is wrong', seen: wordsDigest('es') };
    expect((await administrator.send(page, back, `${page}/decision`)).status).toBe(303);
    expect((await administrator.get('/administration/languages')).text).toContain('Approval taken back');
    const after = await tell('SPANISH');
    expect((await worker.get(`/notices/${after}`)).text).toContain('in English');
  });

  it('is approved by an administrator or manager only', async () => {
    const auditor = await PageVisitor.signedIn(house, 'auditor');
    const page = '/administration/languages/ar';
    expect((await auditor.get(page)).text).toContain('dir="rtl"');
    expect((await auditor.send('/account', { outcome: 'approved' }, `${page}/decision`)).status).toBe(403);
  });
});

describe('Sending', () => {
  it('shows neither key nor token, and sends an administrator a test message', async () => {
    const { text } = await administrator.get('/administration/sending');
    expect(text).toContain('Neither is shown to anybody');
    expect(text).not.toContain(notify.notifyAccount.apiKey);
    const page = '/administration/sending/test';
    const sent = await administrator.send(page, { channel: 'email', to: 'administrator@northshire.example' });
    expect(sent.location).toBe('/administration/sending');
    const { accepted } = await notify.account();
    expect(accepted.at(-1)?.to).toBe('administrator@northshire.example');
  });

  it('refuses what is no key, keeps what else was typed, and gives the key back to nobody', async () => {
    const page = '/administration/sending/change';
    const { baseUrl, smsTemplateId, emailTemplateId } = notify.notifyAccount;
    const form = { baseUrl, smsTemplateId, emailTemplateId, pageUrl: 'https://pages.example' };
    const refused = await administrator.send(page, { ...form, apiKey: 'no-key', callbackToken: 'x'.repeat(24) });
    expect([refused.status, refused.text.includes('no-key')]).toEqual([422, false]);
    expect(refused.text).toContain('value="https://pages.example"');
  });

  it('asks after letters itself, at most once an hour, and does what follows', async () => {
    const poll = house.app.get(DeliveryPoll);
    expect(await poll.ask(house.council.id)).toBe(0);
    await house.superuser.query(
      `update notices.attempt set polled_at = now() - interval '2 hours' where channel = 'letter' and state = 'accepted'`,
    );
    const before = (await notify.account()).counts;
    await poll.ask(house.council.id);
    expect((await notify.account()).counts).toEqual(before);
    const { rows } = await house.superuser.query<{ n: number }>(
      `select count(*)::int as n from notices.attempt where channel = 'letter' and state = 'accepted' and polled_at < now() - interval '1 hour'`,
    );
    expect(rows[0]?.n).toBe(0);
  });
});

describe('Letters printed by the council itself', () => {
  it('wait here, are printed together, posted by a named person today, and arrive by the calendar', async () => {
    const settings = { helpPhone: '01632 960001', returnAddress: 'Town Hall\nHigh Street\nNR1 1AA', postage: 'second' };
    const version = /name="version" value="(\d+)"/.exec((await administrator.get('/administration/notices/help')).text);
    const changed = await administrator.send('/administration/notices/help', {
      ...{ ...settings, lettersPrintedHere: 'yes', reason: 'We print', version: version?.[1] ?? '' },
    });
    expect(changed.status).toBe(303);
    const id = await tell('LETTER');
    expect((await worker.get('/notices')).text).toContain('1 letter waits to be printed');
    const made = await worker.send('/notices/letters', { postage: 'second' });
    const batch = made.location ?? '';
    expect(batch).toMatch(/^\/notices\/letters\/\d+$/);
    expect((await worker.get(`${batch}/letters.pdf`)).text).toMatch(/^%PDF-1\.7/);
    expect((await worker.send(batch, {}, `${batch}/posted`)).text).toContain(
      'Tick this if all of them are at the post.',
    );
    expect((await worker.send(batch, { sure: 'yes' }, `${batch}/posted`)).status).toBe(303);
    expect((await worker.send('/notices/letters', { postage: 'second' })).status).toBe(409);
    const { text } = await worker.get(`/notices/${id}`);
    expect(text).toContain('Printed here');
    expect(text).toMatch(/Arrives \d+ Nov 2026 to \d+ Nov 2026/);
    await dayComes(house, '2026-11-30');
    expect((await worker.get(`/notices/${id}`)).text).toContain('Received');
  });

  it('wait again when the batch was not posted', async () => {
    await tell('LETTER', '2026-12-20');
    const made = await worker.send('/notices/letters', { postage: 'second' });
    const batch = made.location ?? '';
    const back = await worker.send(batch, { reason: 'The printer is broken' }, `${batch}/take-back`);
    expect(back.location).toBe('/notices/letters');
    expect((await worker.get('/notices/letters')).text).toContain('<strong>1</strong> second-class letter waits');
    expect((await worker.send(batch, { sure: 'yes' }, `${batch}/posted`)).status).toBe(409);
  });

  it('that came back before their day of arrival do not count as received, and a person must call', async () => {
    const { letter, at } = await posted('2026-12-20');
    expect((await worker.get(at)).text).toContain('It does not count as received. No other way is left');
    expect((await worker.send(at, {})).status).toBe(303);
    const { text } = await worker.get(`/notices/${letter.notice}`);
    expect(text).toContain('The letter came back. Logged on');
    expect(text).toContain('A person must tell this family');
    await dayComes(house, '2026-12-09');
    expect((await worker.get(`/notices/${letter.notice}`)).text).toContain('A person must tell this family');
    expect((await worker.send(at, {})).status).toBe(409);
  });

  it('that came back afterwards stay received, and are a task on the board', async () => {
    await house.superuser.query(`update families.family set address_line_1 = '3 High Street' where id = $1`, [
      family.LETTER,
    ]);
    const { letter, at } = await posted('2027-01-20');
    await dayComes(house, '2026-12-23');
    expect((await worker.get('/notices?filter=came-back')).text).not.toContain(`href="/notices/${letter.notice}"`);
    const client = new Client(house);
    expect(problemIn(await client.post('releaser', `/letters/${letter.id}/return`))).toEqual([403, 'not_permitted']);
    expect((await worker.get(at)).text).toContain('It counts as received since');
    expect((await client.post('caseworker', `/letters/${letter.id}/return`)).body).toEqual({ wasReceived: true });
    expect(problemIn(await client.post('caseworker', `/letters/${letter.id}/return`))).toEqual([409, 'letter_not_out']);
    expect((await worker.get('/notices?filter=came-back')).text).toContain(`href="/notices/${letter.notice}"`);
    const { text } = await worker.get(`/notices/${letter.notice}`);
    expect(text).toContain('Ask the family where it lives now.');
    expect((await worker.get(at)).text).toContain('It came back on');
  });

  it('that were never at the post cannot come back', async () => {
    await tell('LETTER', '2027-02-20');
    const letter = await lastLetter();
    const at = `/notices/${letter.notice}/letters/${letter.id}/came-back`;
    expect((await worker.get(at)).text).toContain('so it cannot come back here');
    expect((await worker.send(`/notices/${letter.notice}`, {}, at)).status).toBe(409);
  });
});

async function lastLetter(): Promise<{ id: string; notice: string }> {
  const { rows } = await house.superuser.query<{ id: string; notice: string }>(
    `select id, notice_id as notice from notices.attempt where channel = 'letter' and family_id = $1 order by id desc limit 1`,
    [family.LETTER],
  );
  return rows[0] ?? { id: '', notice: '' };
}

/** Writes to a family, prints the letter and brings it to the post. */
async function posted(affectsOn: string): Promise<{ letter: { id: string; notice: string }; at: string }> {
  await tell('LETTER', affectsOn);
  const batch = (await worker.send('/notices/letters', { postage: 'second' })).location ?? '';
  expect((await worker.send(batch, { sure: 'yes' }, `${batch}/posted`)).status).toBe(303);
  const letter = await lastLetter();
  return { letter, at: `/notices/${letter.notice}/letters/${letter.id}/came-back` };
}
