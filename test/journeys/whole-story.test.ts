import type { Browser, Page } from 'playwright-core';
import { Visitors } from '../accessibility/visitors.ts';
import { describeInABrowser, startBrowser } from '../support/chromium.ts';
import { answer, boxes } from '../support/form-filler.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { PAGES } from '../support/pages.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const PAY_DATE = '2026-11-26';

/** One family's story from its first day to its money, told twice: with the pages' scripts and without any. */
for (const scripts of [true, false])
  describeInABrowser(`A family’s first payment, ${scripts ? 'with scripts' : 'without JavaScript'}`, () => {
    let house: TestHouse;
    let browser: Browser;
    let visitors: Visitors;
    let [family, plan, run, payment] = ['', '', '', ''];
    beforeAll(async () => {
      house = await testHouse(PAGES);
      browser = await startBrowser();
      visitors = new Visitors(house, browser, { scripts });
    });
    afterAll(async () => {
      await browser.close();
      await house.close();
    });

    const at = async (who: Persona, path: string): Promise<Page> => {
      const page = await visitors.pageOf(who, 1280);
      page.setDefaultTimeout(4000);
      await page.goto(`${house.url}${path}`);
      return page;
    };
    const heading = (page: Page): Promise<string> => page.locator('h1').innerText();
    const pathOf = (page: Page): string => new URL(page.url()).pathname;
    const told = (page: Page): Promise<string> => page.locator('.govuk-notification-banner').innerText();
    const refuses = async (path: string, who: readonly Persona[]): Promise<void> => {
      for (const persona of who) {
        const page = await at(persona, path);
        expect([persona, path, await heading(page)]).toEqual([persona, path, 'You are not allowed to do this']);
      }
    };

    it('begins with a caseworker, who adds the family question by question', async () => {
      await refuses('/families/new', ['finance', 'releaser', 'auditor', 'administrator']);
      const page = await at('caseworker', '/families/new/reference');
      await answer(page, { reference: 'STORY-1' });
      await answer(page, { name: 'Amina Story', ...boxes('born', '1994-05-01') });
      await answer(
        page,
        { relationship: 'child', name: 'Bilal Story', ...boxes('born', '2026-03-02') },
        'Add this person',
      );
      await answer(page, {}, 'No more people: continue');
      await answer(page, { contact: 'yes', language: 'en', mobile: '07700 900123' });
      await answer(page, { ward: 'Harbour' });
      await answer(page, { safeChannels: 'sms', askedToday: 'yes' });
      await answer(page, { ownerId: house.council.userIds.caseworker });
      const bank = { accountName: 'A Story', sortCode: '00-00-14', accountNumber: '12345678' };
      await answer(page, bank, 'Save and continue');
      expect(await heading(page)).toMatch(/check/i);
      await answer(page, {}, 'Add this family');
      family = pathOf(page);
      expect([family, await heading(page)]).toEqual([expect.stringMatching(/^\/families\/\d+$/), 'Family STORY-1']);
    });

    it('has its support plan proposed, with what a week comes to', async () => {
      await refuses(`${family}/plans/new`, ['finance', 'releaser', 'auditor']);
      const page = await at('caseworker', `${family}/plans/new`);
      await answer(page, {});
      await answer(page, boxes('supportFrom', '2026-11-23'));
      await answer(page, { standard: 'subsistence' });
      await answer(page, {}, 'Continue without top-ups');
      await answer(page, { amount: 'rates' });
      await answer(page, { frequencyDays: '7', payDay: '4' });
      await page.locator('main [name="fundId"]').first().check();
      await answer(page, {});
      expect(await page.getByRole('main').innerText()).toContain('£107.86');
      await answer(page, {}, 'Propose this plan');
      plan = /\/plans\/\d+/.exec(await page.content())?.[0] ?? '';
      expect(plan).not.toBe('');
    });

    it('is approved by a manager, and by nobody who proposed it', async () => {
      expect(await (await at('caseworker', plan)).getByRole('button', { name: 'Decide' }).count()).toBe(0);
      const page = await at('manager', '/waiting');
      await page
        .getByRole('link', { name: /^STORY-1/ })
        .first()
        .click();
      await answer(page, { outcome: 'approve' }, 'Decide');
      expect(await told(page)).toContain('The plan is approved');
    });

    it('is in the run a finance officer opens, looks at and sends', async () => {
      await refuses('/runs/new', ['caseworker', 'manager', 'releaser', 'auditor']);
      const page = await at('finance', '/runs/new');
      await answer(page, boxes('payDate', PAY_DATE));
      await answer(page, {}, 'Open this run');
      run = pathOf(page);
      await workOff(house.app, house.council.id);
      await at('finance', `${run}/lines`);
      expect(await page.getByRole('main').innerText()).toContain('STORY-1');
      await at('finance', `${run}/send`);
      await answer(page, {}, 'Send 1 payment for approval');
      expect(await told(page)).toContain('Sent for approval: 1 payment');
    });

    it('waits for a manager, then for a releaser, each of them somebody else', async () => {
      await refuses(`${run}/approve`, ['caseworker', 'finance', 'releaser', 'auditor']);
      const manager = await at('manager', `${run}/approve`);
      await answer(manager, { outcome: 'approved' }, 'Decide');
      await refuses(`${run}/post`, ['caseworker', 'finance', 'manager', 'auditor']);
      const releaser = await at('releaser', `${run}/post`);
      expect(await releaser.getByRole('main').innerText()).toMatch(/There is no way back[\s\S]*£154\.09/);
      await answer(releaser, { sure: 'yes' }, 'Post this run');
      await workOff(house.app, house.council.id);
    });

    it('leaves one file whose total is the ledger’s', async () => {
      const page = await at('finance', run);
      expect(await page.getByRole('main').innerText()).toContain('£154.09');
      const file = await page.context().request.get(`${house.url}${run}/file`);
      expect([file.status(), (await file.text()).includes('00000015409')]).toEqual([200, true]);
      await refuses(`${run}/file`, ['caseworker', 'manager', 'auditor']);
    });

    it('is found by an auditor, from the ledger down to how it was worked out', async () => {
      await refuses('/ledger/journal', ['caseworker', 'manager', 'releaser', 'administrator']);
      const page = await at('auditor', '/ledger/journal?kind=pay');
      await page
        .getByRole('main')
        .getByRole('link', { name: /STORY-1/ })
        .first()
        .click();
      const way = page.locator('main a[href^="/payments/"]').first();
      payment = (await way.getAttribute('href')) ?? '';
      await way.click();
      expect(await heading(page)).toBe('How we worked this out');
      const worked = await page.getByRole('main').innerText();
      for (const said of ['£154.09', 'Amina Story', 'Bilal Story', 'Baby under 1', 'guide 2024-01-15'])
        expect(worked).toContain(said);
      await refuses(payment, ['releaser']);
    });
  });
