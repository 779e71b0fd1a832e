import type { PlainDate } from '../../src/kernel/index.ts';
import { DecidePayDayMove, ProposePayDayMove } from '../../src/subsistence/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { familyPageUrls } from '../../src/web/family/family.urls.ts';
import { codeOf, FamilyVisitor, giveHelpPhone } from '../support/family-visitor.ts';
import { Client, problemIn } from '../support/http.ts';
import { PageVisitor, PAGES } from '../support/pages.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let notify: StandInNotify;
const family: Record<string, string> = {};
const plan: Record<string, string> = {};

beforeAll(async () => {
  house = await testHouse(PAGES);
  notify = await withNotify(house);
  await takeIn(house.app, house.council, [
    ...familyRows('OPEN', { contact: 'yes', mobile: '07700900123' }, child('2020-01-01')),
    ...familyRows('OTHER', { contact: 'yes', mobile: '07700900124' }),
    ...familyRows('DISCREET', { contact: 'discreet', mobile: '07700900125' }),
  ]);
  await giveHelpPhone(house);
  const { rows } = await house.superuser.query<{ reference: string; family: string; plan: string }>(
    `select f.reference, f.id as family, p.id as plan from families.family f join subsistence.plan p on p.family_id = f.id`,
  );
  for (const row of rows) {
    family[row.reference] = row.family;
    plan[row.reference] = row.plan;
  }
});
afterAll(async () => {
  await notify.stop();
  await house.close();
});

const count = async (sql: string): Promise<number> =>
  (await house.superuser.query<{ n: number }>(`select count(*)::int as n from ${sql}`)).rows[0]?.n ?? 0;

describe('The link in a message', () => {
  it('opens a session and leaves no code and no data in the address', async () => {
    const visitor = new FamilyVisitor(house);
    const answer = await visitor.get(`/f/${await codeOf(house, family.OPEN!)}`);
    expect([answer.status, answer.location]).toEqual([303, '/f/start']);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.getSetCookie().join()).toMatch(
      /mainstay-family=fms_\d+_[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax/,
    );
  });

  it('shows nothing before the family said that it is safe', async () => {
    const visitor = new FamilyVisitor(house);
    await visitor.get(`/f/${await codeOf(house, family.OPEN!)}`);
    const { text } = await visitor.get('/f/start');
    expect(text).toContain('Is it safe to look at this page now?');
    expect(text).not.toMatch(/£|Northshire|council|payment/i);
    expect((await visitor.get('/f')).location).toBe('/f/start');
    expect((await visitor.send('/f/start', {}, '/f/safe')).location).toBe('/f');
    expect((await visitor.get('/f')).text).toContain('Your next payment is Thursday 26 November');
  });

  it('is closed again when it is not safe, and says how to come back', async () => {
    const visitor = new FamilyVisitor(house);
    await visitor.get(`/f/${await codeOf(house, family.DISCREET!)}`);
    const left = await visitor.send('/f/start', {}, '/f/leave');
    expect(left.text).toContain('This page is closed');
    expect(left.text).toContain('https://www.bbc.co.uk/weather');
    expect(left.text).not.toMatch(/Northshire|£/);
    expect(visitor.session).toBe('');
    expect((await visitor.get('/f')).location).toBe('/f/closed');
  });

  it('gives a wrong, an expired and a revoked code the same answer, which says what to do', async () => {
    const revoked = await codeOf(house, family.OPEN!);
    await house.superuser.query(`update notices.family_link set revoked_at = now() where code_sha256 = sha256($1)`, [
      `family code ${revoked}`,
    ]);
    const expired = await codeOf(house, family.OPEN!, '2026-11-15');
    const wrong = `${revoked.slice(0, 2)}${'Z'.repeat(10)}`;
    const answers = [];
    for (const code of [revoked, expired, wrong, 'nonsense']) {
      const { status, text } = await new FamilyVisitor(house).get(`/f/${code}`);
      answers.push([status, text.replaceAll(/value="[^"]*"|nonce="[^"]*"/g, '')]);
    }
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(404);
    expect(answers[0]?.[1]).toContain('the number in your letter');
  });

  it('is forgiving where the code is typed, and stops whoever tries too many', async () => {
    const visitor = new FamilyVisitor(house);
    const code = await codeOf(house, family.OPEN!);
    const typed = code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll(/.{4}/g, '$& ');
    expect((await visitor.send('/f/code', { code: typed })).location).toBe('/f/start');
    for (let tries = await count('notices.code_try'); tries < 10; tries += 1)
      expect((await visitor.send('/f/code', { code: `${code.slice(0, 2)}${'Y'.repeat(10)}` })).status).toBe(404);
    const stopped = await visitor.send('/f/code', { code });
    expect([stopped.status, stopped.text.includes('Wait 15 minutes')]).toEqual([429, true]);
    await house.superuser.query(`alter table notices.code_try disable trigger user; truncate notices.code_try;
      alter table notices.code_try enable trigger user`);
  });
});

describe('A session', () => {
  it('ends after 15 minutes without a look, and an hour in all', async () => {
    for (const since of [
      `seen_at = now() - interval '16 minutes'`,
      `started_at = now() - interval '61 minutes', expires_at = now() - interval '1 minute'`,
    ]) {
      const visitor = await FamilyVisitor.arrived(house, family.OPEN!);
      expect((await visitor.get('/f')).status).toBe(200);
      await house.superuser.query(`alter table notices.family_session disable trigger guard_family_session`);
      await house.superuser.query(`update notices.family_session set ${since} where ended_at is null`);
      await house.superuser.query(`alter table notices.family_session enable trigger guard_family_session`);
      expect((await visitor.get('/f')).location).toBe('/f/closed');
    }
  });

  it('is ended by the quick way out before the browser is led away', async () => {
    const visitor = await FamilyVisitor.arrived(house, family.OPEN!);
    const page = await visitor.get('/f');
    expect(page.text).toContain('href="/f/exit"');
    const away = await visitor.get('/f/exit');
    expect([away.status, away.location]).toEqual([303, 'https://www.bbc.co.uk/weather']);
    expect(visitor.session).toBe('');
  });

  it('is on record, with each look', async () => {
    expect(
      await count(`audit.event where action = 'notices.family-looked' and subject_id = '${family.OPEN}'`),
    ).toBeGreaterThan(3);
    expect(await count(`audit.event where action = 'notices.family-left' and subject_id = '${family.OPEN}'`)).toBe(1);
  });

  it('takes no form of another site', async () => {
    const visitor = await FamilyVisitor.arrived(house, family.OPEN!);
    const sent = await visitor.send('/f/help', { 'form-proof': 'somebody else', text: 'hello' });
    expect(sent.status).toBe(403);
  });
});

describe('The next payment', () => {
  it('says amount, day, how long it must last, and how it was worked out, for eight payments', async () => {
    const { text } = await (await FamilyVisitor.arrived(house, family.OPEN!)).get('/f');
    expect(text).toContain('£98.36');
    expect(text).toContain('This money must last until Thursday 3 December.');
    expect(text).toContain('49.18 a week, for 7 days from 26 November 2026');
    expect(text.match(/<article class="mainstay-card">/g)?.length).toBe(8);
    expect(text).not.toContain('<table');
  });

  it('is planned, then sent, then paid; and late when its day passes without', async () => {
    const visitor = await FamilyVisitor.arrived(house, family.OPEN!);
    expect((await visitor.get('/f')).text).toMatch(/govuk-tag--light-blue">\s*Planned/);
    await completeRun(house.app, house.council, '2026-11-26');
    expect((await visitor.get('/f')).text).toMatch(/govuk-tag--blue">\s*Sent/);
    house.setToday('2026-11-27' as PlainDate);
    expect((await visitor.get('/f')).text).toMatch(/Your last payment[\s\S]*govuk-tag--green">\s*Paid/);
    expect((await visitor.get('/f')).text).toContain('Your next payment is Thursday 3 December');
  });
});

describe('What a family tells the council', () => {
  it('is a task for its caseworker, with a day by which somebody looks', async () => {
    const visitor = await FamilyVisitor.arrived(house, family.OPEN!);
    expect((await visitor.send('/f/help', { text: ' ' })).text).toContain('Write what you want to tell us.');
    const long = await visitor.send('/f/help', { text: 'x'.repeat(501), reach: 'after 6' });
    expect([
      long.status,
      long.text.includes('This is too long. Use up to 500 characters.'),
      long.text.includes('after 6'),
    ]).toEqual([422, true, true]);
    const sent = await visitor.send('/f/not-arrived', { text: 'Nothing came', reach: '07700 900999 after 6 pm' });
    expect(sent.location).toBe('/f/messages');
    const { text } = await visitor.get('/f/messages');
    expect(text).toContain('Somebody will look at this by Monday 30 November.');
    expect(text).toContain('If you have no money for food today, call 020 8000 0000.');
    expect((await visitor.get('/f')).text).toMatch(/Your last payment[\s\S]*Late\. We are fixing it\./);
  });

  it('is answered once, by a person; the family sees that, and not the note', async () => {
    const worker = await PageVisitor.signedIn(house, 'caseworker');
    const list = await worker.get('/messages');
    expect(list.text).toContain('Nothing came');
    const id = /\/messages\/(\d+)"/.exec(list.text)?.[1] ?? '';
    const page = await worker.get(`/messages/${id}`);
    expect(page.text).toContain('07700 900999 after 6 pm');
    const version = /name="version" value="(\d+)"/.exec(page.text)?.[1] ?? '';
    expect((await worker.send(`/messages/${id}`, { note: '', version })).text).toContain('Answer this.');
    expect((await worker.send(`/messages/${id}`, { note: 'The bank had closed the account', version })).status).toBe(
      303,
    );
    const again = await worker.send(`/messages/${id}`, { note: 'I did it too', version });
    expect([again.status, again.text.includes('The bank had closed the account')]).toEqual([409, true]);
    const { text } = await (await FamilyVisitor.arrived(house, family.OPEN!)).get('/f/messages');
    expect(text).toMatch(/We looked at this on/);
    expect(text).not.toContain('closed the account');
  });

  it('is nobody else’s to read', async () => {
    expect((await (await PageVisitor.signedIn(house, 'releaser')).get('/messages')).status).toBe(403);
    expect((await (await FamilyVisitor.arrived(house, family.OTHER!)).get('/f/messages')).text).not.toContain(
      'Nothing came',
    );
  });
});

describe('A family’s worker', () => {
  it('reads out a code, once, and closes the page when somebody else has the phone', async () => {
    const worker = await PageVisitor.signedIn(house, 'caseworker');
    const at = `/families/${family.OTHER}/own-page`;
    const given = await worker.send(at, {}, `${at}/code`);
    const code = /mainstay-card__amount">([0-9A-Z ]{14})</.exec(given.text)?.[1] ?? '';
    const visitor = new FamilyVisitor(house);
    expect((await visitor.send('/f/code', { code })).location).toBe('/f/start');
    expect((await worker.send(`${at}/end`, { reason: '' })).text).toContain('Answer this.');
    expect((await worker.send(`${at}/end`, { reason: 'The phone was taken' })).location).toBe(at);
    expect((await visitor.get('/f/start')).location).toBe('/f/closed');
    expect((await visitor.get(`/f/${code.replaceAll(' ', '')}`)).status).toBe(404);
    const auditor = await PageVisitor.signedIn(house, 'auditor');
    expect((await auditor.get(at)).text).not.toContain('Make a code');
    expect((await auditor.send('/account', {}, `${at}/code`)).status).toBe(403);
  });

  it('does the same over the API', async () => {
    const client = new Client(house);
    const given = await client.post('caseworker', `/families/${family.OTHER}/page-code`);
    const { code } = given.body as { code: string };
    const visitor = new FamilyVisitor(house);
    await visitor.get(`/f/${code}`);
    await visitor.send('/f/start', {}, '/f/safe');
    await visitor.send('/f/help', { text: 'The cooker broke' });
    const [message] = (await client.get('finance', '/family-messages')).body as {
      id: string;
      text: string;
      version: number;
    }[];
    expect(message).toMatchObject({ text: 'The cooker broke', family: 'OTHER', state: 'open' });
    const answer = { note: 'A grant was begun', version: message?.version };
    expect((await client.post('caseworker', `/family-messages/${message?.id}/answer`, answer)).status).toBe(200);
    expect(problemIn(await client.post('caseworker', `/family-messages/${message?.id}/answer`, answer))).toEqual([
      409,
      'message_answered',
    ]);
    expect((await client.post('manager', `/families/${family.OTHER}/page-end`, { reason: 'Lost phone' })).body).toEqual(
      { links: 1, calendar: false },
    );
    expect(problemIn(await client.post('auditor', `/families/${family.OTHER}/page-code`))).toEqual([
      403,
      'not_permitted',
    ]);
    expect((await visitor.get('/f')).location).toBe('/f/closed');
  });
});

describe('A pay day that moves', () => {
  let feed: string;
  let visitor: FamilyVisitor;
  const events = async (): Promise<Map<string, [string, string]>> => {
    const text = await (await fetch(`${house.url}${feed}`)).text();
    const parts = text.split('BEGIN:VEVENT').slice(1);
    const of = (part: string, name: string): string => new RegExp(`^${name}[^:]*:(.*)\r$`, 'm').exec(part)?.[1] ?? '';
    return new Map(parts.map((part) => [of(part, 'UID'), [of(part, 'DTSTART'), of(part, 'SEQUENCE')]]));
  };

  it('is in the calendar the family asked for, which says only one word', async () => {
    visitor = await FamilyVisitor.arrived(house, family.OPEN!);
    const made = await visitor.send('/f/calendar', {});
    feed = /\/f\/calendar\/[0-9A-Z]{28}\.ics/.exec(made.text)?.[0] ?? '';
    const answer = await fetch(`${house.url}${feed}`);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toMatch(/^text\/calendar/);
    expect(text).toContain('SUMMARY:Reminder');
    expect(text).not.toMatch(/council|nrpf|section 17|benefit|money|immigration|payment|£|Northshire/i);
    expect([...(await events()).values()]).toContainEqual(['20261224', '0']);
    expect((await events()).size).toBe(8);
  });

  it('is told, seen, and the same events carry the new days', async () => {
    const before = await events();
    const { moveId } = await house.app.get(ProposePayDayMove).run(house.council.actors.finance, [plan.OPEN!], {
      ...{ payDay: 2, frequencyDays: null, from: '2026-12-21' as PlainDate, urgent: null },
      reason: 'The bank needs a day more.',
    });
    expect((await visitor.get('/f')).text).not.toContain('The bank needs a day more.');
    await house.app.get(DecidePayDayMove).approve(house.council.actors.manager, moveId, 'Agreed');
    await tellEverybody(house, notify);
    const { text } = await visitor.get('/f');
    expect(text).toContain('Your payment day is changing');
    expect(text).toContain('The bank needs a day more.');
    const id = /\/f\/notices\/(\d+)\/seen/.exec(text)?.[1] ?? '';
    await visitor.send('/f', {}, `/f/notices/${id}/seen`);
    expect((await visitor.get('/f')).text).toMatch(/You told us on [^.]+ that you have seen this\./);
    expect((await visitor.get(`/f/letters/${id}`)).text).toContain('The bank needs a day more.');
    const after = await events();
    expect([...after.keys()]).toEqual([...before.keys()]);
    const moved = [...before].find(([, [day]]) => day === '20261224')?.[0] ?? '';
    expect(after.get(moved)).toEqual(['20261222', '1']);
    const kept = [...before].find(([, [day]]) => day === '20261217')?.[0] ?? '';
    expect(after.get(kept)).toEqual(['20261217', '0']);
  });

  it('is no other family’s to see or to say that it has seen', async () => {
    const other = await FamilyVisitor.arrived(house, family.OTHER!);
    const { rows } = await house.superuser.query<{ id: string }>(`select id from notices.notice limit 1`);
    expect((await other.get(`/f/letters/${rows[0]?.id}`)).status).toBe(404);
    expect((await other.send('/f/help', {}, `/f/notices/${rows[0]?.id}/seen`)).status).toBe(404);
  });

  it('is told to no other family, whatever address it asks for', async () => {
    const theirs = ['The bank needs a day more.', 'Nothing came'];
    const { rows } = await house.superuser.query<{ id: string; what: string }>(
      `select id, 'notice' as what from notices.notice where family_id = $1
       union all select id, 'message' from notices.family_message where family_id = $1`,
      [family.OPEN],
    );
    expect(new Set(rows.map(({ what }) => what))).toEqual(new Set(['notice', 'message']));
    const asked: string[] = [];
    for (const url of Object.values(familyPageUrls)) {
      // What ends the session is asked for elsewhere; a calendar's code is its own key.
      if (url.includes(':code') || url === familyPageUrls.leave || url === familyPageUrls.exit) continue;
      for (const { id } of url.includes(':id') ? rows : [{ id: '' }]) {
        const other = await FamilyVisitor.arrived(house, family.OTHER!);
        const at = url.replace(':id', id);
        for (const answer of [await other.get(at), await other.send('/f/help', { text: 'x' }, at)]) {
          asked.push(at);
          for (const each of theirs) expect([at, answer.text.includes(each)]).toEqual([at, false]);
          expect([at, id === '' || answer.status === 404]).toEqual([at, true]);
        }
      }
    }
    expect(asked.length).toBeGreaterThan(30);
    // Nor is a family anybody of the council.
    const other = await FamilyVisitor.arrived(house, family.OTHER!);
    for (const at of [`/families/${family.OPEN}`, `/notices/${rows[0]?.id}`, `/messages/${rows[0]?.id}`]) {
      const { status, location } = await other.get(at);
      expect([status, location]).toEqual([303, expect.stringMatching(/^\/sign-in/)]);
    }
    expect((await other.get(`/api/v1/families/${family.OPEN}/notices`)).status).toBe(401);
    const seen = await house.superuser.query(
      `select 1 from notices.notice where family_id = $1 and confirmed_at is not null`,
      [family.OPEN],
    );
    expect(seen.rowCount).toBe(1);
  });

  it('is in no calendar any more once the family stopped it', async () => {
    await visitor.send('/f/calendar', {}, '/f/calendar/stop');
    expect((await fetch(`${house.url}${feed}`)).status).toBe(404);
  });
});
