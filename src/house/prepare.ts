import { hasHolidays, refreshHolidays, vendoredBankHolidays } from '../calendar/index.ts';
import {
  type Config,
  databaseNames,
  embeddedUrls,
  type EmbeddedPostgres,
  migrate,
  ownerDatabase,
  provision,
  type ReadyConfig,
  startEmbeddedPostgres,
  stopUnlessUsed,
} from '../platform/index.ts';

/** A database that is there and up to date, and how to reach it. */
export interface Prepared {
  readonly config: ReadyConfig;
  /** The owner's connection; absent when only the application's was given. */
  readonly ownerUrl?: string;
  readonly server?: EmbeddedPostgres;
  /** Stops what was started here. */
  stop(): Promise<void>;
}

/**
 * Makes the database ready for a process: the embedded one when no DATABASE_URL is set, started, migrated, with holidays.
 *
 * With a DATABASE_URL it touches nothing: migrations are then a step of their own.
 */
export async function prepareDatabase(config: Config, wanted?: string): Promise<Prepared> {
  if (config.DATABASE_URL) return given(config, config.DATABASE_URL);
  const server = await startEmbeddedPostgres({ home: config.dataDir });
  const database = config.EMBEDDED_DATABASE ?? wanted ?? (await theOneThere(server));
  await provision(server, database);
  const urls = embeddedUrls(server, database);
  await bringUpToDate(urls.owner);
  const ready = { ...config, DATABASE_URL: urls.application, FIELD_KEY: config.FIELD_KEY ?? urls.fieldKey };
  const stop = (): Promise<void> => stopUnlessUsed(server);
  return { config: ready, ownerUrl: urls.owner, server, stop };
}

/** Takes the council's own database; until there is one, the demonstration's, so that its books can be looked at. */
async function theOneThere(server: EmbeddedPostgres): Promise<string> {
  const names = await databaseNames(server);
  return !names.includes('mainstay') && names.includes('demo') ? 'demo' : 'mainstay';
}

/** Migrates a database and gives it the bank holidays of this release when it has none. @returns migrations run now */
export async function bringUpToDate(ownerUrl: string): Promise<string[]> {
  const ran = await migrate(ownerUrl);
  const owner = await ownerDatabase(ownerUrl).initialize();
  try {
    if (!(await hasHolidays(owner))) await refreshHolidays(owner, vendoredBankHolidays());
  } finally {
    await owner.destroy();
  }
  return ran;
}

function given(config: Config, url: string): Prepared {
  if (!config.FIELD_KEY) throw new Error('FIELD_KEY is needed with DATABASE_URL: bank details are sealed with it.');
  const ready = { ...config, DATABASE_URL: url, FIELD_KEY: config.FIELD_KEY };
  return { config: ready, ownerUrl: config.DATABASE_OWNER_URL, stop: async () => undefined };
}
