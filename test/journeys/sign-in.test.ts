import type { Browser, Page } from 'playwright-core';
import { codeNow, CreateSetUpCode } from '../../src/identity/index.ts';
import { operatorOf } from '../../src/kernel/index.ts';
import { describeInABrowser, newVisitor, startBrowser } from '../support/chromium.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const EMAIL = 'caseworker@northshire.example';
const PASSWORD = 'paper lantern orchard';

describeInABrowser('Signing in', () => {
  let house: TestHouse;
  let browser: Browser;
  let key = '';
  let used = '';
  beforeAll(async () => {
    house = await testHouse({ web: true });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  const to = (page: Page, path: string): Promise<unknown> => page.goto(`${house.url}${path}`);
  const heading = (page: Page): Promise<string> => page.locator('h1').innerText();

  async function password(page: Page, typed: string): Promise<void> {
    await to(page, '/sign-in');
    await page.selectOption('#council', 'northshire');
    await page.fill('#email', EMAIL);
    await page.fill('#password', typed);
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  async function code(page: Page, typed: string): Promise<void> {
    await page.fill('#code', typed);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  it('sends a visitor to sign in, and back to where they were going', async () => {
    const page = await newVisitor(browser);
    await to(page, '/account');
    expect(page.url()).toContain('/sign-in?next=%2Faccount');
    expect(await heading(page)).toBe('Sign in');
  });

  it('lets a new person choose a password with their set-up code, once, and set up their authenticator', async () => {
    const setUpCode = await house.app.get(CreateSetUpCode).run(operatorOf(house.council.id), EMAIL);
    const page = await newVisitor(browser);
    await to(page, '/sign-in/first-time');
    const fill = async (chosen: string): Promise<void> => {
      await page.selectOption('#council', 'northshire');
      await page.fill('#email', EMAIL);
      await page.fill('#set-up-code', setUpCode.toLowerCase());
      await page.fill('#password', chosen);
      await page.fill('#again', chosen);
      await page.getByRole('button', { name: 'Continue' }).click();
    };
    await fill('caseworker12345');
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('Leave out your name');
    await fill(PASSWORD);
    expect(await heading(page)).toBe('Set up your authenticator app');
    key = (await page.locator('strong').last().innerText()).replaceAll(' ', '');
    used = codeNow(key);
    await code(page, used);
    expect(await heading(page)).toMatch(/^Good to see you/);
    await to(page, '/sign-in/first-time');
    await fill(`${PASSWORD} again`);
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('That set-up code does not work');
  });

  it('takes a code once only', async () => {
    const page = await newVisitor(browser, { scripts: false });
    await password(page, PASSWORD);
    expect(await heading(page)).toBe('Enter your code');
    await code(page, used);
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('That code is not right');
    await code(page, codeNow(key, new Date(Date.now() + 30_000)));
    expect(await heading(page)).toMatch(/^Good to see you/);
  });

  it('locks after five wrong tries, also for the right password, and says so', async () => {
    const page = await newVisitor(browser);
    for (let tries = 0; tries < 5; tries += 1) {
      await password(page, 'wrong');
      expect(await page.locator('.govuk-error-summary').innerText()).toContain('do not match');
    }
    await password(page, PASSWORD);
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('locked for 15 minutes');
    const { rows } = await house.superuser.query<{ n: number }>(
      `select count(*)::int as n from audit.event where action = 'identity.sign-in-refused'`,
    );
    expect(rows[0]?.n).toBeGreaterThanOrEqual(5);
  });

  it('offers no personas outside the demonstration', async () => {
    const page = await newVisitor(browser);
    await to(page, '/sign-in');
    expect(await page.getByText('Look round the demonstration').count()).toBe(0);
  });
});
