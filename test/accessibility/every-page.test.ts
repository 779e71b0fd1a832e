import type { Browser } from 'playwright-core';
import type { RouteFacts } from '../../src/platform/index.ts';
import { axeFaults } from '../support/axe.ts';
import { describeInABrowser, startBrowser } from '../support/chromium.ts';
import { pageScene, type PageScene } from '../support/page-scene.ts';
import { everyPage, PAGES } from '../support/pages.ts';
import { slips } from '../support/slips.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';
import { everyAddress } from './addresses/index.ts';
import { addressIn, Visitors } from './visitors.ts';

/** Pages that cannot be opened by their address, and why. */
const NOT_OPENED: Readonly<Record<string, string>> = {
  '/families/import/template.csv': 'a file to download; see journeys/import-pages',
  '/f/:code': 'leads to /f/start; see journeys/family-page',
  '/f/exit': 'leads away; see journeys/family-page',
  '/carry-on': 'only after a session ran out; see journeys/every-page',
  '/ledger/journal.csv': 'a file; see journeys/money-pages',
  '/reconciliation/documents/:id': 'leads to the line or statement; see journeys/reconciliation-pages',
  '/ledger/accounts/:id/statement.csv': 'a file; see journeys/money-pages',
  '/sign-in/authenticator': 'only after a password; see journeys/sign-in',
  '/sign-in/code': 'only after a password; see journeys/sign-in',
};

/** Finds what makes a page scroll sideways: the first element past the right edge that does not scroll by itself. */
const TOO_WIDE = `document.documentElement.scrollWidth <= 320 ? undefined :
  ([...document.body.querySelectorAll('*')].find((each) => each.getBoundingClientRect().right > 320 &&
    !each.parentElement.closest('.mainstay-scroll')) ?? document.body).outerHTML.slice(0, 200)`;

describeInABrowser('Every page in a browser', () => {
  let house: TestHouse;
  let scene: PageScene;
  let browser: Browser;
  let visitors: Visitors;
  let pages: RouteFacts[];
  beforeAll(async () => {
    house = await testHouse(PAGES);
    scene = await pageScene(house);
    browser = await startBrowser();
    visitors = new Visitors(house, browser, { scene });
    pages = everyPage(house).filter(({ method, produces }) => method === 'GET' && produces === 'text/html');
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  it('is looked at: each has an address in the scene, or says here why not', () => {
    const paths = [...new Set(pages.map((page) => page.path))];
    expect(paths.filter((path) => !everyAddress[path] && !NOT_OPENED[path])).toEqual([]);
    expect(Object.keys(everyAddress).filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('has no accessibility violation, and does not scroll sideways on the narrowest phone', async () => {
    const faults: string[] = [];
    for (const address of Object.values(everyAddress).flat()) {
      const at = addressIn(scene, address);
      const page = await visitors.pageOf(address.as, 320);
      const answer = await page.goto(`${house.url}${at}`);
      if (answer?.status() !== 200) faults.push(`${at}: answered ${answer?.status()} to ${address.as}`);
      const shown = new URL(page.url()).pathname;
      if (shown !== at.split('?')[0]) faults.push(`${at}: led ${address.as} on to ${shown}`);
      faults.push(...(await slips(page, at)), ...(await axeFaults(page, at)));
      const wide = await page.evaluate<string | undefined>(TOO_WIDE);
      if (wide) faults.push(`${at}: wider than a screen of 320 pixels: ${wide}`);
    }
    expect(faults).toEqual([]);
  }, 180_000);
});
