import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { Relay } from '../../src/outbox/index.ts';
import { clockOf } from '../../src/kernel/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';

/** An open row of the outbox. */
export interface OpenJob {
  readonly id: string;
  readonly topic: string;
  readonly failures: number;
}

const ROUNDS = 60;
const STILL_LOCKED_MILLISECONDS = 50;

/** Lists the jobs of a council that are not done, oldest first, due or not. */
export function openJobs(app: INestApplicationContext, authorityId: string): Promise<OpenJob[]> {
  return app
    .get(UnitOfWork)
    .read(clockOf(authorityId), (tx) =>
      tx.query(`select id, topic, failures from outbox.message where done_at is null order by id`),
    );
}

/**
 * Does every open job of a council in this process, and the jobs those ring for, until none is left or all that are
 * left have failed. Needs no queue.
 * @param leave topics to leave undone
 */
export async function workOff(
  app: INestApplicationContext,
  authorityId: string,
  leave: readonly string[] = [],
): Promise<void> {
  const tried = new Map<string, number>();
  const isToDo = (job: OpenJob): boolean =>
    !leave.includes(job.topic) && job.failures <= (tried.get(job.id) ?? job.failures);
  let before = '';
  for (let round = 0; round < ROUNDS; round += 1) {
    const open = (await openJobs(app, authorityId)).filter(isToDo);
    if (open.length === 0) return;
    // Nothing moved on: somebody else is at these rows, and a turn at once would find them locked again.
    const now = open.map(({ id }) => id).join();
    if (now === before) await pause(STILL_LOCKED_MILLISECONDS);
    before = now;
    for (const { id: messageId, failures } of open) {
      tried.set(messageId, failures);
      await app.get(Relay).perform({ authorityId, messageId });
    }
  }
  throw new Error('the outbox does not come to an end');
}
