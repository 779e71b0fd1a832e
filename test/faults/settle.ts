import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { operatorOf } from '../../src/kernel/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import type { Council } from './council.ts';
import { StuckRun } from './drive-run.ts';

const SETTLES_WITHIN_MS = 60_000;

interface OpenJob {
  readonly topic: string;
  readonly dispatches: number;
  readonly failures: number;
  readonly reason: string | null;
}

/** Waits until every job of the outbox is done. @throws StuckRun naming those that are not */
export async function settle(app: INestApplicationContext, council: Council): Promise<void> {
  const deadline = Date.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const open = await openJobs(app, council).catch(() => undefined);
    if (open?.length === 0) return;
    if (Date.now() > deadline) throw new StuckRun(`jobs are left open: ${JSON.stringify(open)}`);
    await pause(50);
  }
}

/** Lists the jobs that are still to be done, for finding out why a run is stuck. */
export function openJobs(app: INestApplicationContext, council: Council): Promise<OpenJob[]> {
  return app
    .get(UnitOfWork)
    .read(operatorOf(council.authorityId), (tx) =>
      tx.query(
        `select topic, dispatches, failures, last_error as reason from outbox.message where done_at is null order by id`,
      ),
    );
}

/** Counts how often a job had to be rung for again, because whoever had it was killed or the queue forgot it. */
export async function rungAgain(app: INestApplicationContext, council: Council): Promise<number> {
  const [row] = await app
    .get(UnitOfWork)
    .read(operatorOf(council.authorityId), (tx) =>
      tx.query<{ n: number }>(
        `select coalesce(sum(dispatches - 1), 0)::int as n from outbox.message where done_at is not null`,
      ),
    );
  return row?.n ?? 0;
}
