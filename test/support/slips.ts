import type { Page } from 'playwright-core';

/** What a template writes where a value was not what it thought. */
const SLIP = /\[object \w+\]|\bundefined\b|\bNaN\b/;

/** Finds words on a page that no person wrote. @returns one sentence, or none */
export async function slips(page: Page, at: string): Promise<string[]> {
  const found = SLIP.exec(await page.locator('body').innerText());
  return found ? [`${at}: says “${found[0]}”`] : [];
}
