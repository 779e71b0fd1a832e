import type { Browser, Page } from 'playwright-core';
import { newVisitor } from '../support/chromium.ts';
import { lookingFamilies, type LookingFamily } from '../support/family-pages-scene.ts';
import type { PageScene } from '../support/page-scene.ts';
import { sessionCookie } from '../support/pages.ts';
import type { TestHouse } from '../support/test-house.ts';
import type { Address } from './addresses/addresses.ts';

/** The people of the scene, each with a browser window that is signed in. */
export class Visitors {
  readonly #pages = new Map<string, Page>();

  constructor(
    private readonly house: TestHouse,
    private readonly browser: Browser,
    private readonly options: { readonly scripts?: boolean; readonly scene?: PageScene } = {},
  ) {}

  /** Gives the window of one of the people, that wide. */
  async pageOf(who: Address['as'], width: number): Promise<Page> {
    const known = this.#pages.get(`${who} ${width}`);
    if (known) return known;
    const page = await newVisitor(this.browser, { ...this.options, width });
    if (isFamily(who)) await this.#signIn(page, `mainstay-family=${this.options.scene?.familySessions[who]}`);
    else if (who !== 'visitor') await this.#signIn(page, await sessionCookie(this.house, who));
    this.#pages.set(`${who} ${width}`, page);
    return page;
  }

  async #signIn(page: Page, cookie: string): Promise<void> {
    const [name = '', value = ''] = cookie.split('=');
    await page.context().addCookies([{ name, value, url: this.house.url, httpOnly: true, sameSite: 'Lax' }]);
  }
}

function isFamily(who: Address['as']): who is LookingFamily {
  return (lookingFamilies as readonly string[]).includes(who);
}

/** Gives an address with the scene's own numbers in it. */
export function addressIn(scene: PageScene, { at }: Address): string {
  return typeof at === 'string' ? at : at(scene);
}
