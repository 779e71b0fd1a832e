import type pg from 'pg';
import { QUEUE_NAME } from '../database/migrate.ts';

const EMPTYING = [
  'delete from bullmq.job where queue = $1',
  'delete from bullmq.scheduler where queue = $1',
  'delete from bullmq.rate_limit where queue = $1',
  'delete from bullmq.event where queue = $1',
  'delete from bullmq.metrics where queue = $1',
  'delete from bullmq.dedup where queue = $1',
  'delete from bullmq.dedup_next where queue = $1',
  'delete from bullmq.meta where queue = $1',
];

/**
 * Does what BullMQ's own "obliterate" does, but for dropping its sequence: the application role may not, and a refused
 * obliteration would leave the queue paused.
 */
export async function emptyOnPostgres(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext('bullmq:finalization'), hashtext($1))`, [QUEUE_NAME]);
    for (const statement of EMPTYING) await client.query(statement, [QUEUE_NAME]);
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}
