import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Language } from '../../src/notices/index.ts';
import { startBrowser } from '../support/chromium.ts';
import { pageScene } from '../support/page-scene.ts';
import { PAGES } from '../support/pages.ts';
import startTestPostgres from '../support/start-test-postgres.ts';
import stopTestPostgres from '../support/stop-test-postgres.ts';
import { readInstead } from '../support/family-pages-scene.ts';
import { testHouse } from '../support/test-house.ts';
import { everyAddress } from './addresses/index.ts';
import { addressIn, Visitors } from './visitors.ts';

/**
 * Takes a picture of every page of the scene, on a desk and on a phone, for whoever made it to look at.
 *
 * `--language ur`: the family that reads Arabic in the scene reads that instead. `--widths 320,1280`: others than these two.
 */
const { values } = parseArgs({
  options: {
    ...{ only: { type: 'string' }, out: { type: 'string', default: 'dist/shots' } },
    ...{ language: { type: 'string' }, widths: { type: 'string', default: '1280,390' } },
  },
});

await startTestPostgres();
const house = await testHouse(PAGES);
const scene = await pageScene(house);
if (values.language) await readInstead(house, values.language as Language);
const browser = await startBrowser();
const visitors = new Visitors(house, browser, { scene });
mkdirSync(values.out, { recursive: true });
for (const [path, addresses] of Object.entries(everyAddress)) {
  if (values.only && !path.startsWith(values.only)) continue;
  for (const [index, address] of addresses.entries())
    for (const width of values.widths.split(',').map(Number)) {
      const page = await visitors.pageOf(address.as, width);
      await page.goto(`${house.url}${addressIn(scene, address)}`);
      const name = `${path.replaceAll('/', '_').replaceAll(':', '') || '_'}-${index}-${address.as.replaceAll(' ', '-')}-${width}.png`;
      await page.screenshot({ path: join(values.out, name), fullPage: true });
      process.stdout.write(`${join(values.out, name)}\n`);
    }
}
await browser.close();
await house.close();
await stopTestPostgres();
