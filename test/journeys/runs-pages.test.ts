import type { Browser, Page } from 'playwright-core';
import { AddUser, SetLimit } from '../../src/identity/index.ts';
import { Money, operatorOf, type PlainDate, type Role } from '../../src/kernel/index.ts';
import { CancelRun, PayCalendarTick } from '../../src/payments/index.ts';
import { ChangeMembers, familyByReference } from '../../src/families/index.ts';
import { Clock, UnitOfWork } from '../../src/platform/index.ts';
import { PriceRun } from '../../src/subsistence/index.ts';
import { axeFaults } from '../support/axe.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { describeInABrowser, newVisitor, startBrowser } from '../support/chromium.ts';
import { completeRun, finishRun } from '../support/complete-run.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { PAGES, PageVisitor, sessionCookie } from '../support/pages.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const PAY_DATE = '2026-12-03';
const WAITING = `select id from payments.run where state = 'in_approval' and pay_date = '2026-12-04'`;
const PEOPLE = ['finance', 'finance2', 'manager', 'manager2', 'releaser', 'auditor', 'caseworker'] as const;

let house: TestHouse;
let runId: string;
const visitors = new Map<Persona, PageVisitor>();
const as = (persona: Persona): PageVisitor => visitors.get(persona)!;
const at = (page = ''): string => `/runs/${runId}${page}`;

beforeAll(async () => {
  house = await testHouse(PAGES);
  await takeIn(house.app, house.council, [
    ...familyRows('R-1', {}, child('2020-01-01')),
    ...familyRows('R-2'),
    ...familyRows('R-3'),
    ...familyRows('R-ENDS', { support_to: '2026-12-03' }),
    ...familyRows('R-NO-BANK', { sort_code: '', account_number: '', account_name: '' }),
    ...familyRows('F-1', { pay_day: 'friday', paid_up_to: '2026-11-27' }),
  ]);
  for (const persona of PEOPLE) visitors.set(persona, await PageVisitor.signedIn(house, persona));
  await completeRun(house.app, house.council, '2026-11-26');
  house.setToday('2026-11-30' as PlainDate);
});
afterAll(() => house.close());

/** Reads what a form of a page carries along, unseen. */
async function carried(persona: Persona, page: string, name: string): Promise<string> {
  const { text } = await as(persona).get(page);
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
}

async function lineOf(family: string): Promise<string> {
  const { text } = await as('finance').get(at(`/lines?reference=${family}`));
  return /name="line" value="(\d+)"/.exec(text)?.[1] ?? '';
}

/** Ticks one payment, says why, and stops before the last page. */
async function chooseToHold(family: string, step: 'hold' | 'release'): Promise<void> {
  const ticked = { line: await lineOf(family), step, version: await carried('finance', at('/lines'), 'version') };
  const chosen = await as('finance').send(at('/lines'), ticked);
  expect(chosen.location).toBe(at('/holds'));
  const why = { category: 'contact-lost', reason: 'Nobody answers the door' };
  const said = await as('finance').send(at('/holds'), step === 'hold' ? why : { reason: 'They called back' });
  expect(said.location).toBe(at('/holds/check'));
}

describe('The pay calendar', () => {
  it('says what to do while no pay date is planned', async () => {
    const { text } = await as('finance').get('/calendar');
    expect(text).toContain('No pay date is planned yet');
  });

  it('shows dates with their cut-offs, when each opens, and bank holidays paid early in words', async () => {
    await house.app.get(PayCalendarTick).tick(house.council.id);
    const { text } = await as('auditor').get('/calendar');
    expect(text).toMatch(/Thursday 17 Dec 2026[\s\S]*Tuesday 15 Dec 2026[\s\S]*Opens by itself on/);
    expect(text).toMatch(/Friday 25 Dec 2026[\s\S]*Bank holiday: Christmas Day/);
    expect(text).toContain('Paid early: the pay date is no banking day');
    expect(text).not.toContain('Open a run by hand');
  });

  it('shows a date that was missed, and lets finance run it late', async () => {
    const { text } = await as('finance').get('/calendar');
    expect(text).toContain('1 pay date was missed.');
    expect(text).toContain('/runs/new?date=2026-11-27');
    expect((await as('manager').get('/calendar')).text).not.toContain('Run it late');
    const check = await as('finance').get('/runs/new/check?date=2026-11-27');
    expect(check.text).toMatch(/later than promised[\s\S]*Wednesday 2 December 2026/);
  });

  it('is not for caseworkers', async () => {
    for (const page of ['/calendar', '/runs', '/runs/new']) expect((await as('caseworker').get(page)).status).toBe(403);
  });
});

describe('Opening a run by hand', () => {
  it('asks for a day that can be a pay date, and keeps what was typed', async () => {
    const typed = { 'payDate-day': '5', 'payDate-month': '12', 'payDate-year': '2026' };
    const { status, text } = await as('finance').send('/runs/new', typed);
    expect(status).toBe(422);
    expect(text).toContain('Runs are for a Monday to Friday');
    expect(text).toMatch(/name="payDate-day"[^>]*value="5"/);
    expect((await as('finance').send('/runs/new', {})).text).toContain('href="#payDate-day"');
  });

  it('says that there is a run for that day already', async () => {
    const typed = { 'payDate-day': '26', 'payDate-month': '11', 'payDate-year': '2026' };
    expect((await as('finance').send('/runs/new', typed)).text).toContain('There is already a run for that pay date');
  });

  it('opens it once, however often the button is pressed', async () => {
    const date = { 'payDate-day': '3', 'payDate-month': '12', 'payDate-year': '2026' };
    // The tick has opened it already: cancelled, so that it can be opened by hand.
    const opened = await house.superuser.query<{ id: string }>(`select id from payments.run where pay_date = $1`, [
      PAY_DATE,
    ]);
    for (const { id } of opened.rows) await house.app.get(CancelRun).run(house.council.actors.finance, id, 'By hand');
    expect((await as('finance').send('/runs/new', date)).location).toBe(`/runs/new/check?date=${PAY_DATE}`);
    const key = { 'form-key': 'one-and-the-same-key' };
    const first = await as('finance').send(`/runs/new/check?date=${PAY_DATE}`, key);
    const again = await as('finance').send('/runs/new', key, `/runs/new/check?date=${PAY_DATE}`);
    expect(first.location).toMatch(/^\/runs\/\d+$/);
    expect(again.location).toBe(first.location);
    runId = first.location?.split('/').at(-1) ?? '';
  });

  it('shows what the machine is doing, without scripts, and what came of it', async () => {
    expect((await as('finance').get(at())).text).toMatch(/Pricing starts by itself[\s\S]*Look again/);
    await workOff(house.app, house.council.id);
    const { text } = await as('finance').get(at());
    expect(text).toMatch(/Send for approval/);
    expect(text).not.toContain('Look again');
    expect(text).toContain('£196.72');
  });
});

describe('Checking a run', () => {
  it('explains what pricing holds and what to do', async () => {
    const { text } = await as('auditor').get(at());
    expect(text).toMatch(/No bank details[\s\S]*Propose bank details on the family’s page/);
  });

  it('lists payments by family or by amount, narrowed and a page at a time', async () => {
    const families = async (query: string): Promise<string[]> => {
      const { text } = await as('finance').get(at(`/lines${query}`));
      return [...text.matchAll(/mainstay-reference"><a[^>]*>([\w-]+)</g)].map((match) => match[1] ?? '');
    };
    expect(await families('')).toEqual(['R-1', 'R-2', 'R-3', 'R-NO-BANK']);
    expect((await families('?sort=amount&status=payable'))[0]).toBe('R-1');
    expect(await families('?status=held&cause=no-bank-details')).toEqual(['R-NO-BANK']);
    expect(await families(`?after=${await lineOf('R-1')}`)).toEqual(['R-2', 'R-3', 'R-NO-BANK']);
    expect(await families('?reference=R-2')).toEqual(['R-2']);
    expect((await as('finance').get(at('/lines?reference=nobody'))).text).toContain(
      'No payment of this run is like that',
    );
  });

  it('shows a releaser the payments, but no way to the families', async () => {
    const { text } = await as('releaser').get(at('/lines'));
    expect(text).toContain('R-1');
    expect(text).not.toMatch(/href="\/families\/|name="line"/);
  });

  it('names who stopped against the last run, with totals', async () => {
    const { text } = await as('manager').get(at('/changes?kind=stopped'));
    expect(text).toMatch(/R-ENDS[\s\S]*Stopped[\s\S]*£49\.18[\s\S]*−£49\.18/);
    expect((await as('manager').get(at('/changes?kind=payee'))).text).toContain('No change is like that');
  });

  it('records each look at families', async () => {
    const { rows } = await house.superuser.query<{ action: string }>(
      `select distinct action from audit.event where subject_id = $1 and action like 'payments.%-seen' order by 1`,
      [runId],
    );
    expect(rows.map(({ action }) => action)).toEqual(['payments.changes-seen', 'payments.lines-seen']);
  });
});

describe('Holding a payment', () => {
  it('asks for a tick first', async () => {
    const { status, text } = await as('finance').send(at('/lines'), { step: 'hold' });
    expect([status, text.includes('href="#lines"')]).toEqual([422, true]);
  });

  it('asks what kind of reason it is, and keeps the sentence', async () => {
    await as('finance').send(at('/lines'), { line: await lineOf('R-3'), step: 'hold' });
    const { status, text } = await as('finance').send(at('/holds'), { reason: 'Typed with care' });
    expect(status).toBe(422);
    expect(text).toMatch(/href="#category"[\s\S]*Typed with care/);
  });

  it('says the consequence in numbers, then does it', async () => {
    await chooseToHold('R-3', 'hold');
    const check = await as('finance').get(at('/holds/check'));
    expect(check.text).toMatch(/£49\.18 in total[\s\S]*Contact lost[\s\S]*£147\.54, instead of £196\.72/);
    expect((await as('finance').send(at('/holds/check'), {})).location).toBe(at());
    const after = await as('auditor').get(at('/lines?status=held'));
    expect(after.text).toMatch(/Held: Contact lost[\s\S]*Nobody answers the door \(finance\)/);
  });

  it('refuses to hold what is held, by name', async () => {
    const { text } = await as('finance').send(at('/lines'), { line: await lineOf('R-3'), step: 'hold' });
    expect(text).toContain('Already held: R-3');
  });

  it('lets it go again', async () => {
    await chooseToHold('R-3', 'release');
    const done = await as('finance').send(at('/holds/check'), {});
    expect(done.location).toBe(at());
    expect((await as('finance').get(at())).text).toContain('£196.72');
  });

  it('holds nothing when the run was changed by somebody else meanwhile', async () => {
    await chooseToHold('R-3', 'hold');
    await house.app.get(PriceRun).run(house.council.actors.finance2, runId);
    await workOff(house.app, house.council.id);
    const late = await as('finance').send(at('/holds/check'), {});
    expect([late.status, late.text.includes('This run has changed since you opened the page')]).toEqual([409, true]);
    expect((await as('finance').get(at('/lines?status=held'))).text).not.toContain('Held: Contact lost');
  });

  it('is done with all that a narrowed list shows, and undone by category', async () => {
    const some = at('/lines?reference=R-');
    expect((await as('finance').get(some)).text).toContain('Hold all that are listed');
    expect((await as('finance').get(at('/lines'))).text).not.toContain('Hold all that are listed');
    expect((await as('finance').send(some, { step: 'hold-all' })).location).toBe(at('/holds'));
    await as('finance').send(at('/holds'), { category: 'safeguarding', reason: 'Asked by the team' });
    expect((await as('finance').send(at('/holds/check'), {})).location).toBe(at());
    const held = at('/lines?cause=safeguarding');
    expect((await as('finance').get(held)).text).toContain('Held: Safeguarding');
    const other = await as('finance').send(at('/lines?cause=other'), { step: 'release-all' });
    expect([other.status, other.text.includes('Nobody holds any of these')]).toEqual([422, true]);
    expect((await as('finance').send(held, { step: 'release-all' })).location).toBe(at('/holds'));
    await as('finance').send(at('/holds'), { reason: 'The team called' });
    expect((await as('finance').send(at('/holds/check'), {})).location).toBe(at());
    expect((await as('finance').get(held)).text).toContain('No payment of this run is like that');
  });

  it('is not for a releaser or an auditor', async () => {
    for (const persona of ['releaser', 'auditor'] as const) {
      expect((await as(persona).get(at('/holds'))).status).toBe(403);
      expect((await as(persona).send('/account', { line: '1' }, at('/lines'))).status).toBe(403);
    }
  });
});

describe('Sending, deciding and posting', () => {
  it('refuses to send a run that is not what was shown', async () => {
    const { status, text } = await as('finance').send(at('/send'), { version: '1' });
    expect([status, text.includes('This run has changed since you opened the page')]).toEqual([409, true]);
  });

  it('names the families that changed since the run was priced, and is not sent without a word about them', async () => {
    const family = await house.app
      .get(UnitOfWork)
      .read(house.council.actors.caseworker, (tx) => familyByReference(tx, 'R-1'));
    const born = { relationship: 'child', name: 'Baby', born: '2026-11-29' as PlainDate, joinedOn: null } as const;
    await house.app.get(ChangeMembers).add(house.council.actors.caseworker, family, born);
    expect((await as('finance').get(at())).text).toContain('1 family changed since the run was priced: R-1');
    const form = { version: await carried('finance', at('/send'), 'version') };
    const { status, text } = await as('finance').send(at('/send'), form);
    expect([status, text.includes('Send it as it was priced: these changes wait for the next run')]).toEqual([
      409,
      true,
    ]);
  });

  it('is sent by finance, saying how many and how much; a second click does no harm', async () => {
    const { text } = await as('finance').get(at('/send'));
    expect(text).toMatch(/Send 3 payments for approval/);
    expect(text).toContain('Who can decide on £196.72: manager, manager2');
    const version = await carried('finance', at('/send'), 'version');
    const form = { version, asPriced: 'yes', 'form-key': 'pressed-twice-in-a-row' };
    for (const page of [at('/send'), '/account']) {
      const { location } = await as('finance').send(page, form, at('/send'));
      expect(location).toBe(at());
    }
    expect((await as('finance').get(at('/send'))).text).toContain('This step is not open now');
  });

  it('tells whoever holds a payment now that the approval becomes void', async () => {
    await chooseToHold('R-2', 'hold');
    expect((await as('finance').get(at('/holds/check'))).text).toContain('That becomes void');
  });

  it('says who else decides when it is above a manager’s limit', async () => {
    const limits = house.app.get(SetLimit);
    const set = (role: Role, amount: string): Promise<unknown> => {
      const limit = {
        role,
        kind: 'section-17-run',
        amount: Money.gbp(amount),
        effectiveFrom: house.app.get(Clock).today(),
      } as const;
      return limits.run(operatorOf(house.council.id), limit);
    };
    await set('manager', '100.00');
    expect((await as('manager').get(at('/approve'))).text).toContain('Nobody’s limit covers it');
    await set('administrator', '900.00');
    const deputy = { email: 'deputy@northshire.example', name: 'deputy', roles: ['manager', 'administrator'] } as const;
    await house.app.get(AddUser).run(operatorOf(house.council.id), deputy);
    const { text } = await as('manager').get(at('/approve'));
    expect(text).toMatch(/£196\.72 is above your limit\. Who can decide: deputy \(up to £900\.00\)/);
    expect(text).not.toContain('Approve it');
    house.setToday('2026-12-01' as PlainDate);
    await set('manager', '20000.00');
  });

  it('is decided by a manager, who must say why they send it back', async () => {
    expect((await as('manager').get(at())).text).toContain('Decide on this run');
    const fingerprint = await carried('manager', at('/approve'), 'fingerprint');
    const back = await as('manager').send(at('/approve'), { outcome: 'sent_back', fingerprint });
    expect([back.status, back.text.includes('Say what is to be changed.')]).toEqual([422, true]);
    const decided = await as('manager').send(at('/approve'), { outcome: 'approved', fingerprint });
    expect(decided.location).toBe(at());
    const again = await as('manager2').send('/account', { outcome: 'approved', fingerprint }, at('/approve'));
    expect(again.status).toBe(409);
    expect(again.text).toContain('This step is not open now');
  });

  it('is posted by a releaser who ticks that they are sure, and by nobody else', async () => {
    for (const persona of ['finance', 'manager', 'auditor'] as const)
      expect((await as(persona).get(at('/post'))).status).toBe(403);
    const page = await as('releaser').get(at('/post'));
    expect(page.text).toMatch(/There is no way back[\s\S]*£196\.72[\s\S]*bacs-2026-12-03-run-\d+\.txt, 3 payments/);
    const unsure = await as('releaser').send(at('/post'), {});
    expect([unsure.status, unsure.text.includes('href="#sure"')]).toEqual([422, true]);
    expect((await as('releaser').send(at('/post'), { sure: 'yes' })).location).toBe(at());
    expect((await as('releaser').get(at())).text).toContain('Posting: payments are being written');
  });

  it('shows the file when it is there, and gives the same bytes each time', async () => {
    await workOff(house.app, house.council.id);
    const { text } = await as('auditor').get(at());
    const sha256 = /[0-9a-f]{64}/.exec(text.slice(text.indexOf('SHA-256')))?.[0];
    expect(text).not.toContain('the file of Bacs');
    const [first, second] = [await as('finance').get(at('/file')), await as('releaser').get(at('/file'))];
    expect(first.text).toBe(second.text);
    expect(first.text).toMatch(/^VOL1\d{6} /);
    expect(sha256).toBe(await digest(first.text));
    expect((await as('manager').get(at('/file'))).status).toBe(403);
    const looks = `select 1 from audit.event where action = 'payments.bank-file-seen' and subject_id = $1`;
    expect((await house.superuser.query(looks, [runId])).rows).toHaveLength(2);
  });
});

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', Buffer.from(text, 'latin1'));
  return Buffer.from(bytes).toString('hex');
}

describe('Cancelling a run', () => {
  it('says what is let go, needs a reason, and frees the pay date', async () => {
    const found = `select id from payments.run where pay_date = '2026-12-04'`;
    const friday = (await house.superuser.query<{ id: string }>(found)).rows[0]!.id;
    await finishRun(house.app, house.council, friday, 'approved');
    const cancel = `/runs/${friday}/cancel`;
    expect((await as('finance').get(cancel)).text).toMatch(/1 payment, £[\s\S]*The approval becomes void/);
    const version = await carried('finance', cancel, 'version');
    const silent = await as('finance').send(cancel, { version });
    expect([silent.status, silent.text.includes('href="#reason"')]).toEqual([422, true]);
    expect((await as('finance').send(cancel, { version, reason: 'Opened too soon' })).location).toBe(`/runs/${friday}`);
    const { text } = await as('auditor').get(`/runs/${friday}`);
    expect(text).toContain('Cancelled: Opened too soon');
    expect((await as('finance').get(cancel)).text).toContain('This step is not open now');
  });

  it('refuses when somebody else changed the run meanwhile', async () => {
    const friday = await completeRun(house.app, house.council, '2026-12-04', 'priced');
    const cancel = `/runs/${friday}/cancel`;
    const version = await carried('finance', cancel, 'version');
    await finishRun(house.app, house.council, friday, 'in_approval');
    const late = await as('finance').send(cancel, { version, reason: 'Too late' });
    expect([late.status, late.text.includes('It is now in approval')]).toEqual([409, true]);
  });
});

describe('The list of runs', () => {
  it('is narrowed by state', async () => {
    const { text } = await as('auditor').get('/runs?state=exported');
    expect(text).toContain(at());
    expect(text).not.toContain('4 December 2026');
    expect((await as('auditor').get('/runs?state=planned')).text).toContain('No run is in that state');
  });
});

describeInABrowser('A run at work, in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  async function windowOf(persona: Persona, scripts: boolean): Promise<Page> {
    const page = await newVisitor(browser, { scripts });
    const [name = '', value = ''] = (await sessionCookie(house, persona)).split('=');
    await page.context().addCookies([{ name, value, url: house.url, httpOnly: true, sameSite: 'Lax' }]);
    return page;
  }

  it('says what is happening while it happens, and shows what came of it by itself', async () => {
    const friday = await completeRun(house.app, house.council, '2026-12-11', 'planned');
    const page = await windowOf('finance', true);
    await page.goto(`${house.url}/runs/${friday}`);
    const status = page.getByRole('status');
    expect(await status.innerText()).toContain('Pricing starts by itself');
    await workOff(house.app, house.council.id, ['subsistence.price-batch']);
    await page.getByText('Pricing: 0 of 1 parts done.').waitFor();
    await workOff(house.app, house.council.id);
    await page.getByText('Send for approval').waitFor();
    expect(await status.count()).toBe(0);
  });

  it('says the same without scripts, to whoever looks again', async () => {
    const tuesday = await completeRun(house.app, house.council, '2026-12-08', 'planned');
    const page = await windowOf('auditor', false);
    await page.goto(`${house.url}/runs/${tuesday}`);
    expect(await page.getByRole('status').innerText()).toContain('Pricing starts by itself');
    await workOff(house.app, house.council.id);
    await page.getByRole('link', { name: 'Look again' }).click();
    expect(await page.getByText('A finance officer checks the run').count()).toBe(1);
  });

  it('holds several ticked payments at once, with the keyboard alone and without scripts', async () => {
    house.setToday('2026-12-07' as PlainDate);
    const thursday = await completeRun(house.app, house.council, '2026-12-10', 'priced');
    const page = await windowOf('finance', false);
    await page.goto(`${house.url}/runs/${thursday}/lines`);
    for (const family of ['R-1', 'R-2']) await page.getByLabel(family, { exact: true }).press('Space');
    await page.getByRole('button', { name: 'Hold the ticked payments' }).press('Enter');
    expect(await page.locator('h1').innerText()).toBe('Why do you hold these 2 payments?');
    await page.getByLabel('Safeguarding').press('Space');
    await page.getByLabel('Say why in a sentence').fill('A visit is arranged');
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    await page.getByRole('button', { name: 'Hold these 2 payments' }).press('Enter');
    expect(await page.locator('.govuk-notification-banner').innerText()).toContain('Held: 2 payments.');
  });

  it('has no accessibility fault on the pages of a step that waits, or with an error', async () => {
    const friday = (await house.superuser.query<{ id: string }>(WAITING)).rows[0]!.id;
    const faults: string[] = [];
    const look = async (persona: Persona, page: string): Promise<Page> => {
      const shown = await windowOf(persona, true);
      await shown.goto(`${house.url}/runs/${friday}${page}`);
      faults.push(...(await axeFaults(shown, page)));
      return shown;
    };
    await look('finance', '/cancel');
    const decide = await look('manager', '/approve');
    await decide.getByRole('button', { name: 'Decide' }).click();
    faults.push(...(await axeFaults(decide, 'an error')));
    await decide.getByLabel('Approve it').check();
    await decide.getByRole('button', { name: 'Decide' }).click();
    const lines = await look('finance', '/lines');
    await lines.getByLabel('F-1', { exact: true }).check();
    await lines.getByRole('button', { name: 'Hold the ticked payments' }).click();
    faults.push(...(await axeFaults(lines, '/holds')));
    await lines.getByLabel('Assessment due').check();
    await lines.getByLabel('Say why in a sentence').fill('The assessment is due');
    await lines.getByRole('button', { name: 'Continue' }).click();
    expect(await lines.locator('main').innerText()).toContain('the money reserved for it is free again');
    faults.push(...(await axeFaults(lines, '/holds/check')));
    await look('releaser', '/post');
    await look('releaser', '');
    expect(faults).toEqual([]);
  });
});

describe('The stream of a run’s progress', () => {
  const ask = async (persona: Persona, id: string): Promise<Response> =>
    fetch(`${house.url}/runs/${id}/progress`, {
      headers: { cookie: await sessionCookie(house, persona), accept: 'text/event-stream' },
    });

  it('ends by itself when there is nothing to wait for', async () => {
    const answer = await ask('releaser', runId);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    expect(await answer.text()).toMatch(/^retry: 1000\n\nevent: done\ndata: \{"state":"exported"/);
  });

  it('is for those who may see runs, and for runs there are', async () => {
    expect((await ask('caseworker', runId)).status).toBe(403);
    expect((await ask('finance', '999999')).status).toBe(404);
  });
});
