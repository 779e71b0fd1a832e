import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { openHouse } from '../../src/house/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { Relay } from '../../src/outbox/index.ts';
import {
  Clock,
  type DatabaseUrls,
  dropDatabase,
  embeddedUrls,
  provision,
  QueuePort,
  readConfig,
  type ReadyConfig,
} from '../../src/platform/index.ts';
import { setUpTestCouncil, type TestCouncil } from './test-council.ts';
import { openWeb } from '../../src/web/open-web.ts';
import { TEMPLATE, testPostgres } from './test-postgres.ts';

/** The day it is in the tests, a Monday, unless a test says otherwise. */
export const TODAY = '2026-11-16' as PlainDate;

/** A house of its own for one test file: a database, two councils, and three ways into the database. */
export interface TestHouse {
  readonly app: INestApplicationContext;
  readonly config: ReadyConfig;
  readonly urls: DatabaseUrls;
  /** The council most tests are about. */
  readonly council: TestCouncil;
  /** Another council in the same database. */
  readonly other: TestCouncil;
  /** Raw SQL as the application role. */
  readonly appClient: pg.Client;
  /** Raw SQL as the owner of the schemas: no superuser, bound by row-level security too. */
  readonly owner: pg.Client;
  /** Raw SQL as the superuser, for planting faults. */
  readonly superuser: pg.Client;
  /** Where the HTTP front listens; empty without one. */
  readonly url: string;
  /** Moves the clock of this house. */
  setToday(day: PlainDate): void;
  close(): Promise<void>;
}

export interface HouseOptions {
  /** Listens for HTTP on a port of its own. */
  readonly web?: boolean;
  /** Rings the real queue. Otherwise the bell is silent and tests work the outbox off themselves. */
  readonly queue?: 'silent' | 'real';
  readonly settings?: Record<string, string>;
}

/** Opens a house for one test file. Close it in `afterAll`. */
export async function testHouse(options: HouseOptions = {}): Promise<TestHouse> {
  const server = testPostgres();
  const database = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await provision(server, database, TEMPLATE);
  const urls = embeddedUrls(server, database);
  const folder = mkdtempSync(join(tmpdir(), 'mainstay-test-house-'));
  const config = testConfig(urls, folder, options.settings ?? {});
  const app = options.web ? await openWeb(config) : await openHouse(config, 'test');
  const queue = app.get(QueuePort);
  if (options.queue !== 'real') app.get(Relay).workHere();
  const clients = await Promise.all(
    [urls.application, urls.owner, server.url('postgres', server.superuserPassword, database)].map(connect),
  );
  const [appClient, owner, superuser] = clients as [pg.Client, pg.Client, pg.Client];
  const council = await setUpTestCouncil(app, urls.owner, 'northshire');
  const other = await setUpTestCouncil(app, urls.owner, 'southshire');
  const close = async (): Promise<void> => {
    await Promise.all(clients.map((client) => client.end()));
    await queue.close();
    await app.close();
    await dropDatabase(server, database);
    rmSync(folder, { recursive: true, force: true });
  };
  const setToday = (day: PlainDate): void => void Object.assign(app.get(Clock), { today: () => day });
  const url = await listen(app);
  return { app, config, urls, council, other, appClient, owner, superuser, url, setToday, close };
}

function testConfig(urls: DatabaseUrls, folder: string, settings: Record<string, string>): ReadyConfig {
  const config = readConfig({
    ...{ NODE_ENV: 'test', LOG_LEVEL: 'silent', MAINSTAY_TODAY: TODAY, DATA_DIR: folder, DATABASE_POOL: '6' },
    ...settings,
  });
  return { ...config, DATABASE_URL: urls.application, FIELD_KEY: urls.fieldKey };
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function listen(app: INestApplicationContext): Promise<string> {
  if (!('listen' in app)) return '';
  const web = app as unknown as Awaited<ReturnType<typeof openWeb>>;
  await web.listen(0, '127.0.0.1');
  return web.getUrl();
}
