import { runMigrations as migrateBullmq } from 'bullmq';
import pg from 'pg';
import { ownerDatabase } from './data-source.ts';

/** The schema BullMQ keeps its tables in when the queue runs on Postgres. */
export const QUEUE_SCHEMA = 'bullmq';
/** The one queue there is. */
export const QUEUE_NAME = 'doorbell';

/**
 * Brings a database up to this version for an operator: our migrations, then BullMQ's own, then its grants.
 * @param ownerUrl the role that owns the schemas, never the application role
 * @returns the names of the migrations that ran now
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const database = await ownerDatabase(ownerUrl).initialize();
  try {
    const ran = await database.runMigrations();
    await migrateQueue(ownerUrl);
    return ran.map((migration) => migration.name);
  } finally {
    await database.destroy();
  }
}

async function migrateQueue(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await migrateBullmq(client, QUEUE_SCHEMA);
    // BullMQ makes a sequence at a queue's first job; the application role may not, so the owner does it here.
    await client.query(`set search_path = ${QUEUE_SCHEMA}`);
    await client.query('select next_job_id($1)', [QUEUE_NAME]);
    await client.query(`
      grant usage on schema ${QUEUE_SCHEMA} to mainstay_app;
      grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to mainstay_app;
      revoke insert, update, delete on ${QUEUE_SCHEMA}.migration from mainstay_app;
      grant usage, select, update on all sequences in schema ${QUEUE_SCHEMA} to mainstay_app;
      grant execute on all functions in schema ${QUEUE_SCHEMA} to mainstay_app`);
  } finally {
    await client.end();
  }
}
