import type { INestApplicationContext } from '@nestjs/common';
import { addDays, operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { type ReadyConfig, UnitOfWork } from '../../src/platform/index.ts';
import { DecidePayDayMove, ProposePayDayMove } from '../../src/subsistence/index.ts';
import { type Council, withHouse } from './council.ts';
import type { Ground } from './ground.ts';
import type { Breakable } from './injector.ts';
import { calm, type Broken, LOOK_AGAIN_SECONDS, storm } from './notice-storm.ts';
import { type NoticeTally, tallyNotices } from './notice-tally.ts';
import { NotifyTrial } from './notify-trial.ts';
import { readNotices } from './read-notices.ts';
import { settleNotices } from './settle-notices.ts';
import type { Workers } from './workers.ts';

const FAMILIES_AT_MOST = 600;
/** Far enough ahead for a text message; a letter after one that failed comes too late, and its family keeps the old day. */
const MOVES_AFTER_DAYS = 18;

/** Where families are told. */
export interface NoticePlace {
  readonly config: ReadyConfig;
  readonly council: Council;
  readonly ground: Ground;
  readonly workers: Workers;
  readonly environmentOn: (day: PlainDate) => Record<string, string>;
  readonly breakable: (app: INestApplicationContext) => Breakable;
}

/** What was told and broken. */
export type NoticesSurvived = NoticeTally & Broken;

/** Moves the pay day of some hundreds of families from Thursday to Tuesday while everything breaks, and counts who was told. */
export async function tellFamilies(
  place: NoticePlace,
  today: PlainDate,
  kills: number,
  seed: number,
): Promise<NoticesSurvived> {
  const { config, council, ground } = place;
  const trial = await NotifyTrial.start(config, council, today, ground);
  const { broken, lastDay } = await onDay(place, trial, today, async (app) => {
    const neededBy = await moveAll(app, council, addDays(today, MOVES_AFTER_DAYS));
    const watched = { notify: trial.notify, noted: async () => countNoted(app, council) };
    const caused = await storm(watched, place.breakable(app), kills, seed);
    await calm(trial.notify);
    await settleNotices(app, council, trial.notify);
    return { broken: caused, lastDay: neededBy };
  });
  // Whoever was not reached by now keeps the old day, and is told that it stays.
  return onDay(place, trial, addDays(lastDay, 1), async (app) => {
    await settleNotices(app, council, trial.notify, 'decided');
    return { ...tallyNotices(await readNotices(app, council, trial.notify)), ...broken };
  });
}

/** Opens the house, its workers and its web process on a day. */
function onDay<T>(
  { config, workers, environmentOn }: NoticePlace,
  trial: NotifyTrial,
  day: PlainDate,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const environment = { ...environmentOn(day), NOTIFY_LOOK_AGAIN_SECONDS: String(LOOK_AGAIN_SECONDS) };
  return withHouse(config, day, (app) =>
    trial.whileWebIsUp(environment, async () => {
      await workers.start(environment);
      try {
        return await work(app);
      } finally {
        await workers.stop();
      }
    }),
  );
}

/** Proposes the move and has a second person approve it. @returns the last day anybody can be told */
async function moveAll(app: INestApplicationContext, council: Council, from: PlainDate): Promise<PlainDate> {
  const planIds = await plansToMove(app, council);
  const { moveId, families } = await app.get(ProposePayDayMove).run(council.as('finance'), planIds, {
    ...{ payDay: 2, frequencyDays: null, from, urgent: null },
    reason: 'The bank needs a day more.',
  });
  await app.get(DecidePayDayMove).approve(council.as('manager'), moveId, 'Fault harness');
  return families
    .flatMap(({ neededBy, move }) => (move && neededBy ? [neededBy] : []))
    .reduce((last, each) => (each > last ? each : last), from);
}

/** Leaves out families whose number is one of Notify's own for smoke tests: it keeps no receipt of those. */
async function plansToMove(app: INestApplicationContext, council: Council): Promise<string[]> {
  const plans = await app.get(UnitOfWork).read(operatorOf(council.authorityId), (tx) =>
    tx.query<{ id: string }>(
      `select p.id from subsistence.plan p join families.family f on f.id = p.family_id
        where p.state = 'approved' and right(regexp_replace(f.mobile, '\\D', '', 'g'), 6) not in ('900000', '900111', '900222')
        order by p.id limit $1`,
      [FAMILIES_AT_MOST],
    ),
  );
  return plans.map((plan) => plan.id);
}

async function countNoted(app: INestApplicationContext, council: Council): Promise<number> {
  const counted = await app
    .get(UnitOfWork)
    .read(operatorOf(council.authorityId), (tx) =>
      tx.one<{ n: number }>(`select count(*)::int as n from notices.attempt where provider_id is not null`),
    );
  return counted.n;
}
