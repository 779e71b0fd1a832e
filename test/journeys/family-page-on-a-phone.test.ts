import type { Browser, Page } from 'playwright-core';
import { DecideTranslation, wordsDigest } from '../../src/notices/index.ts';
import { axeFaults } from '../support/axe.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { describeInABrowser, newVisitor, startBrowser } from '../support/chromium.ts';
import { codeOf, giveHelpPhone } from '../support/family-visitor.ts';
import { PAGES } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const WIDTHS = [320, 390, 1280];
const NEUTRAL = 'https://www.bbc.co.uk/weather';

describeInABrowser('A family’s own page on a phone', () => {
  let house: TestHouse;
  let browser: Browser;
  let familyId: string;
  beforeAll(async () => {
    house = await testHouse(PAGES);
    browser = await startBrowser();
    await giveHelpPhone(house);
    await takeIn(house.app, house.council, familyRows('PHONE', { contact: 'discreet' }, child('2020-01-01')));
    familyId = (await house.superuser.query<{ id: string }>(`select id from families.family`)).rows[0]?.id ?? '';
    await house.app.get(DecideTranslation).run(house.council.actors.manager, 'ur', {
      ...{ outcome: 'approved', reason: 'Read by a colleague', seen: wordsDigest('ur') },
    });
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  /** Opens the link and says that it is safe. */
  async function arrive(width: number, scripts: boolean): Promise<Page> {
    const page = await newVisitor(browser, { width, scripts });
    await page.goto(`${house.url}/f/${await codeOf(house, familyId)}`);
    expect(page.url()).toBe(`${house.url}/f/start`);
    await page.getByRole('button', { name: 'Yes, show me my page' }).click();
    expect(page.url()).toBe(`${house.url}/f`);
    return page;
  }

  /** Sees the browser ask for the neutral page, which need not answer, and the family's page shut behind it. */
  async function ledAway(page: Page, leave: () => Promise<void>): Promise<string | null> {
    const asked = page.waitForRequest(NEUTRAL, { timeout: 20_000 });
    await leave();
    await asked;
    const back = await page.context().newPage();
    await back.goto(`${house.url}/f/messages`);
    return back.getByRole('heading', { level: 1 }).textContent();
  }

  it.each(WIDTHS)('fits and can be used at %i pixels without scripts', async (width) => {
    const page = await arrive(width, false);
    expect(await page.title()).toBe('Your page');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^Your next payment is /);
    await page.getByText('How we worked it out').first().click();
    expect(await page.getByText('49.18 a week, for 7 days').first().isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Ask for help' }).click();
    await page.getByLabel('What do you want to tell us?').fill('The cooker broke');
    await page.getByRole('button', { name: 'Send' }).click();
    expect(await page.getByText('Somebody will look at this by').first().isVisible()).toBe(true);
    const away = await ledAway(page, () => page.getByRole('button', { name: 'Exit this page' }).click());
    expect(away).toBe('This page is closed');
  });

  it.each(WIDTHS)('has no accessibility violation at %i pixels with scripts, in English and in Urdu', async (width) => {
    const page = await arrive(width, true);
    expect(await axeFaults(page, '/f')).toEqual([]);
    await page.getByRole('button', { name: 'اردو' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('آپ کی اگلی ادائیگی');
    expect(await axeFaults(page, '/f in Urdu')).toEqual([]);
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  });

  it('is left by three presses of a key, where scripts run', async () => {
    const page = await arrive(390, true);
    const away = await ledAway(page, async () => {
      // The keys count only once the page's script is there.
      await page.waitForFunction(`document.querySelector('[data-govuk-exit-this-page-init]') !== null`);
      for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift');
    });
    expect(away).toBe('This page is closed');
  });
});
