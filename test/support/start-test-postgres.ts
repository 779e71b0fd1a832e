import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringUpToDate } from '../../src/house/index.ts';
import { embeddedUrls, provision, startEmbeddedPostgres } from '../../src/platform/index.ts';
import { HOMES, sweepAbandoned } from './abandoned-postgres.ts';
import { rememberServer, stopTestPostgres, TEMPLATE } from './test-postgres.ts';

/** Jest's global set-up: one Postgres for all the tests, with one migrated database to copy from. */
export default async function startTestPostgres(): Promise<void> {
  sweepAbandoned();
  const home = mkdtempSync(join(tmpdir(), HOMES));
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
  const server = await startEmbeddedPostgres({ home, settings });
  rememberServer(server, home);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stopTestPostgres().finally(() => process.exit(1)));
  await provision(server, TEMPLATE);
  await bringUpToDate(embeddedUrls(server, TEMPLATE).owner);
}
