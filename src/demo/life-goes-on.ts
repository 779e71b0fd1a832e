import type { INestApplicationContext } from '@nestjs/common';
import { openHouse } from '../house/index.ts';
import { addDays, type PlainDate } from '../kernel/index.ts';
import { QueuePort, type ReadyConfig } from '../platform/index.ts';
import type { Api } from './api.ts';
import type { Children } from './children.ts';
import type { DemoCouncil } from './council.ts';
import { startNotify } from './notify.ts';
import { peopleOf } from './people.ts';
import { termsOf } from './personas.ts';
import { startProcesses } from './processes.ts';
import { type NoticesCounted, ToldInTime } from './told-in-time.ts';
import { type Teller, weeklyRun } from './weekly-run.ts';
import { weeksAfter } from './weeks-after.ts';

/** Where the demonstration plays. */
export interface Stage {
  readonly app: INestApplicationContext;
  readonly ready: ReadyConfig;
  readonly children: Children;
  readonly council: DemoCouncil;
  readonly api: Api;
  readonly tell: Teller;
}

/** Where there are no personas, nobody is told anything. */
export const NOBODY: NoticesCounted = { served: 0, received: 0, kept: 0 };

/** Moves the personas' pay day with notice, and lives on for two weeks: the clock goes on when the last day of notice is past. */
export async function lifeGoesOn(stage: Stage, payDate: PlainDate): Promise<NoticesCounted> {
  const { app, council, api, tell } = stage;
  const people = peopleOf(council);
  const story = new ToldInTime(people, termsOf(payDate).payDay, tell);
  await story.move(app);
  await weeksAfter(app, people, api, payDate, tell, async () => {
    await clockGoesOn(stage, story);
    const { firstNewDate } = story;
    if (!firstNewDate || firstNewDate > addDays(payDate, 14)) return;
    tell.say(`\nThe families that were told in time are paid on their new day, ${firstNewDate}:`);
    await weeklyRun(api, firstNewDate, tell);
  });
  return story.counted(app);
}

/** Starts the processes again on the day after the last day of notice, at the same address if nobody took it meanwhile. */
async function clockGoesOn({ ready, children, council, api, tell }: Stage, story: ToldInTime): Promise<void> {
  const { dayAfter } = story;
  await children.stop();
  const later = { ...ready, MAINSTAY_TODAY: dayAfter };
  tell.say(`\nThe clock of this demonstration goes on to ${dayAfter}. The last day to be told is past:`);
  const app = await openHouse({ ...later, LOG_LEVEL: 'error' }, 'demo');
  try {
    await story.lastDayGoesBy(app);
    api.url = await startProcesses(children, later, new URL(api.url).port);
    await startNotify(app, children, council.authorityId, api.url);
  } finally {
    await app.get(QueuePort).close();
    await app.close();
  }
}
