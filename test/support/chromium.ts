import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const PLACES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a browser is on this machine, if one is. */
export const chromiumPath = PLACES.find((place) => place !== undefined && existsSync(place));

/** Describes what needs a real browser; says plainly where there is none. */
export function describeInABrowser(title: string, tests: () => void): void {
  const describeOrSkip = chromiumPath ? describe : describe.skip;
  describeOrSkip(title, tests);
}
if (!chromiumPath)
  process.stderr.write('No Chromium here: the tests in a browser are skipped (apt-get install chromium).\n');

/** Starts a browser that asks nobody else for anything. */
export function startBrowser(): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu', ...quiet] });
}

/** Opens a page as a new visitor. */
export async function newVisitor(browser: Browser, options: { width?: number; scripts?: boolean } = {}): Promise<Page> {
  const viewport = { width: options.width ?? 1280, height: 900 };
  const context = await browser.newContext({ viewport, javaScriptEnabled: options.scripts ?? true });
  return context.newPage();
}
