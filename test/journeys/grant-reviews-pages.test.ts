import { DecideTranslation, saysNothing, wordsDigest } from '../../src/notices/index.ts';
import { FamilyVisitor, giveHelpPhone } from '../support/family-visitor.ts';
import { grantFund, knownFamily, recommended, shown, WHY_NOT } from '../support/grants-scene.ts';
import { Client } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { answersOf, declined } from '../support/reviews-scene.ts';
import { withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const ITEMS = [{ code: 'rent-arrears', amount: '240.00', description: 'Two weeks of rent' }];

let house: TestHouse;
let client: Client;
let caseworker: PageVisitor;
let manager: PageVisitor;
let senior: PageVisitor;
let family: string;
let application: string;
let review: string;

beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  await giveHelpPhone(house);
  await grantFund(house.app, house.council, '1000.00');
  family = await knownFamily(house, 'G-1');
  application = await recommended(client, family, ITEMS);
  [caseworker, manager, senior] = [
    await PageVisitor.signedIn(house, 'caseworker'),
    await PageVisitor.signedIn(house, 'manager'),
    await PageVisitor.signedIn(house, 'manager2'),
  ];
});
afterAll(() => house.close());

describe('A manager who refuses', () => {
  it('is offered who else helps with what was asked, and told what the letter still lacks', async () => {
    const page = `/grants/${application}/decide`;
    const { text } = await manager.get(page);
    expect(text).toContain('Where else the family can get help');
    const { fingerprint } = await shown(client, application);
    const bare = { fingerprint, interest: 'none', outcome: 'declined', reason: 'Paid already.' };
    const answer = await manager.send(page, bare);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Say what would change the answer.');
    expect(answer.text).toContain('Choose where else the family can get help.');
    expect(answer.text).toContain('Paid already.');
  });

  it('keeps the list of who else helps, and a letter keeps what the list said that day', async () => {
    const wrong = await manager.send('/signposts/new', { name: 'Mill Street', does: 'Lends beds', phone: '' });
    expect([wrong.status, wrong.text.includes('Write a phone number or a web address.')]).toEqual([422, true]);
    const given = { name: 'Mill Street', does: 'Lends beds', phone: '01632 960777', needs: 'housing' };
    expect((await manager.send('/signposts/new', given)).location).toBe('/signposts');
    expect((await caseworker.get('/signposts')).text).toContain('Mill Street');
    expect((await caseworker.get('/signposts/new')).status).toBe(403);
    const id = /value="(\d+)"[^>]*>\s*<label[^>]*>\s*Mill Street/.exec(
      (await manager.get(`/grants/${application}/decide`)).text,
    )?.[1];
    const { fingerprint } = await shown(client, application);
    const said = { ...WHY_NOT, fingerprint, interest: 'none', outcome: 'declined', signposts: id ?? '' };
    expect((await manager.send(`/grants/${application}/decide`, said)).location).toBe(`/grants/${application}`);
    await manager.send(`/signposts/${id}/end`, { because: 'It closed.' });
    const { answers } = await answersOf(client, application);
    expect(answers[0]!.notice.facts.elsewhere).toEqual(['Mill Street: Lends beds. Phone 01632 960777.']);
    expect((await manager.get('/signposts')).text).toContain('It closed.');
    expect((await manager.get(`/grants/${application}`)).text).toContain('What the family was told');
  });
});

describe('A family on its own page', () => {
  it('reads where what it asked for stands, and the letter with the way to a review', async () => {
    const phone = await FamilyVisitor.arrived(house, family);
    const { text } = await phone.get('/f');
    for (const said of ['What you asked us for', 'Two weeks of rent', 'We said no to what you asked for.'])
      expect(text).toContain(said);
    const letter = /\/f\/letters\/\d+/.exec(text)?.[0] ?? '';
    const read = (await phone.get(letter)).text;
    for (const said of ['The arrears were paid last week.', 'What would change our answer', 'Mill Street'])
      expect(read).toContain(said);
    expect(read).toContain(`/f/asked/${application}/again`);
  });

  it('asks for a review in its own words, once, and reads by when it is answered', async () => {
    const phone = await FamilyVisitor.arrived(house, family);
    const page = `/f/asked/${application}/again`;
    const long = await phone.send(page, { text: 'x'.repeat(501) });
    expect([long.status, long.text.includes('This is too long')]).toEqual([422, true]);
    expect((await phone.send(page, { text: 'We have a letter from the landlord.' })).location).toBe('/f/asked');
    expect((await phone.get('/f/asked')).text).toContain('We will answer by Monday 30 November.');
    expect((await phone.get(page)).text).not.toContain('<textarea');
  });

  it('sees nothing of what another family asked for', async () => {
    const phone = await FamilyVisitor.arrived(house, await knownFamily(house, 'G-2'));
    expect((await phone.get(`/f/asked/${application}/again`)).status).toBe(404);
    const other = await phone.send('/f/help', { text: 'x' }, `/f/asked/${application}/again`);
    expect(other.status).toBe(404);
  });
});

describe('The people of the council', () => {
  it('find the review among what waits, with its day; a worker passes it on', async () => {
    const waiting = (await caseworker.get('/waiting')).text;
    review = /\/grants\/reviews\/\d+/.exec(waiting)?.[0] ?? '';
    expect(waiting).toContain('Review asked for: pass it on');
    expect(waiting).toContain('due 30 Nov');
    expect((await caseworker.get(review)).text).toContain('We have a letter from the landlord.');
    const passed = await caseworker.send(review, { note: 'Seen the letter.' }, `${review}/pass-on`);
    expect(passed.location).toBe(review);
  });

  it('let nobody review who had a part in the decision', async () => {
    expect((await manager.get(review)).text).toContain('You had a part in the decision');
    expect((await manager.get(`${review}/settle`)).text).not.toContain('name="outcome"');
    expect((await senior.get('/waiting')).text).toContain(`${review}/settle`);
  });

  it('overturn it: the family reads that the answer changed, and when the money is planned', async () => {
    const { text } = await senior.get(`${review}/settle`);
    const fingerprint = /name="fingerprint" value="(\w+)"/.exec(text)?.[1] ?? '';
    const said = { fingerprint, interest: 'none', outcome: 'overturned', reason: 'The letter changes it.' };
    expect((await senior.send(`${review}/settle`, { ...said, reason: '' })).status).toBe(422);
    expect((await senior.send(`${review}/settle`, said)).location).toBe(review);
    expect((await senior.get(review)).text).toContain('The letter changes it.');
    const page = (await (await FamilyVisitor.arrived(house, family)).get('/f/asked')).text;
    for (const words of ['We looked at it again. Our answer has changed.', '£240.00', 'Planned'])
      expect(page).toContain(words);
  });
});

describe('A family to be spoken to discreetly, that reads Arabic', () => {
  it('is told in its language, from right to left, and no message says what it is about', async () => {
    await house.app.get(DecideTranslation).run(house.council.actors.manager, 'ar', {
      ...{ outcome: 'approved', reason: 'Read by a colleague', seen: wordsDigest('ar') },
    });
    const notify = await withNotify(house);
    const quiet = await knownFamily(house, 'QUIET', undefined, { contact: 'discreet', mobile: '07700900125' });
    await house.superuser.query(`update families.family set reads = 'ar' where id = $1`, [quiet]);
    const refused = await recommended(client, quiet, ITEMS);
    await declined(client, refused);
    const phone = await FamilyVisitor.arrived(house, quiet);
    const { text } = await phone.get('/f/asked');
    expect(text).toContain('dir="rtl"');
    expect(text).toContain('ما طلبتموه منا');
    expect(text).not.toMatch(/Northshire|council of/i);
    const { rows } = await house.superuser.query<{ channel: string; subject: string | null; body: string }>(
      `select channel, subject, body from notices.attempt where family_id = $1`,
      [quiet],
    );
    expect(rows.map(({ channel }) => channel)).toEqual(['sms']);
    expect(saysNothing(rows[0]!.body, 'ar')).toBe(true);
    expect(rows[0]!.body).not.toMatch(/rent|rejet|240/i);
    await notify.stop();
  });
});
