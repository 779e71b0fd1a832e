import pg from 'pg';
import {
  type Config,
  type DatabaseUrls,
  dropDatabase,
  embeddedUrls,
  provision,
  startEmbeddedPostgres,
  stopUnlessUsed,
} from '../platform/index.ts';
import type { Teller } from './weekly-run.ts';

/** A fresh database for one demonstration. */
export interface DemoDatabase {
  readonly urls: DatabaseUrls;
  stop(): Promise<void>;
}

/**
 * Makes a fresh database on the embedded Postgres. The usual one is made anew each time; while another demonstration is
 * using it, this one gets its own and removes it at the end.
 */
export async function openDemoDatabase(config: Config, tell: Teller): Promise<DemoDatabase> {
  const server = await startEmbeddedPostgres({ home: config.dataDir });
  tell.say(`Postgres 18 ${server.started ? 'started' : 'is running'} on port ${server.port}.`);
  // A session-long lock on the maintenance database says that the usual database is in use.
  const keeper = new pg.Client({ connectionString: server.url('postgres', server.superuserPassword, 'postgres') });
  keeper.on('error', () => undefined);
  await keeper.connect();
  const mine = await keeper.query<{ free: boolean }>(`select pg_try_advisory_lock(hashtext('mainstay demo')) as free`);
  const name = mine.rows[0]?.free ? 'demo' : `demo_${process.pid}`;
  await dropDatabase(server, name);
  await provision(server, name);
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await keeper.end().catch(() => undefined);
    if (name !== 'demo') await dropDatabase(server, name).catch(() => undefined);
    await stopUnlessUsed(server);
  };
  return { urls: embeddedUrls(server, name), stop: () => (stopping ??= stop()) };
}
