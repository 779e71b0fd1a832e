import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrations } from '../../../migrations/index.ts';

// Days stay text: a JS Date would move them across midnight. Big integers and decimals are text already.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Describes the connection every process makes as the application role. */
export function applicationDatabase(url: string, pool: number, name: string): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    applicationName: `mainstay-${name}`,
    poolSize: pool,
    extra: { idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000, keepAlive: true },
    poolErrorHandler: () => undefined,
    synchronize: false,
    entities: [],
    migrationsRun: false,
  };
}

/** Opens the owner's connection, which only migrations and operator commands use. */
export function ownerDatabase(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: 'mainstay-owner',
    poolSize: 2,
    synchronize: false,
    migrations,
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'all',
  });
}
