import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { personas, setUpDemoCouncil } from '../../src/demo/council.ts';
import { bringUpToDate, openHouse } from '../../src/house/index.ts';
import { type Actor, addDays, nextPayDay, type PlainDate, type Role } from '../../src/kernel/index.ts';
import {
  Clock,
  embeddedUrls,
  provision,
  QueuePort,
  readConfig,
  type ReadyConfig,
  startEmbeddedPostgres,
} from '../../src/platform/index.ts';
import { ApprovePlans, ImportFamilies } from '../../src/subsistence/index.ts';
import { weeklyCaseload } from './caseload.ts';

/** A Postgres of the bench's own with one council in it, and its people. */
export interface Scene {
  readonly config: ReadyConfig;
  readonly ownerUrl: string;
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
  const sql = new pg.Client({ connectionString: server.url('postgres', server.superuserPassword, 'bench') });
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
    return {
      config,
      ownerUrl: urls.owner,
      sql,
      today,
      firstPayDate: nextPayDay(addDays(today, 14), 'thursday'),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens the house as it would be on a day, does something in it, and closes it. */
export async function inTheHouse<T>(
  scene: Scene,
  today: PlainDate,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const app = await openHouse({ ...scene.config, MAINSTAY_TODAY: today }, 'bench');
  try {
    return await work(app);
  } finally {
    await app.get(QueuePort).close();
    await app.close();
  }
}

/** Who acts in the bench: one person of the council for each role. */
export type People = Readonly<Record<Role, Actor>>;

/** Sets up the council and takes in its families, through the actions a council uses. */
export function seed(scene: Scene, families: number): Promise<People> {
  const file = weeklyCaseload(families, scene.today, scene.firstPayDate);
  return inTheHouse(scene, scene.today, async (app) => {
    const council = await setUpDemoCouncil(app, scene.ownerUrl, families, scene.today);
    const people = Object.fromEntries(
      personas.map(({ email, role }) => [
        role,
        { authorityId: council.authorityId, userId: council.userIds.get(email), roles: [role], channel: 'cli' },
      ]),
    ) as unknown as People;
    await app.get(ImportFamilies).run(people.caseworker, file, scene.today);
    // What autovacuum does within minutes, while the second person reads; the bench does not wait for it.
    await scene.sql.query('analyze');
    const { approved } = await app.get(ApprovePlans).all(people.manager, 'Bench');
    if (approved !== families) throw new Error(`${approved} of ${families} plans were approved`);
    return people;
  });
}
