import pg from 'pg';
import {
  asSuperuser,
  type Config,
  type DatabaseUrls,
  dropDatabase,
  embeddedUrls,
  provision,
  startEmbeddedPostgres,
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
    if (server.started && !(await isUsed(server))) await server.stop();
  };
  return { urls: embeddedUrls(server, name), stop: () => (stopping ??= stop()) };
}

/** Says whether somebody else is still working on this server: then it is not ours to stop. */
async function isUsed(server: Parameters<typeof asSuperuser>[0]): Promise<boolean> {
  return asSuperuser(server, async (client) => {
    const others = await client.query(
      `select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name like 'mainstay%' limit 1`,
    );
    return (others.rowCount ?? 0) > 0;
  }).catch(() => false);
}
