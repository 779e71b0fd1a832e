import type { Page, Response } from 'playwright-core';
import { axeFaults } from '../support/axe.ts';
import { slips } from '../support/slips.ts';
import type { Screen } from './person.ts';

/** What a browser says of a page that answers with a refusal: not a fault of the page. */
const REFUSED = /Failed to load resource: the server responded with a status of 4\d\d/;

/** Pages of the same make were looked at already: their numbers, names and words differ, their parts do not. */
const looked = new Set<string>();

/** Writes down how a page is made: its elements with their roles and classes, without what they say. */
const MAKE = `[...document.querySelectorAll('body *')].map((each) =>
  [each.tagName, each.className, each.getAttribute('role'), each.type, !each.childElementCount && !each.textContent.trim()].join()).join(';')`;

/** Finds the first thing past the right edge that does not scroll by itself. */
const TOO_WIDE = `document.documentElement.scrollWidth <= window.innerWidth ? undefined :
  ([...document.body.querySelectorAll('*')].find((each) => each.getBoundingClientRect().right > window.innerWidth &&
    !each.parentElement.closest('.mainstay-scroll')) ?? document.body).outerHTML.slice(0, 200)`;

/** Looks at each page somebody comes to: accessible, no wider than their screen, silent on the console, no failure. */
export class PageCheck {
  readonly #said: string[] = [];
  #twin: Page | undefined;

  constructor(
    private readonly page: Page,
    private readonly screen: Screen,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error' && !REFUSED.test(message.text())) this.#said.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.#said.push(`script: ${error.message}`));
    page.on('response', (response) => this.#heard(response));
  }

  /** @returns a sentence for each fault since the last page */
  async faults(): Promise<string[]> {
    const said = this.#said.splice(0);
    if ((await this.page.getByRole('heading', { level: 1 }).count()) !== 1) said.push('it has not one main heading');
    said.push(...(await slips(this.page, 'it')));
    const { width, scripts } = this.screen;
    const wide = await this.page.evaluate<string | undefined>(TOO_WIDE);
    if (wide) said.push(`wider than a screen of ${width} pixels: ${wide}`);
    const make = `${width} ${scripts} ${await this.page.evaluate<string>(MAKE)}`;
    if (looked.has(make)) return said;
    looked.add(make);
    const page = scripts ? this.page : await this.#sameWithScripts();
    return [...said, ...(await axeFaults(page, new URL(this.page.url()).pathname))];
  }

  /** Shows the page as it stands, without its own scripts, where axe can run. */
  async #sameWithScripts(): Promise<Page> {
    const { width } = this.screen;
    const browser = this.page.context().browser();
    this.#twin ??= await browser!.newPage({ viewport: { width, height: 900 }, isMobile: width < 600 });
    const body = (await this.page.content()).replaceAll(/<script[\s\S]*?<\/script>/g, '');
    await this.#twin.unrouteAll();
    await this.#twin.route(this.page.url(), (route) =>
      route.fulfill({ body, contentType: 'text/html; charset=utf-8' }),
    );
    await this.#twin.goto(this.page.url());
    return this.#twin;
  }

  #heard(response: Response): void {
    if (response.status() >= 500) this.#said.push(`${response.url()} answered ${response.status()}`);
  }
}
