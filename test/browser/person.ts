import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { PageCheck } from './page-check.ts';

/** A folder for a picture of each page that is come to, for whoever wants to look; none without it. */
const PICTURES = process.env.JOURNEY_PICTURES;
/** What a person sees as one thing. */
const PARTS = 'tr, article, section, form, .govuk-summary-list__row, .govuk-task-list__item';
const PATIENCE_MS = 30_000;

/** A file as a person finds it on their machine. */
export interface OwnFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** How somebody looks at pages. */
export interface Screen {
  readonly width: number;
  readonly scripts: boolean;
}

/**
 * Somebody at a browser of their own. Sees headings, links, buttons and labelled questions, and goes on by them alone;
 * each page come to is checked, and what is wrong with it ends the journey.
 */
export class Person {
  readonly #check: PageCheck;
  #seen = 0;

  private constructor(
    readonly name: string,
    private readonly home: string,
    private readonly context: BrowserContext,
    private readonly page: Page,
    private readonly screen: Screen,
  ) {
    this.#check = new PageCheck(page, screen);
    page.setDefaultTimeout(PATIENCE_MS);
  }

  /** Sits somebody down. @param home where the pages are @param cookies of a browser they signed in with before */
  static async arrives(
    browser: Browser,
    { name, home, width, scripts, cookies }: Screen & { name: string; home: string; cookies?: Cookies },
  ): Promise<Person> {
    const viewport = { width, height: 900 };
    const context = await browser.newContext({ viewport, javaScriptEnabled: scripts, isMobile: width < 600 });
    if (cookies) await context.addCookies(cookies);
    return new Person(name, home, context, await context.newPage(), { width, scripts });
  }

  /** Types an address: the start page, or one that a message or letter gave. */
  async opens(path: string): Promise<void> {
    await this.#arriving(() => this.page.goto(`${this.home}${path}`));
  }

  /** Follows a link by its words. @param within the words of the row, card or section it stands in */
  async follows(words: string | RegExp, within?: string | RegExp): Promise<void> {
    await this.#arriving(() => this.#inside(within).getByRole('link', { name: words }).first().click());
  }

  /** Presses a button, or a link that looks like one. */
  async presses(words: string, within?: string | RegExp): Promise<void> {
    const button = this.#inside(within).getByRole('button', { name: words }).filter({ visible: true });
    await this.#arriving(() => button.first().click());
  }

  /** Waits for the page to come again by itself once the machine is done; without scripts, asks for it again. */
  async looksAgain(until: string): Promise<void> {
    if (!this.screen.scripts) return this.follows('Look again');
    await this.reads(until);
    await this.#arrived();
  }

  /** Types into fields, by their labels. */
  async types(answers: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, text] of Object.entries(answers)) await this.#field(label).fill(text);
  }

  /** Picks an option of a list, by its words. */
  async picks(label: string, option: string | RegExp): Promise<void> {
    const list = this.#field(label);
    const options = await list.getByRole('option').allTextContents();
    const found = options.find((each) => (typeof option === 'string' ? each.startsWith(option) : option.test(each)));
    if (found === undefined) throw new Error(`${label} offers no ${String(option)}: ${options.join(' | ')}`);
    await list.selectOption({ label: found });
  }

  /** Ticks a box, or chooses one of several answers. @param question its legend, when the answer is said more than once */
  async chooses(answer: string, question?: string | RegExp): Promise<void> {
    const where =
      question === undefined ? this.page.getByRole('main') : this.page.getByRole('group', { name: question });
    await where.getByLabel(answer).first().check();
  }

  /** Writes a day into its three boxes. @param day as 2026-11-18 */
  async writesDay(question: string, day: string): Promise<void> {
    const boxes = this.page.getByRole('group', { name: question });
    const [year = '', month = '', date = ''] = day.split('-');
    for (const [label, text] of Object.entries({ Day: date, Month: month, Year: year }))
      await boxes.getByLabel(label).fill(text);
  }

  async attaches(label: string, file: OwnFile): Promise<void> {
    await this.page.getByLabel(label).setInputFiles(file);
  }

  /** Reads words on the page, each of them visible. */
  async reads(...words: readonly (string | RegExp)[]): Promise<void> {
    for (const each of words) await this.#shown(this.page.getByText(each), each);
  }

  /** Reads the heading of the page. */
  async isOn(heading: string | RegExp): Promise<void> {
    await this.#shown(this.page.getByRole('heading', { level: 1, name: heading }), heading);
  }

  /** Reads words in one row, card or section. */
  async readsIn(within: string | RegExp, ...words: readonly (string | RegExp)[]): Promise<void> {
    for (const each of words) await this.#shown(this.#inside(within).getByText(each), each);
  }

  /** Sees that words are nowhere on the page. */
  async readsNothingOf(...words: readonly string[]): Promise<void> {
    const text = await this.page.getByRole('main').innerText();
    for (const each of words) if (text.includes(each)) throw new Error(`${this.#where()} says “${each}”`);
  }

  /** Saves what a link gives. */
  async saves(words: string | RegExp): Promise<Buffer> {
    const coming = this.page.waitForEvent('download');
    coming.catch(() => undefined);
    await this.page.getByRole('link', { name: words }).first().click();
    return readFileSync(await (await coming).path());
  }

  /** Where they are. */
  get place(): string {
    return new URL(this.page.url()).pathname;
  }

  /** Gives what keeps them signed in. */
  get cookies(): Promise<Cookies> {
    return this.context.cookies();
  }

  /** Gives the words of one thing on the page. */
  wordsOf(within: string): Promise<string> {
    return this.page.locator(within).innerText();
  }

  async #arriving(step: () => Promise<unknown>): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    loaded.catch(() => undefined);
    await step();
    await loaded;
    await this.#arrived();
  }

  async #arrived(): Promise<void> {
    const faults = await this.#check.faults();
    await this.#picture();
    if (faults.length > 0) throw new Error(`${this.#where()}:\n${faults.join('\n')}`);
  }

  async #shown(found: Locator, words: string | RegExp): Promise<void> {
    await found
      .filter({ visible: true })
      .first()
      .waitFor()
      .catch(async () => {
        const text = await this.page.locator('body').innerText();
        throw new Error(`${this.#where()} does not say “${String(words)}” but:\n${text}`);
      });
  }

  #inside(within: string | RegExp | undefined): Locator {
    if (within === undefined) return this.page.locator('body');
    const parts = this.page.locator(PARTS, { hasText: within });
    return parts.filter({ hasNot: this.page.locator(PARTS, { hasText: within }) }).first();
  }

  #field(label: string): Locator {
    return this.page.getByRole('main').getByLabel(label, { exact: true }).first();
  }

  #where(): string {
    return `${this.name} at ${this.place}`;
  }

  async #picture(): Promise<void> {
    if (!PICTURES) return;
    mkdirSync(PICTURES, { recursive: true });
    this.#seen += 1;
    const name = `${this.name.replaceAll(' ', '-')}-${String(this.#seen).padStart(3, '0')}${this.place.replaceAll('/', '_')}.png`;
    await this.page.screenshot({ path: join(PICTURES, name), fullPage: true });
  }
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;
