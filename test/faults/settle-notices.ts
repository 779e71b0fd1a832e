import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { clockOf, operatorOf } from '../../src/kernel/index.ts';
import { QueuePort, TICK, UnitOfWork } from '../../src/platform/index.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import type { Council } from './council.ts';
import { StuckRun } from './drive-run.ts';
import { openJobs } from './settle.ts';

const SETTLES_WITHIN_MS = 90_000;
const LOOKS_EVERY_MS = 250;

/** What still moves, by name. */
type Moving = Readonly<Record<string, number>>;

/**
 * Waits until nothing is left to send, hear or do; and, after the last day, to decide. Half a minute of waiting after a
 * fault of Notify's, and a quarter to the next tick, go by at once.
 * @throws StuckRun saying what is left
 */
export async function settleNotices(
  app: INestApplicationContext,
  council: Council,
  notify: StandInNotify,
  until: 'told' | 'decided' = 'told',
): Promise<void> {
  const deadline = Date.now() + SETTLES_WITHIN_MS;
  for (let quiet = 0; quiet < 2;) {
    await timeGoesBy(app, council).catch(() => undefined);
    await pause(LOOKS_EVERY_MS);
    const moving = await whatMoves(app, council, notify).catch((): Moving => ({ database: 1 }));
    const left = Object.entries(moving).filter(([what, n]) => n > 0 && (what !== 'undecided' || until === 'decided'));
    quiet = left.length === 0 ? quiet + 1 : 0;
    if (Date.now() > deadline)
      throw new StuckRun(`families are still being told: ${JSON.stringify([moving, await openJobs(app, council)])}`);
  }
}

async function timeGoesBy(app: INestApplicationContext, { authorityId }: Council): Promise<void> {
  const later = { name: 'faults.time-goes-by', actor: clockOf(authorityId) };
  await app
    .get(UnitOfWork)
    .run(later, (tx) =>
      tx.query(`update notices.attempt set due_at = now() where state = 'queued' and due_at > now()`),
    );
  await app.get(QueuePort).ring([{ name: TICK, ring: { authorityId, messageId: '0' }, id: `tick-${randomUUID()}` }]);
}

async function whatMoves(app: INestApplicationContext, council: Council, notify: StandInNotify): Promise<Moving> {
  const { accepted } = await notify.account();
  const delivered = accepted.filter((each) => each.type !== 'letter' && each.status === 'delivered');
  const under = accepted.filter((each) => each.type !== 'letter' && ['created', 'sending'].includes(each.status));
  return app.get(UnitOfWork).read(operatorOf(council.authorityId), async (tx) => ({
    atNotify: under.length,
    ...(await tx.one<Moving>(
      `select (select count(*) from outbox.message where done_at is null)::int as jobs,
              (select count(*) from notices.attempt where state in ('queued', 'sending'))::int as unsent,
              (select count(*) from notices.attempt where state <> 'delivered' and reference = any ($1))::int as unheard,
              (select count(*) from subsistence.pay_day_change where state = 'waiting')::int as undecided`,
      [delivered.map((each) => each.reference)],
    )),
  }));
}
