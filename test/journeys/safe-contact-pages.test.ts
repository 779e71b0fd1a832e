import { familyReach } from '../../src/families/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { Client, problemIn } from '../support/http.ts';
import { pageScene, type PageScene } from '../support/page-scene.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let scene: PageScene;
const visitors = new Map<Persona, PageVisitor>();
beforeAll(async () => {
  house = await testHouse(PAGES);
  scene = await pageScene(house);
  for (const who of ['caseworker', 'manager', 'auditor'] as const)
    visitors.set(who, await PageVisitor.signedIn(house, who));
});
afterAll(() => house.close());

type Answer = Awaited<ReturnType<PageVisitor['get']>>;
const as = (who: Persona): PageVisitor => visitors.get(who) as PageVisitor;
const at = (family: keyof PageScene['family'], page = ''): string => `/families/${scene.family[family]}${page}`;
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
const reachOf = async (family: keyof PageScene['family']) => {
  const id = scene.family[family];
  const found = await house.app.get(UnitOfWork).read(house.council.actors.caseworker, (tx) => familyReach(tx, [id]));
  return found.get(id);
};

/** Sends the contact page of a family as it stands, with some answers; a way that is ticked stands once among them. */
async function answerContact(family: keyof PageScene['family'], answers: [string, string][]): Promise<Answer> {
  const page = await as('caseworker').get(at(family, '/contact'));
  return as('caseworker').send(at(family, '/contact'), [...Object.entries(hiddenIn(page)), ...answers]);
}
const said: [string, string][] = [
  ...([
    ['contact', 'discreet'],
    ['language', 'so'],
    ['reads', 'en'],
    ['interpreter', 'yes'],
  ] as [string, string][]),
  ...([
    ['mobile', '07700 900 321'],
    ['safeChannels', 'sms'],
    ['safeChannels', 'call'],
  ] as [string, string][]),
];

describe('Which ways are safe', () => {
  it('is asked with a place for each way, and says exactly what a way lacks', async () => {
    const unwritten = said.filter(([name]) => name !== 'mobile').concat([['safeChannels', 'email']]);
    const wrong = await answerContact('P-BABY', unwritten);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('<a href="#mobile">Write a mobile number, or untick text message.</a>');
    expect(wrong.text).toContain('<a href="#email">Write an e-mail address, or untick e-mail.</a>');
    expect(wrong.text).toMatch(/value="call" checked/);
    const first = await answerContact('P-BABY', [...said, ['firstChannel', 'letter']]);
    expect(first.text).toContain('<a href="#firstChannel">Choose one of the ways that are safe.</a>');
    const none = await answerContact(
      'P-BABY',
      said.filter(([name]) => name !== 'safeChannels'),
    );
    expect(none.text).toContain('<a href="#safeChannels">Tick at least one way');
    const closed = said.filter(([name]) => name !== 'contact').concat([['contact', 'no']]);
    expect((await answerContact('P-BABY', closed)).text).toContain('Untick everything but a call');
  });

  it('is kept, shown on the page of the family with the day it was asked, and on record', async () => {
    const saved = await answerContact('P-BABY', [...said, ['firstChannel', 'call'], ['askedToday', 'yes']]);
    expect(saved.location).toBe(at('P-BABY'));
    const page = wordsOf(await as('auditor').get(at('P-BABY')));
    for (const shown of [
      ...['Safe ways to tell them Phone call, then text message', 'Asked on 4 December 2026'],
      ...['Speaks Somali, with an interpreter', 'Reads English', 'name no council, say nothing of support'],
    ])
      expect(page).toContain(shown);
    expect(page).not.toContain('Ask again whether this is safe');
    const story = wordsOf(await as('auditor').get(at('P-BABY', '/history')));
    expect(story).toContain('Discreetly: say nothing of support. Safe ways: text message, phone call');
    expect(await reachOf('P-BABY')).toMatchObject({
      ...{ reads: 'en', interpreter: true, isDiscreet: true, ways: ['call', 'sms'], safeCheckedOn: '2026-12-04' },
      addressLines: ['Fatou Jallow', '12 Example Road', 'Northshire', 'NR1 1AA'],
    });
  });

  it('shows the second of two people the difference', async () => {
    const old = hiddenIn(await as('manager').get(at('P-BABY', '/contact')));
    await answerContact('P-BABY', said);
    const late = await as('manager').send(at('P-BABY', '/contact'), [
      ...Object.entries(old),
      ...said.filter(([, value]) => value !== 'call'),
    ]);
    expect(late.status).toBe(409);
    expect(wordsOf(late)).toContain(
      'Safe ways to tell them Text message, phone call Text message, phone call Text message',
    );
    expect(wordsOf(late)).toContain('Way to try first Phone call They do not mind They do not mind');
  });

  it('is nothing but a call, for a family nothing is sent to', async () => {
    const no: [string, string][] = [
      ['contact', 'no'],
      ['language', 'en'],
      ['safeChannels', 'call'],
    ];
    expect((await answerContact('P-HELD', no)).location).toBe(at('P-HELD'));
    expect(wordsOf(await as('caseworker').get(at('P-HELD')))).toContain(
      'Nothing is sent to this family: contact is not safe. A person may call.',
    );
    expect((await reachOf('P-HELD'))?.ways).toEqual(['call']);
  });

  it('is a question of its own while a family is added, asked again when what it rests on changes', async () => {
    const step = (name: string, fields: Record<string, string>): Promise<Answer> =>
      as('manager').send(`/families/new/${name}`, fields);
    await step('reference', { reference: 'SAFE-1' });
    await step('lead', { name: 'Ada Safe', 'born-day': '1', 'born-month': '2', 'born-year': '1990' });
    await step('people', { go: 'done' });
    await step('contact', { contact: 'yes', language: 'en', mobile: '07700 900 111' });
    expect((await step('address', { ward: 'Harbour' })).location).toBe('/families/new/safe-ways');
    const without = await step('safe-ways', { safeChannels: 'letter' });
    expect(without.text).toContain('<a href="#safeChannels">Write down the address first, or untick letter.</a>');
    expect((await step('safe-ways', { safeChannels: 'sms' })).location).toBe('/families/new/team');
    expect((await step('contact', { contact: 'no', language: 'en' })).location).toBe('/families/new/safe-ways');
    expect(wordsOf(await as('manager').get('/families/new/safe-ways'))).toContain('Only a call can be safe');
    expect((await as('manager').get('/families/new/check')).location).toBe('/families/new');
    expect((await step('safe-ways', { askedToday: 'yes' })).location).toBe('/families/new/team');
    await step('team', { ownerId: house.council.userIds.caseworker });
    await step('bank-details', { skip: 'yes' });
    expect(wordsOf(await as('manager').get('/families/new/check'))).toContain('Asked whether this is safe Today');
    const added = await as('manager').send('/families/new/check', {});
    const family = wordsOf(await as('auditor').get(added.location ?? ''));
    expect(family).toContain('Safe ways to tell them None: a person must help Asked on 4 December 2026');
  });
});

describe('A family nobody has asked for 90 days', () => {
  it('is a task of whoever looks after it, until somebody asks', async () => {
    const owner = { ownerId: house.council.userIds.caseworker, reason: 'Knows them' };
    const version = hiddenIn(await as('manager').get(at('P-WELFARE', '/owner'))).version ?? '';
    await as('manager').send(at('P-WELFARE', '/owner'), { ...owner, version });
    const [before] = /\d+ famil(y|ies) to ask again whether/.exec(wordsOf(await as('caseworker').get('/'))) ?? ['0'];
    house.setToday('2027-04-01' as PlainDate);
    try {
      expect(wordsOf(await as('caseworker').get(at('P-WELFARE')))).toMatch(
        /Ask again whether this is safe: nobody has asked this family since 1 December 2026. Write down what it says/,
      );
      expect(wordsOf(await as('auditor').get(at('P-WELFARE')))).not.toContain('Write down what it says');
      const home = await as('caseworker').get('/');
      const [task] = /\d+ famil(y|ies) to ask again whether/.exec(wordsOf(home)) ?? ['none'];
      expect(Number.parseInt(task, 10)).toBeGreaterThan(Number.parseInt(before, 10));
      expect(home.text).toContain('href="/families?owner=me&amp;missing=safety"');
      expect(wordsOf(await as('caseworker').get('/families?owner=me&missing=safety'))).toContain('P-WELFARE');
    } finally {
      house.setToday('2026-12-04' as PlainDate);
    }
  });
});

describe('The API', () => {
  it('changes the safe ways of a family, and leaves alone what is left out', async () => {
    const client = new Client(house);
    const path = `/families/${scene.family['P-AT-LIMIT']}`;
    const shown = async () =>
      (await client.get('auditor', path).expect(200)).body as { version: number; ways: object; openWays: string[] };
    const { version } = await shown();
    const reach = { language: 'en', contact: 'yes', mobile: '07700900123' };
    const change = { ...reach, safeChannels: ['letter', 'sms'], firstChannel: 'letter', askedToday: true, version };
    await client.post('finance', `${path}/contact`, change).expect(403);
    const wrong = await client.post('caseworker', `${path}/contact`, { ...change, safeChannels: ['email'] });
    expect(problemIn(wrong)).toEqual([422, 'family_details_refused']);
    await client.post('caseworker', `${path}/contact`, change).expect(200);
    await client.post('manager', `${path}/contact`, { ...reach, reads: 'ur', version: version + 1 }).expect(200);
    expect(await shown()).toMatchObject({
      ways: { safeChannels: ['sms', 'letter'], firstChannel: 'letter', safeCheckedOn: '2026-12-04', reads: 'ur' },
      openWays: ['letter', 'sms'],
    });
  });
});
