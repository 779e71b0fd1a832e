import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBrowser } from '../support/chromium.ts';
import { pageScene } from '../support/page-scene.ts';
import { PAGES } from '../support/pages.ts';
import startTestPostgres from '../support/start-test-postgres.ts';
import stopTestPostgres from '../support/stop-test-postgres.ts';
import { testHouse } from '../support/test-house.ts';
import { everyAddress } from './addresses/index.ts';
import { addressIn, Visitors } from './visitors.ts';

/** Takes a picture of every page of the scene, on a desk and on a phone, for whoever made it to look at. */
const { values } = parseArgs({ options: { only: { type: 'string' }, out: { type: 'string', default: 'dist/shots' } } });

await startTestPostgres();
const house = await testHouse(PAGES);
const scene = await pageScene(house);
const browser = await startBrowser();
const visitors = new Visitors(house, browser, { scene });
mkdirSync(values.out, { recursive: true });
for (const [path, addresses] of Object.entries(everyAddress)) {
  if (values.only && !path.startsWith(values.only)) continue;
  for (const [index, address] of addresses.entries())
    for (const width of [1280, 390]) {
      const page = await visitors.pageOf(address.as, width);
      await page.goto(`${house.url}${addressIn(scene, address)}`);
      const name = `${path.replaceAll('/', '_').replaceAll(':', '') || '_'}-${index}-${address.as}-${width}.png`;
      await page.screenshot({ path: join(values.out, name), fullPage: true });
      process.stdout.write(`${join(values.out, name)}\n`);
    }
}
await browser.close();
await house.close();
await stopTestPostgres();
