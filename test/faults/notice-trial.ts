import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { Children } from '../../src/demo/children.ts';
import { addDays, operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { NoticeWork, SetSender } from '../../src/notices/index.ts';
import { type ReadyConfig, UnitOfWork } from '../../src/platform/index.ts';
import {
  DecidePayDayMove,
  type MoveAsked,
  MovePreviews,
  PayDayMoves,
  ProposePayDayMove,
} from '../../src/subsistence/index.ts';
import { StandInNotify } from '../support/stand-in-notify.ts';
import { type Council, withHouse } from './council.ts';
import { StuckRun } from './drive-run.ts';
import type { Ground } from './ground.ts';
import type { Breakable, Damage } from './injector.ts';
import { type NoticeTally, tallyNotices } from './notice-tally.ts';
import { settle } from './settle.ts';
import type { Workers } from './workers.ts';

const TOKEN = 'the token of the fault harness';
const SETTLES_WITHIN_MS = 90_000;
/** Numbers that Notify answers and forgets. */
const FORGOTTEN = /900(?:000|111|222)$/;

/** What telling families is tried on. */
export interface NoticeGround {
  readonly config: ReadyConfig;
  readonly environment: Readonly<Record<string, string>>;
  readonly council: Council;
  readonly ground: Ground;
  readonly workers: Workers;
  readonly today: PlainDate;
  readonly kills: number;
  breakable(app: INestApplicationContext): Breakable;
}

/** Moves the pay day of every family that can be told, while workers, Postgres, the queue and Notify itself go wrong. */
export async function tryNotices(on: NoticeGround, damage: Damage): Promise<NoticeTally> {
  const { config, council, ground, workers, today } = on;
  const children = new Children();
  ground.atEnd(async () => children.stop());
  const { said } = await children.start('web', { ...on.environment, PORT: '0', LOG_LEVEL: 'silent' });
  const notify = await StandInNotify.start({
    ...{ callbackUrl: `${said}/notify/northshire/callback`, callbackToken: TOKEN },
    ...{ callbackRetryMs: 500, deliveredAfterMs: 300 },
  });
  ground.atEnd(async () => notify.stop());
  const moveId = await withHouse(config, today, async (app) => {
    const pageUrl = 'https://pages.example';
    const sender = { ...notify.notifyAccount, callbackToken: TOKEN, pageUrl, isNeutral: true };
    await app.get(SetSender).run(operatorOf(council.authorityId), sender);
    const id = await propose(app, council, today);
    await workers.start(on.environment);
    await notify.ask(GOES_WRONG);
    await app.get(DecidePayDayMove).approve(council.as('manager'), id, 'Fault harness');
    await breakThings(on.breakable(app), on.kills, damage);
    await notify.ask({ clear: true });
    await nothingMore(app, council);
    return id;
  });
  await workers.stop();
  await children.stop();
  // Letters arrive, the last days go by: a month later nothing may be open any more.
  const monthLater = addDays(today, 30);
  return withHouse(config, monthLater, async (app) => {
    await workers.start({ ...on.environment, MAINSTAY_TODAY: monthLater });
    await app.get(NoticeWork).tick(council.authorityId);
    await nothingMore(app, council);
    await app.get(PayDayMoves).keepOverdue(council.authorityId);
    const { accepted } = await notify.account();
    await workers.stop();
    await notify.stop();
    const found = await readTelling(app, council, moveId);
    return tallyNotices({ ...found, accepted: accepted.map((each) => each.reference ?? '') });
  });
}

const GOES_WRONG = {
  ...{ slow: 400, loseReply: 8, failNext: { times: 8, status: 504 as const }, rateLimit: 5, failLookups: 5 },
  ...{ duplicateCallbacks: 2, outOfOrderCallbacks: true, lateCallbacks: 300 },
};

async function propose(app: INestApplicationContext, council: Council, today: PlainDate): Promise<string> {
  const planIds = await read<{ id: string }>(
    app,
    council,
    `select id from subsistence.plan where state = 'approved' and frequency_days = 7 order by id`,
  );
  const asked: MoveAsked = {
    ...{ payDay: 2, frequencyDays: null, from: addDays(today, 21), reason: 'Fault harness', urgent: null },
  };
  const ids = planIds.map((each) => each.id);
  const seen = await app.get(UnitOfWork).read(council.as('finance'), (tx) => app.get(MovePreviews).of(tx, ids, asked));
  const chosen = seen.filter(({ reach, keeps }) => keeps === null && !FORGOTTEN.test(reach.mobile ?? ''));
  const plans = chosen.map((each) => each.planId);
  return (await app.get(ProposePayDayMove).run(council.as('finance'), plans, asked)).moveId;
}

async function breakThings(things: Breakable, kills: number, damage: Damage): Promise<void> {
  for (let kill = 0; kill < kills; kill += 1) {
    await pause(350);
    await things.kill(kill % 2);
    damage.kills += 1;
    if (kill === 0) {
      await things.wipeQueue();
      damage.queueWipes += 1;
    }
    if (kill === 1) {
      await things.crashPostgres();
      damage.postgresCrashes += 1;
    }
  }
}

/** What came back may send a letter after it, and that comes back too. */
async function nothingMore(app: INestApplicationContext, council: Council): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await told(app, council);
    await settle(app, council);
  }
  await told(app, council);
}

/** Waits until nothing is on its way any more, but for letters. */
async function told(app: INestApplicationContext, council: Council): Promise<void> {
  const deadline = Date.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const open = await read<{ state: string; n: number }>(
      app,
      council,
      `select state, count(*)::int as n from notices.attempt where state in ('queued', 'sending') or (state = 'accepted' and channel <> 'letter') group by 1
       union all select 'drafted', count(*)::int from notices.notice where state = 'drafted' having count(*) > 0`,
    ).catch(() => undefined);
    if (open?.length === 0) return;
    if (Date.now() > deadline) throw new StuckRun(`families are not told: ${JSON.stringify(open)}`);
    await pause(100);
  }
}

async function readTelling(app: INestApplicationContext, council: Council, moveId: string) {
  const attempts = await read<{ reference: string }>(
    app,
    council,
    `select reference from notices.attempt where channel in ('sms', 'email', 'letter')`,
  );
  const changes = await read<{ state: string; received: boolean }>(
    app,
    council,
    `select c.state, n.received_on <= n.needed_by as received from subsistence.pay_day_change c
       join notices.notice n on n.id = c.notice_id where c.move_id = ${moveId}`,
  );
  return {
    attempts: attempts.map((each) => each.reference),
    ...{ changes: changes.map((each) => each.state), received: changes.filter((each) => each.received).length },
  };
}

function read<T>(app: INestApplicationContext, council: Council, sql: string): Promise<T[]> {
  return app.get(UnitOfWork).read(operatorOf(council.authorityId), (tx) => tx.query<T>(sql));
}
