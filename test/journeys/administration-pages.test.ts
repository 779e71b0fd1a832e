import { noticePolicy, ownerTitle, userByEmail } from '../../src/identity/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { Client } from '../support/http.ts';
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
  for (const who of ['administrator', 'finance', 'auditor', 'caseworker'] as const)
    visitors.set(who, await PageVisitor.signedIn(house, who));
});
afterAll(() => house.close());

/** Asks the API with a token, and says how it answers. */
const statusOf = async (path: string, token: string): Promise<number> =>
  (await fetch(`${house.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
const as = (who: Persona): PageVisitor => visitors.get(who) as PageVisitor;
const versionIn = (text: string): string => /name="version" value="(\d+)"/.exec(text)?.[1] ?? '';
const date = (name: string, [year, month, day]: readonly [string, string, string]): Record<string, string> => ({
  ...{ [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: day },
});

/** Sends the form of a page with the version it shows. */
async function change(who: Persona, page: string, fields: Record<string, string>) {
  return as(who).send(page, { version: versionIn((await as(who).get(page)).text), ...fields });
}

describe('An administrator', () => {
  let newcomer: string;

  it('lets somebody in: asked, checked, added, with a code that is shown once', async () => {
    const admin = as('administrator');
    const wrong = await admin.send('/administration/people/new', { name: 'Sam Newcomer', email: 'nowhere' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Enter an e-mail address');
    expect(wrong.text).toContain('value="Sam Newcomer"');
    const who = { name: 'Sam Newcomer', email: 'Sam@northshire.example', roles: 'caseworker' };
    const asked = await admin.send('/administration/people/new', who);
    expect(asked.location).toBe('/administration/people/new/check');
    const check = await admin.get('/administration/people/new/check');
    expect(check.text).toContain('Sam Newcomer');
    const added = await admin.send('/administration/people/new/check', {});
    expect(added.text).toMatch(/<code>[A-Z2-9]{5}-[A-Z2-9]{5}-[A-Z2-9]{5}<\/code>/);
    ({ id: newcomer } = await house.app
      .get(UnitOfWork)
      .read(house.council.actors.auditor, (tx) => userByEmail(tx, 'sam@northshire.example')));
    expect((await admin.get('/administration/people?role=caseworker&active=yes')).text).toContain('Sam Newcomer');
    expect((await admin.get('/administration/people?active=no')).text).not.toContain('Sam Newcomer');
  });

  it('says so when the address is taken, and keeps what was typed', async () => {
    const who = { name: 'Sam Again', email: 'sam@northshire.example', roles: 'caseworker' };
    await as('administrator').send('/administration/people/new', who);
    const taken = await as('administrator').send('/administration/people/new/check', {});
    expect([taken.status, taken.text.includes('Sam Again')]).toEqual([409, true]);
  });

  it('gives and takes roles with a reason, which stays on record', async () => {
    const page = `/administration/people/${newcomer}/roles`;
    const silent = await change('administrator', page, { roles: 'manager' });
    expect([silent.status, silent.text.includes('Answer this.')]).toEqual([422, true]);
    const given = await change('administrator', page, { roles: 'manager', reason: 'Covers for Morgan until May' });
    expect(given.location).toBe(`/administration/people/${newcomer}`);
    const { text } = await as('administrator').get(`/administration/people/${newcomer}`);
    for (const words of ['Given: Manager', 'Taken away: Caseworker', 'Covers for Morgan until May'])
      expect(text).toContain(words);
  });

  it('is shown what another changed meanwhile, and loses nothing typed', async () => {
    const page = `/administration/people/${newcomer}/roles`;
    const { text } = await as('administrator').get(page);
    await change('administrator', page, { roles: 'finance', reason: 'First' });
    const late = await as('administrator').send(page, {
      version: versionIn(text),
      roles: 'releaser',
      reason: 'Second',
    });
    expect(late.status).toBe(409);
    expect(late.text).toContain('They hold now: <strong>Finance</strong>');
    expect(late.text).toContain('Second');
    expect(late.text).toMatch(/value="releaser" checked/);
  });

  it('cannot change their own roles, nor leave the council without an administrator', async () => {
    const { administrator } = house.council.userIds;
    const own = await change('administrator', `/administration/people/${administrator}/roles`, {
      roles: 'manager',
      reason: 'x',
    });
    expect([own.status, own.text.includes('You cannot change your own roles')]).toEqual([403, true]);
    const close = await change('administrator', `/administration/people/${administrator}/account`, {
      reason: 'x',
      to: 'close',
    });
    expect(close.status).toBe(403);
  });

  it('closes an account with its sessions and tokens, is warned of open proposals, and opens it again', async () => {
    const leaving = await PageVisitor.signedIn(house, 'caseworker');
    const page = `/administration/people/${house.council.userIds.caseworker}/account`;
    const { text } = await as('administrator').get(page);
    expect(text).toContain('2 sessions');
    expect(text).toMatch(/They proposed \d+ things? that still wait/);
    const closed = await change('administrator', page, { reason: 'Left the council', to: 'close' });
    expect(closed.status).toBe(303);
    expect((await leaving.get('/families')).location).toMatch(/^\/sign-in/);
    expect(await statusOf('/families', house.council.tokens.caseworker)).toBe(401);
    await change('administrator', page, { reason: 'Came back', to: 'open' });
    expect((await leaving.get('/families')).location).toMatch(/^\/sign-in/);
    visitors.set('caseworker', await PageVisitor.signedIn(house, 'caseworker'));
    expect((await as('caseworker').get('/families')).status).toBe(200);
  });

  it('unlocks, signs out everywhere, and gives a new set-up code', async () => {
    const person = `/administration/people/${house.council.userIds.caseworker}`;
    const code = await as('administrator').send(person, {}, `${person}/set-up-code`);
    expect(code.text).toMatch(/<code>[A-Z2-9-]{17}<\/code>/);
    expect((await as('administrator').send(person, {}, `${person}/unlock`)).location).toBe(person);
    expect((await as('administrator').send(person, {}, `${person}/end-sessions`)).location).toBe(person);
    expect((await as('caseworker').get('/families')).location).toMatch(/^\/sign-in/);
    visitors.set('caseworker', await PageVisitor.signedIn(house, 'caseworker'));
  });

  it('sets up teams, and the word families’ pages use for whom they belong to', async () => {
    const { caseworker } = house.council.userIds;
    const owner = (): Promise<string> =>
      house.app.get(UnitOfWork).read(house.council.actors.auditor, (tx) => ownerTitle(tx, caseworker));
    expect(await owner()).toBe('Worker, overseen by manager');
    const set = { serviceStructure: 'dedicated-social-workers', reason: 'Social workers hold cases again' };
    await change('administrator', '/administration/service/structure', set);
    expect(await owner()).toBe('Social worker');
    const taken = await as('administrator').send('/administration/teams/new', { name: 'Harbour team' });
    expect([taken.status, taken.text.includes('There is already a team of that name')]).toEqual([409, true]);
    const { team } = scene.administration;
    const renamed = await change('administrator', `/administration/teams/${team}`, {
      name: 'Quay team',
      isActive: 'yes',
    });
    expect(renamed.location).toBe('/administration/service');
    expect((await as('auditor').get('/administration/service')).text).toContain('Quay team');
  });
});

describe('A delegated limit', () => {
  const limit = {
    role: 'manager',
    kind: 'section-17-run',
    amount: '£25,000',
    ...date('effectiveFrom', ['2027', '1', '4']),
  };

  it('is proposed by one person and confirmed by another', async () => {
    const past = { ...limit, ...date('effectiveFrom', ['2020', '1', '4']), reason: 'x' };
    expect((await as('administrator').send('/administration/limits/new', past)).text).toContain('2020-01-04 is past.');
    await as('administrator').send('/administration/limits/new', { ...limit, reason: 'Budget rose in the autumn' });
    const { text } = await as('finance').get('/administration/limits');
    const ids = [...text.matchAll(/limits\/proposals\/(\d+)/g)].map((match) => match[1]);
    const page = `/administration/limits/proposals/${ids.at(-1)}`;
    const own = await as('administrator').send(page, { outcome: 'approved' });
    expect([own.status, own.text.includes('You proposed this yourself')]).toEqual([403, true]);
    expect((await as('auditor').get(page)).text).not.toContain('Your decision');
    expect((await as('finance').send(page, { outcome: 'approved' })).location).toBe('/administration/limits');
    const after = await as('auditor').get('/administration/limits');
    expect(after.text).toContain('administrator, confirmed by finance');
    expect(after.text).toContain('£25,000.00');
    expect((await as('finance').send(page, { outcome: 'approved' })).status).toBe(409);
  });

  it('is refused with a reason only', async () => {
    const page = `/administration/limits/proposals/${scene.administration.limitProposal}`;
    const silent = await as('finance').send(page, { outcome: 'refused' });
    expect([silent.status, silent.text.includes('Say why')]).toEqual([422, true]);
    expect((await as('finance').send(page, { outcome: 'refused', reason: 'Not in the scheme' })).status).toBe(303);
  });
});

describe('Rates', () => {
  it('are shown with what they do before a second person approves them', async () => {
    const page = `/administration/rates/proposals/${scene.administration.rateProposal}`;
    const { text } = await as('administrator').get(page);
    expect(text).toMatch(/One adult<\/th>\s*<td[^>]*>£49.18<\/td>\s*<td[^>]*>£51.40/);
    expect(text).toContain('8 families are paid by this table');
    expect(text).toContain('7 families are already paid, or in a run, for days from then on.');
    expect((await as('administrator').send(page, { outcome: 'approved' })).location).toBe('/administration/rates');
    const list = await as('caseworker').get('/administration/rates');
    expect(list.text).toMatch(/In force[\s\S]*finance, administrator[\s\S]*£51.40/);
    expect(list.text).toContain('Replaced');
  });

  it('of days already paid are proposed only by somebody who says that they mean it', async () => {
    const typed = {
      rateTable: 'guide',
      person: '52.00',
      reason: 'Second review',
      ...date('effectiveFrom', ['2026', '12', '2']),
    };
    const none = await as('finance').send('/administration/rates/new', { ...typed, person: '' });
    expect([none.status, none.text.includes('Give at least one amount.')]).toEqual([422, true]);
    await as('finance').send('/administration/rates/new', typed);
    const check = await as('finance').get('/administration/rates/new/check');
    expect(check.text).toContain('I mean it: change days already paid');
    expect((await as('finance').send('/administration/rates/new/check', {})).status).toBe(409);
    const sent = await as('finance').send('/administration/rates/new/check', { acceptsBackDating: 'yes' });
    expect(sent.location).toBe('/administration/rates');
  });

  it('are taken by the API alike, and refused to whoever may not', async () => {
    const body = { rateTable: 'guide', effectiveFrom: '2027-06-01', amounts: { pregnant: '6.00' }, reason: 'Review' };
    const api = new Client(house);
    await api.post('manager', '/rates/proposals', body).expect(403);
    expect((await api.post('finance', '/rates/proposals', body)).body).toMatchObject({ code: 'already_proposed' });
  });
});

describe('Pay days and the paying account', () => {
  it('change with a reason, and open the next runs by the new days', async () => {
    const page = '/administration/pay-days/change';
    const days = { division: 'england-and-wales', leadDays: '5', coolOffDays: '4' };
    const wrong = await change('administrator', page, { ...days, leadDays: '21', reason: 'x' });
    expect([wrong.status, wrong.text.includes('from 0 to 20')]).toEqual([422, true]);
    await change('administrator', page, { ...days, reason: 'Two more days to check' });
    const { text } = await as('auditor').get('/administration/pay-days');
    expect(text).toContain('5 working days before its cut-off');
    expect(text).toContain('Two more days to check');
    expect(text).not.toContain('12345678');
  });

  it('take two people for the account, and never show it whole', async () => {
    const page = `/administration/pay-days/account/${scene.administration.originatorProposal}`;
    const { text } = await as('finance').get(page);
    expect(text).toContain('••••4321');
    expect(text).not.toContain('87654321');
    expect((await as('administrator').send(page, { outcome: 'approved' })).status).toBe(403);
    expect((await as('finance').send(page, { outcome: 'approved' })).location).toBe('/administration/pay-days');
    expect((await as('auditor').get('/administration/pay-days')).text).toContain('••••4321');
  });
});

describe('Branding', () => {
  it('refuses a colour that white cannot be read on, with the measured contrast', async () => {
    const pale = await change('administrator', '/administration/branding', { colour: '#ffdd00', reason: 'New brand' });
    expect([pale.status, pale.text.includes('The contrast of #ffdd00 against white is 1.35 to 1.')]).toEqual([
      422,
      true,
    ]);
    expect(pale.text).toContain('value="#ffdd00"');
  });

  it('is on every page of the council: name, colour by a sheet of its own, contact lines', async () => {
    const brand = { colour: '#5C1D4F', displayName: 'Northshire Borough', contact: 'Early action\r\n01632 960002' };
    expect((await change('administrator', '/administration/branding', { ...brand, reason: 'New brand' })).status).toBe(
      303,
    );
    const { text } = await as('finance').get('/');
    expect(text).toContain('class="mainstay-header__name">Northshire Borough</a>');
    expect(text).toContain('Early action<br>01632 960002');
    const sheet = /href="(\/branding\/[^"]+)"/.exec(text)?.[1] ?? '';
    const styled = await fetch(`${house.url}${sheet}`);
    expect(await styled.text()).toContain('--mainstay-colour:#5c1d4f');
    expect(styled.headers.get('cache-control')).toContain('immutable');
    const old = await fetch(`${house.url}${sheet.replace(/\/\d+\/council/, '/1/council')}`);
    expect(old.headers.get('cache-control')).toBe('no-store');
  });
});

describe('A person', () => {
  it('makes a token of their own, shown once, which does what they may and no more', async () => {
    const made = await as('finance').send('/account', { label: 'Month end', days: '7' }, '/account/tokens');
    const token = /<code>(mst_[\w-]+)<\/code>/.exec(made.text)?.[1] ?? '';
    expect(await statusOf('/limits', token)).toBe(200);
    expect(await statusOf('/people', token)).toBe(403);
    const { text } = await as('finance').get('/account');
    const end = /action="(\/account\/tokens\/\d+\/end)"[\s\S]{0,400}Month end/.exec(text)?.[1] ?? '';
    expect((await as('finance').send('/account', {}, end)).location).toBe('/account');
    expect(await statusOf('/limits', token)).toBe(401);
  });
});

describe('An auditor', () => {
  it('sees how the council is set up, and nothing to press', async () => {
    for (const page of ['people', 'limits', 'service', 'rates', 'pay-days', 'branding']) {
      const { status, text } = await as('auditor').get(`/administration/${page}`);
      expect([page, status]).toEqual([page, 200]);
      expect(text.replaceAll(/<form method="post" action="\/sign-out"/g, '')).not.toContain('<form method="post"');
    }
  });
});

describe('Notices to families', () => {
  const periods = {
    ...{ noticeDays: '10', endingNoticeDays: '30', payDayChangeNeedsApproval: 'no' },
    ...{ reviewAskDays: '28', reviewAnswerDays: '10' },
  };

  it('run at least seven days, and longer where support ends', async () => {
    const page = '/administration/notices/periods';
    const short = await change('administrator', page, { ...periods, noticeDays: '6', reason: 'Quicker' });
    expect([short.status, short.text.includes('Enter a number of days from 7 to 60.')]).toEqual([422, true]);
    expect(short.text).toContain('Quicker');
    const long = await change('administrator', page, { ...periods, endingNoticeDays: '181', reason: 'x' });
    expect(long.text).toContain('Enter a number of days from 7 to 180.');
    const done = await change('administrator', page, { ...periods, reason: 'Agreed with the team' });
    expect(done.location).toBe('/administration/notices');
    const { text } = await as('auditor').get('/administration/notices');
    for (const said of ['10 clear days before', '30 clear days before', 'One person is enough', 'yes → no'])
      expect(text).toContain(said);
  });

  it('say where families ask for help, and where letters come from', async () => {
    const page = '/administration/notices/help';
    const help = {
      helpPhone: 'the office',
      helpEmail: 'nobody',
      returnAddress: 'Town Hall',
      postage: 'first',
      lettersPrintedHere: 'no',
    };
    const wrong = await change('administrator', page, { ...help, reason: 'x' });
    for (const said of ['in digits', 'such as help@example.org', 'the postcode last'])
      expect([wrong.status, wrong.text.includes(said)]).toEqual([422, true]);
    const lines = 'Northshire Council\r\nPO Box 12\r\n\r\nNR1 1AA ';
    const right = {
      helpPhone: '01632 960002',
      helpEmail: 'help@northshire.example',
      returnAddress: lines,
      lettersPrintedHere: 'no',
    };
    await change('administrator', page, { ...right, postage: 'first', reason: 'A line of our own' });
    const policy = await house.app.get(UnitOfWork).read(house.council.actors.caseworker, noticePolicy);
    expect(policy).toMatchObject({
      ...{ noticeDays: 10, endingNoticeDays: 30, payDayChangeNeedsApproval: false, postage: 'first' },
      ...{ helpPhone: '01632 960002', helpEmail: 'help@northshire.example' },
      returnAddress: ['Northshire Council', 'PO Box 12', 'NR1 1AA'],
    });
    expect((await as('finance').get('/administration/notices')).text).toContain(
      'Northshire Council, PO Box 12, NR1 1AA',
    );
  });

  it('tell a second administrator what the first saved, and lose nothing typed', async () => {
    const old = {
      version: '1',
      helpPhone: '01632 960003',
      postage: 'second',
      lettersPrintedHere: 'no',
      reason: 'Another line',
    };
    const late = await as('administrator').send('/administration/notices/help', old);
    expect([late.status, late.text.includes('01632 960002'), late.text.includes('value="01632 960003"')]).toEqual([
      ...[409, true, true],
    ]);
    const days = await as('administrator').send('/administration/notices/periods', {
      ...periods,
      version: '1',
      reason: 'x',
    });
    expect([days.status, days.text.includes('Now it is 10 days before a change')]).toEqual([409, true]);
  });

  it('are set up by administrators alone, by the API alike', async () => {
    expect((await as('finance').get('/administration/notices/help')).status).toBe(403);
    expect((await as('caseworker').get('/administration/notices')).status).toBe(403);
    const api = new Client(house);
    const { version } = (await api.get('auditor', '/council').expect(200)).body as { version: number };
    const body = { version, reason: 'By machine', postage: 'economy', helpEmail: null };
    await api.post('finance', '/council', body).expect(403);
    await api.post('administrator', '/council', body).expect(200);
    const short = { version: version + 1, reason: 'Too short', noticeDays: 3 };
    expect((await api.post('administrator', '/council', short)).body).toMatchObject({ code: 'notice_policy_refused' });
    const now = (await api.get('auditor', '/council').expect(200)).body;
    expect(now).toMatchObject({ postage: 'economy', helpEmail: null, endingNoticeDays: 30 });
  });
});
