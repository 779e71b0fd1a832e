import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EmbeddedPostgres } from '../../src/platform/index.ts';
import { noteOwner } from './abandoned-postgres.ts';

/** The migrated database that each test file's own database is copied from. */
export const TEMPLATE = 'mainstay_template';

const VARIABLE = 'MAINSTAY_TEST_POSTGRES';
const place = globalThis as { mainstayTestServer?: { server: EmbeddedPostgres; home: string } };

/** Tells the test workers, which get a copy of the environment, where the server is. */
export function rememberServer(server: EmbeddedPostgres, home: string): void {
  place.mainstayTestServer = { server, home };
  const { port, superuserPassword, pid, dataDir } = server;
  noteOwner(home, { pid, dataDir });
  process.env[VARIABLE] = JSON.stringify({ port, superuserPassword, pid, dataDir });
}

/** Finds the server the global set-up started, from inside a test worker. */
export function testPostgres(): EmbeddedPostgres {
  const told = process.env[VARIABLE];
  if (!told) throw new Error('no test Postgres: run the tests with jest, whose global set-up starts it');
  const { port, superuserPassword, pid, dataDir } = JSON.parse(told) as EmbeddedPostgres;
  return {
    ...{ port, superuserPassword, pid, dataDir, started: false },
    url: (role, password, database) => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`,
    stop: async () => undefined,
  };
}

/** Jest's global tear-down: stops the server and removes its folders. */
export async function stopTestPostgres(): Promise<void> {
  const { server, home } = place.mainstayTestServer ?? {};
  if (!server || !home) return;
  place.mainstayTestServer = undefined;
  await server.stop();
  // As root the data is kept elsewhere than in the home asked for.
  for (const folder of new Set([home, dirname(server.dataDir)])) rmSync(folder, { recursive: true, force: true });
}
