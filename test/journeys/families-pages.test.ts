import { WriteNote } from '../../src/families/index.ts';
import { pageScene, type PageScene } from '../support/page-scene.ts';
import { Client, problemIn } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let scene: PageScene;
const visitors = new Map<Persona, PageVisitor>();
beforeAll(async () => {
  house = await testHouse(PAGES);
  scene = await pageScene(house);
  for (const as of ['caseworker', 'manager', 'finance', 'auditor', 'releaser', 'administrator'] as const)
    visitors.set(as, await PageVisitor.signedIn(house, as));
});
afterAll(() => house.close());

type Answer = Awaited<ReturnType<PageVisitor['get']>>;
const as = (persona: Persona): PageVisitor => visitors.get(persona) as PageVisitor;
const familyAt = (persona: keyof PageScene['family'], page = ''): string => `/families/${scene.family[persona]}${page}`;
/** The words of a page, as somebody reads them. */
const wordsOf = ({ text }: Answer): string =>
  text
    .replaceAll(/<(script|head)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
const hiddenIn = ({ text }: Answer): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="(version|was-\w+)" value="([^"]*)">/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
/** Sends a form about a household, looks at what it does, and confirms that. */
async function confirmed(address: string, fields: Record<string, string>): Promise<Answer> {
  const check = await as('caseworker').send(address, fields);
  expect([check.status, check.text.includes('Check before it is written down')]).toEqual([200, true]);
  const seen = /name="seen" value="(\w+)"/.exec(check.text)?.[1] ?? '';
  return as('caseworker').send(address, { ...fields, seen });
}
const audited = async (action: string): Promise<{ subject_id: string; detail: Record<string, unknown> }[]> =>
  (
    await house.superuser.query<{ subject_id: string; detail: Record<string, unknown> }>(
      `select subject_id, detail from audit.event where action = $1 and authority_id = $2 order by seq desc`,
      [action, house.council.id],
    )
  ).rows;
const day = (name: string, date: string): Record<string, string> => {
  const [year = '', month = '', dayOfMonth = ''] = date.split('-');
  return { [`${name}-day`]: dayOfMonth, [`${name}-month`]: month, [`${name}-year`]: year };
};

describe('Adding a family', () => {
  const step = (name: string, fields: Record<string, string>): Promise<Answer> =>
    as('manager').send(`/families/new/${name}`, fields);

  it('asks one thing a page, says at the field what is wrong, and loses nothing', async () => {
    const taken = await step('reference', { reference: 'P-BABY' });
    expect(taken.status).toBe(409);
    expect(taken.text).toContain('Another family of this council has this reference.');
    expect(taken.text).toContain(`href="${familyAt('P-BABY')}"`);
    expect((await step('reference', { reference: 'J-1' })).location).toBe('/families/new/lead');
    const early = await step('lead', { name: 'Ada Journey', ...day('born', '2030-01-01') });
    expect([early.status, early.text.includes('A birth is not in the future.')]).toEqual([422, true]);
    expect(early.text).toContain('value="Ada Journey"');
    expect((await step('lead', { name: 'Ada Journey', ...day('born', '1990-01-01') })).location).toBe(
      '/families/new/people',
    );
    const child = { relationship: 'child', name: 'Bo Journey', ...day('born', '2022-03-04') };
    expect((await step('people', { ...child, go: 'add' })).location).toBe('/families/new/people');
    expect(
      (await step('people', { relationship: 'expected', ...day('born', '2027-03-01'), go: 'done' })).location,
    ).toBe('/families/new/contact');
    const reach = { contact: 'discreet', language: 'sq', mobile: '12' };
    expect((await step('contact', reach)).text).toContain('That is not a UK mobile number');
    expect((await step('contact', { ...reach, mobile: '07700 900 999' })).location).toBe('/families/new/address');
    expect((await step('address', { line1: 'No fixed abode' })).text).toContain('Leave the address empty');
    expect((await step('address', { line1: '1 Road' })).text).toContain('the town and the postcode together');
    expect((await step('address', { ward: 'Harbour' })).location).toBe('/families/new/safe-ways');
    expect((await step('safe-ways', { safeChannels: 'sms' })).location).toBe('/families/new/team');
    const team = { ownerId: house.council.userIds.caseworker, team: 'Early action' };
    expect((await step('team', team)).location).toBe('/families/new/bank-details');
    const bank = { accountName: 'A Journey', sortCode: '00-00-14', accountNumber: '1234567' };
    expect((await step('bank-details', bank)).text).toContain('The account number is not eight digits.');
    expect((await step('bank-details', { ...bank, accountNumber: '12345678' })).location).toBe('/families/new/check');
  });

  it('shows everything with a way to change it, and adds it all at once', async () => {
    const check = await as('manager').get('/families/new/check');
    for (const said of ['J-1', 'Ada Journey', 'Bo Journey', 'due 1 March 2027', 'Albanian', 'Harbour', '******78'])
      expect(wordsOf(check)).toContain(said);
    expect(check.text).not.toContain('12345678');
    const added = await as('manager').send('/families/new/check', {});
    expect(added.location).toMatch(/^\/families\/\d+$/);
    const family = await as('caseworker').get(added.location ?? '');
    expect(family.text).toContain(`href="${added.location}/plans/new"`);
    expect(wordsOf(family)).toContain('This family has no support plan, so nothing is paid to it.');
    expect((await as('manager').get('/families/new/check')).location).toBe('/families/new');
    expect(wordsOf(await as('caseworker').get(`${added.location}/history`))).toMatch(/Added the family by manager/);
  });

  it('is for caseworkers and managers', async () => {
    for (const persona of ['finance', 'auditor', 'releaser', 'administrator'] as const)
      expect([persona, (await as(persona).get('/families/new')).status]).toEqual([persona, 403]);
  });

  it('can be given up: then nothing typed is left', async () => {
    await step('reference', { reference: 'J-2' });
    expect((await as('manager').send('/families/new', {}, '/families/new/discard')).location).toBe('/families');
    expect((await as('manager').get('/families/new/reference')).text).not.toContain('J-2');
  });
});

describe('Who looks after a family', () => {
  it('is chosen with a reason, and found under "me"', async () => {
    const page = await as('manager').get(familyAt('P-WELFARE', '/owner'));
    const me = { ownerId: house.council.userIds.manager, team: 'North' };
    const without = await as('manager').send(familyAt('P-WELFARE', '/owner'), { ...hiddenIn(page), ...me });
    expect([
      without.status,
      without.text.includes('There is a problem') || without.text.includes('Answer this'),
    ]).toEqual([422, true]);
    const done = await as('manager').send(familyAt('P-WELFARE', '/owner'), {
      ...hiddenIn(page),
      ...me,
      reason: 'Moved north',
    });
    expect(done.location).toBe(familyAt('P-WELFARE'));
    expect(wordsOf(await as('manager').get('/families?owner=me'))).toContain('P-WELFARE');
    expect(wordsOf(await as('manager').get('/families?owner=nobody'))).not.toContain('P-WELFARE');
    expect(wordsOf(await as('auditor').get(familyAt('P-WELFARE', '/history')))).toContain(
      'Gave the family to manager, team North by manager',
    );
    const now = await as('manager').get(familyAt('P-WELFARE', '/owner'));
    expect(wordsOf(now)).toContain('Moved north');
  });

  it('is nobody who does no such work', async () => {
    const page = await as('manager').get(familyAt('P-WELFARE', '/owner'));
    const wrong = { ...hiddenIn(page), ownerId: house.council.userIds.auditor, reason: 'Spare time' };
    const answer = await as('manager').send(familyAt('P-WELFARE', '/owner'), wrong);
    expect([answer.status, answer.text.includes('Choose a caseworker or manager')]).toEqual([422, true]);
  });
});

describe('The list of families', () => {
  it('narrows by where a plan stands, by pay day, team and what is missing', async () => {
    const shown = async (query: string): Promise<string[]> => {
      const { text } = await as('caseworker').get(`/families?${query}`);
      return [...text.matchAll(/href="\/families\/\d+">([^<]+)<\/a><\/th>/g)].map(([, reference = '']) => reference);
    };
    expect(await shown('status=waiting')).toEqual(['P-ABOVE-LIMIT', 'P-WAITING']);
    expect(await shown('status=none')).toEqual(['J-1']);
    expect(await shown('status=ended')).toEqual([]);
    expect(await shown('payDay=1')).toEqual([]);
    expect(await shown('payDay=4&reference=P-A')).toEqual(['P-ABOVE-LIMIT', 'P-ARREARS', 'P-AT-LIMIT']);
    expect(await shown('team=North')).toEqual(['P-WELFARE']);
    expect(await shown('missing=bank-details')).toEqual(['P-NO-BANK']);
    expect((await shown('sort=newest'))[0]).toBe('J-1');
    expect(await shown('sort=next-date&reference=P-B')).toEqual(['P-BABY']);
  });

  it('is paged both ways by what is in the address', async () => {
    const { text } = await as('caseworker').get('/families?after=P-ARREARS');
    expect(text).not.toContain('>P-ARREARS<');
    const back = /rel="prev"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*rel="prev"/.exec(text);
    const before = await as('caseworker').get((back?.[1] ?? back?.[2] ?? '').replaceAll('&amp;', '&'));
    expect(before.text).toContain('>P-ARREARS<');
    expect(before.text).not.toContain('>P-AT-LIMIT<');
  });

  it('answers an address that makes no sense as if it said nothing', async () => {
    for (const query of ['sort=x&status=y&payDay=9', 'after=%00', "reference=' or 1=1", 'sort=newest&after=abc'])
      expect((await as('caseworker').get(`/families?${query}`)).status).toBe(200);
  });

  it('finds a person by name without the name in an address or on record', async () => {
    const found = await as('finance').send('/families/search', { name: 'bo jou' });
    expect([found.status, wordsOf(found).includes('J-1')]).toEqual([200, true]);
    expect(wordsOf(await as('finance').send('/families/search', { name: 'Journey' }))).toContain('1 family');
    expect(wordsOf(await as('finance').send('/families/search', { name: 'Nobody at all' }))).toContain('Nobody found');
    const [look] = await audited('families.names-searched');
    expect(look?.detail).toEqual({ found: 0 });
    expect((await as('releaser').get('/families/search')).status).toBe(403);
  });
});

describe('Two people who change one family', () => {
  it('are told apart: the second sees the difference, and keeps what they typed', async () => {
    const address = familyAt('P-BABY', '/contact');
    const first = await as('caseworker').get(address);
    const second = await as('manager').get(address);
    const reach = { contact: 'discreet', language: 'yo', mobile: '07700 900 321', safeChannels: 'sms' };
    expect((await as('caseworker').send(address, { ...hiddenIn(first), ...reach })).location).toBe(familyAt('P-BABY'));
    const typed = { contact: 'no', language: 'yo', email: 'safe@example.org' };
    const late = await as('manager').send(address, { ...hiddenIn(second), ...typed });
    expect(late.status).toBe(409);
    expect(wordsOf(late)).toMatch(/Safe to contact Yes Discreetly: say nothing of support No: nothing is sent/);
    expect(late.text).toContain('value="safe@example.org"');
    const again = await as('manager').send(address, { ...hiddenIn(late), ...typed });
    expect(again.location).toBe(familyAt('P-BABY'));
    expect(wordsOf(await as('finance').get(familyAt('P-BABY')))).toContain('safe@example.org');
  });

  it('do not write over each other by sending an old form again after another mistake', async () => {
    const address = familyAt('P-BABY', '/address');
    const page = await as('caseworker').get(address);
    const wrong = await as('caseworker').send(address, { ...hiddenIn(page), postcode: 'nonsense' });
    expect([wrong.status, hiddenIn(wrong).version]).toEqual([422, hiddenIn(page).version]);
  });
});

describe('The people of a family', () => {
  it('leave on a day, after they came', async () => {
    const address = `${familyAt('P-BABY')}/members/${scene.lead['P-BABY']}/leaving`;
    const page = await as('caseworker').get(address);
    const before = await as('caseworker').send(address, { ...hiddenIn(page), ...day('leftOn', '1980-01-01') });
    expect([before.status, before.text.includes('when they began to count')]).toEqual([422, true]);
    const left = await confirmed(address, { ...hiddenIn(page), ...day('leftOn', '2026-12-20') });
    expect(left.location).toBe(familyAt('P-BABY'));
    const late = await as('caseworker').send(address, { ...hiddenIn(page), ...day('leftOn', '2026-12-21') });
    expect([late.status, wordsOf(late).includes('There now: counts until 20 December 2026')]).toEqual([409, true]);
    expect((await as('finance').get(address)).status).toBe(403);
  });

  it('have a wrong date of birth put right, with how it is known', async () => {
    const address = `${familyAt('P-WELFARE')}/members/${scene.lead['P-WELFARE']}/birth`;
    const page = await as('caseworker').get(address);
    const right = { ...hiddenIn(page), ...day('born', '1990-04-05') };
    expect((await as('caseworker').send(address, right)).status).toBe(422);
    expect((await confirmed(address, { ...right, reason: 'Passport seen' })).location).toBe(familyAt('P-WELFARE'));
    const story = wordsOf(await as('auditor').get(familyAt('P-WELFARE', '/history')));
    expect(story).toContain('Corrected the date of birth of Mariam Yusuf from 4 May 1991 to 5 April 1990');
    expect(story).toContain('Passport seen');
  });

  it('expect a baby once, until somebody says what became of it', async () => {
    const address = familyAt('P-WELFARE', '/expected-baby/new');
    expect((await as('caseworker').send(address, day('due', '2029-01-01'))).status).toBe(422);
    expect((await as('caseworker').send(address, day('due', '2026-12-01'))).location).toBe(familyAt('P-WELFARE'));
    const twice = await as('caseworker').send(address, day('due', '2026-12-05'));
    expect([twice.status, twice.text.includes('already expected')]).toEqual([409, true]);
    expect(wordsOf(await as('manager').get('/'))).toContain('1 birth to record');
    expect(wordsOf(await as('manager').get('/families?owner=me&missing=birth'))).toContain('P-WELFARE');
    const { text } = await as('caseworker').get(familyAt('P-WELFARE'));
    const pregnancy = /href="([^"]+\/pregnancy)"/.exec(text)?.[1] ?? '';
    expect((await as('caseworker').send(pregnancy, { what: 'born' })).location).toBe(
      familyAt('P-WELFARE', '/members/new?who=child'),
    );
    const ended = { what: 'ended', ...day('endedOn', '2026-12-02') };
    expect((await confirmed(pregnancy, ended)).location).toBe(familyAt('P-WELFARE'));
    expect((await as('caseworker').get(pregnancy)).location).toBe(familyAt('P-WELFARE'));
  });
});

describe('Bank details', () => {
  it('are looked over before they are sent, with the first day they would be used', async () => {
    const address = familyAt('P-ARREARS', '/bank-details/new');
    const bank = { accountName: 'Lead', sortCode: '000014', accountNumber: '55556666' };
    expect((await as('caseworker').send(address, bank)).location).toBe(familyAt('P-ARREARS', '/bank-details/check'));
    const check = await as('caseworker').get(familyAt('P-ARREARS', '/bank-details/check'));
    expect(wordsOf(check)).toMatch(/55556666.*first used Monday 7 December 2026/);
    const sent = await as('caseworker').send(familyAt('P-ARREARS', '/bank-details/check'), {});
    expect(sent.location).toBe(familyAt('P-ARREARS'));
    expect((await as('caseworker').get(sent.location ?? '')).text).not.toContain('55556666');
  });

  it('are opened by those who say what for, and that stays on record', async () => {
    const address = familyAt('P-BABY', `/bank-details/${scene.waitingBankDetails}/account`);
    const nothing = await as('finance').send(address, {});
    expect([nothing.status, nothing.text.includes('Choose what it is for.')]).toEqual([422, true]);
    const why = { purpose: 'returned-payment', reason: 'Came back on Friday' };
    const opened = await as('finance').send(address, why);
    expect([opened.status, opened.text.includes('87654321')]).toEqual([200, true]);
    expect((await as('finance').get(address)).text).not.toContain('87654321');
    const [look] = await audited('families.bank-details-opened');
    expect(look).toEqual({ subject_id: scene.family['P-BABY'], detail: { id: scene.waitingBankDetails, ...why } });
    expect(wordsOf(await as('auditor').get(familyAt('P-BABY', '/history')))).toContain(
      'Opened an account number: to find out why a payment came back by finance',
    );
    for (const persona of ['auditor', 'administrator', 'releaser'] as const)
      expect((await as(persona).get(address)).status).toBe(403);
  });
});

describe('Notes', () => {
  it('are written, read by everybody who may see the family, and put right by another', async () => {
    const address = familyAt('P-HELD', '/notes');
    expect((await as('caseworker').send(address, { text: ' ' })).status).toBe(422);
    expect((await as('caseworker').send(address, { text: 'Two lines:\r\nthe second <b>one</b>' })).location).toBe(
      address,
    );
    const page = await as('auditor').get(address);
    expect(page.text).toContain('Two lines:\nthe second &lt;b&gt;one&lt;/b&gt;');
    expect(page.text).not.toContain('Write this note');
    const { text } = await as('manager').get(address);
    const correcting = /href="([^"]+\/correct)"/.exec(text)?.[1] ?? '';
    expect((await as('manager').send(correcting, { text: 'One line' })).location).toBe(address);
    const twice = await as('manager').send(correcting, { text: 'Another' });
    expect([twice.status, twice.text.includes('has been corrected already')]).toEqual([409, true]);
    expect(wordsOf(await as('caseworker').get(address))).toMatch(/Corrects an earlier note.*Corrected by a newer note/);
  });
});

describe('What happened to a family', () => {
  it('tells who did what and why, with its plan and its payments; looks only when asked for', async () => {
    const story = wordsOf(await as('auditor').get(familyAt('P-HELD', '/history')));
    expect(story).toMatch(/Held the payment of 10 December 2026: contact lost by finance .* Moved out; nobody answers/);
    expect(story).toContain('Approved a support plan by manager');
    expect(story).not.toContain('Looked at');
    expect(wordsOf(await as('auditor').get(familyAt('P-HELD', '/history?looks=yes')))).toContain(
      'Looked at what happened by auditor',
    );
  });

  it('goes back a page at a time, and leaves nothing out', async () => {
    const write = house.app.get(WriteNote);
    const told = (answer: Answer): number => answer.text.match(/moj-timeline__item/g)?.length ?? 0;
    const before = told(await as('auditor').get(familyAt('P-AT-LIMIT', '/history')));
    for (let note = 0; note < 45; note += 1)
      await write.run(house.council.actors.caseworker, scene.family['P-AT-LIMIT'], { text: `${note}`, corrects: null });
    const first = await as('auditor').get(familyAt('P-AT-LIMIT', '/history'));
    const older = /href="([^"]+before=[^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await as('auditor').get(older);
    expect([told(first), told(second)]).toEqual([40, before + 45 - 40]);
  });
});

describe('Home', () => {
  it('shows each person what waits for them', async () => {
    const caseworker = wordsOf(await as('caseworker').get('/'));
    expect(caseworker).toMatch(/You look after 5 families/);
    expect(caseworker).toContain('1 of your families has no bank details');
    expect(caseworker).toContain('2 support plans of yours wait for a second person');
    expect(wordsOf(await as('manager').get('/'))).toMatch(
      /Waiting for you to decide .*Support plans 2 Changes of plans 1 Moves of pay days 1 Changes of bank details 2/,
    );
    expect(wordsOf(await as('finance').get('/'))).toMatch(/Thursday 10 December 2026 Priced.* Yours to do/);
    const releaser = wordsOf(await as('releaser').get('/'));
    expect(releaser).not.toContain('Yours to do');
    expect(releaser).not.toContain('Your families');
  });

  it('says what became of a plan that was declined, until another is proposed', async () => {
    const declined = await as('manager').send(
      `/plans/${scene.waitingPlan}`,
      { outcome: 'decline', reason: 'Another council' },
      `/plans/${scene.waitingPlan}/decision`,
    );
    expect(declined.status).toBe(303);
    const home = await as('caseworker').get('/');
    expect(home.text).toContain(`href="/plans/${scene.waitingPlan}"`);
    expect(wordsOf(home)).toContain('A support plan you proposed was declined');
  });
});

describe('The API', () => {
  it('adds a family, changes it by the version shown, and refuses the second of two people', async () => {
    const client = new Client(house);
    const family = {
      ...{ reference: 'API-1', reach: { language: 'en', contact: 'yes' }, place: { ward: 'Harbour' } },
      members: [{ relationship: 'lead', name: 'Api Lead', born: '1990-01-01' }],
    };
    const { body } = await client.post('caseworker', '/families', family).expect(201);
    const { familyId } = body as { familyId: string };
    expect(problemIn(await client.post('caseworker', '/families', family))).toEqual([409, 'reference_taken']);
    const leaderless = { ...family, reference: 'API-2', members: [{ relationship: 'other', name: 'A' }] };
    expect(problemIn(await client.post('caseworker', '/families', leaderless))).toEqual([
      422,
      'family_details_refused',
    ]);
    expect(problemIn(await client.post('finance', '/families', family))).toEqual([403, 'not_permitted']);
    const shown = await client.get('auditor', `/families/${familyId}`).expect(200);
    const { version } = shown.body as { version: number };
    const reach = { language: 'so', contact: 'no', version };
    await client.post('manager', `/families/${familyId}/contact`, reach).expect(200);
    const late = await client.post('caseworker', `/families/${familyId}/address`, { ward: 'Hill', version });
    expect(problemIn(late)).toEqual([409, 'family_changed_meanwhile']);
    const owner = { ownerId: house.council.userIds.caseworker, reason: 'Takes over', version: version + 1 };
    await client.post('caseworker', `/families/${familyId}/owner`, owner).expect(200);
    await client.post('caseworker', `/families/${familyId}/notes`, { text: 'Said so\non the phone' }).expect(201);
    const notes = await client.get('auditor', `/families/${familyId}/notes`).expect(200);
    expect((notes.body as { notes: { text: string }[] }).notes.map((note) => note.text)).toEqual([
      'Said so\non the phone',
    ]);
    const found = await client.post('finance', '/families/search', { name: 'api le' }).expect(200);
    expect((found.body as { families: { id: string }[] }).families.map(({ id }) => id)).toEqual([familyId]);
  });
});
