import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { bringUpToDate, openHouse } from '../../src/house/index.ts';
import { addDays, nextPayDay, type PlainDate } from '../../src/kernel/index.ts';
import {
  Clock,
  embeddedUrls,
  provision,
  QueuePort,
  readConfig,
  type ReadyConfig,
  startEmbeddedPostgres,
} from '../../src/platform/index.ts';

/** A Postgres of the bench's own with one council in it, and its people. */
export interface Scene {
  readonly config: ReadyConfig;
  readonly ownerUrl: string;
  readonly superuserUrl: string;
  /** As superuser, on the council's database: what it asks is not counted as Mainstay's. */
  readonly sql: pg.Client;
  readonly today: PlainDate;
  readonly firstPayDate: PlainDate;
  close(): Promise<void>;
}

/** Starts Postgres as production has it (fsync on, commits durable), with a counter of statements, and an empty database. */
export async function openScene(): Promise<Scene> {
  const home = await mkdtemp(join(tmpdir(), 'mainstay-bench-'));
  const server = await startEmbeddedPostgres({ home, settings: { shared_preload_libraries: 'pg_stat_statements' } });
  const superuserUrl = server.url('postgres', server.superuserPassword, 'bench');
  const sql = new pg.Client({ connectionString: superuserUrl });
  const close = async (): Promise<void> => {
    await sql.end().catch(() => undefined);
    await server.stop();
    for (const folder of [home, dirname(server.dataDir)]) await rm(folder, { recursive: true, force: true });
  };
  try {
    await provision(server, 'bench');
    const urls = embeddedUrls(server, 'bench');
    await bringUpToDate(urls.owner);
    await sql.connect();
    await sql.query('create extension pg_stat_statements');
    const given = { DATA_DIR: home, LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn', QUEUE_PREFIX: 'bench' };
    const config = { ...readConfig(given), DATABASE_URL: urls.application, FIELD_KEY: urls.fieldKey };
    const today = new Clock().today();
    // Two to three weeks ahead: the pay calendar would open it by itself about a week before.
    const firstPayDate = nextPayDay(addDays(today, 14), 'thursday');
    return { config, ownerUrl: urls.owner, superuserUrl, sql, today, firstPayDate, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens the house as it would be on a day, does something in it, and closes it. */
export async function inTheHouse<T>(
  config: ReadyConfig,
  today: PlainDate,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const app = await openHouse({ ...config, MAINSTAY_TODAY: today }, 'bench');
  try {
    return await work(app);
  } finally {
    await app.get(QueuePort).close();
    await app.close();
  }
}
