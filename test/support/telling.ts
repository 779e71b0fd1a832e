import { setTimeout as pause } from 'node:timers/promises';
import { operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { MoveHomes, NoticeSender, NoticeWork, SetSender } from '../../src/notices/index.ts';
import { FallsInNotice, PayDayMoves, PlanChangesInNotice, RecoveriesInNotice } from '../../src/subsistence/index.ts';
import { workOff } from './outbox-by-hand.ts';
import { StandInNotify } from './stand-in-notify.ts';
import type { TestHouse } from './test-house.ts';

/** The token a test council gave GOV.UK Notify for its callbacks. */
export const CALLBACK_TOKEN = 'a token of the tests, long enough';

/** Starts a stand-in Notify that calls back to the house, and sets the council up to send through it. */
export async function withNotify(house: TestHouse): Promise<StandInNotify> {
  const notify = await StandInNotify.start({
    callbackUrl: `${house.url}/notify/${house.council.slug}/callback`,
    callbackToken: CALLBACK_TOKEN,
    deliveredAfterMs: 20,
  });
  await house.app.get(SetSender).run(operatorOf(house.council.id), {
    ...notify.notifyAccount,
    ...{ callbackToken: CALLBACK_TOKEN, pageUrl: 'https://pages.example', isNeutral: true },
  });
  return notify;
}

/** Does everything that waits, sends what is to be sent and hears what comes back, until nothing happens any more. */
export async function tellEverybody(house: TestHouse, notify: StandInNotify): Promise<void> {
  const { app, council } = house;
  for (let quiet = 0; quiet < 3;) {
    const before = await footprint(house);
    await workOff(app, council.id);
    await app.get(NoticeSender).drain(council.id);
    await notify.until(({ callbacks }) => callbacks.held === 0 || callbacks.answered > 0).catch(() => undefined);
    await pause(60);
    await workOff(app, council.id);
    quiet = (await footprint(house)) === before ? quiet + 1 : 0;
  }
}

/** Lets the clock of the house move to a day and do what it does there. */
export async function dayComes(house: TestHouse, day: string): Promise<void> {
  house.setToday(day as PlainDate);
  await house.app.get(NoticeWork).tick(house.council.id);
  await workOff(house.app, house.council.id);
  await house.app.get(PayDayMoves).keepOverdue(house.council.id);
  await house.app.get(MoveHomes).moveOnTheDay(house.council.id);
  await house.app.get(PlanChangesInNotice).keepOverdue(house.council.id);
  await house.app.get(FallsInNotice).keepOverdue(house.council.id);
  await house.app.get(RecoveriesInNotice).keepOverdue(house.council.id);
  await workOff(house.app, house.council.id);
}

async function footprint({ superuser }: TestHouse): Promise<string> {
  const { rows } = await superuser.query<{ n: string }>(
    `select string_agg(id || state || version, ',' order by id) as n from notices.attempt`,
  );
  return rows[0]?.n ?? '';
}
