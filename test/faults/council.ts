import type { INestApplicationContext } from '@nestjs/common';
import { makeFamilies } from '../../src/demo/families.ts';
import { personas, setUpDemoCouncil } from '../../src/demo/council.ts';
import { openHouse } from '../../src/house/index.ts';
import { type Actor, addDays, plainDate, type PlainDate, type Role } from '../../src/kernel/index.ts';
import { QueuePort, type ReadyConfig } from '../../src/platform/index.ts';
import { ApprovePlans, ImportFamilies } from '../../src/subsistence/index.ts';

/** The first pay date, a Thursday. The harness keeps its own calendar, so that a seed means the same on every day. */
const FIRST_PAY_DATE = plainDate('2026-02-05');
/** A day before the clock would open the run by itself, and after the cut-off of the run before it: a person opens it. */
const OPENS_DAYS_AHEAD = 8;

/** Gives the pay date of a week, counted from nought, and the day its people work on it. */
export function week(number: number): { payDate: PlainDate; today: PlainDate } {
  const payDate = addDays(FIRST_PAY_DATE, 7 * number);
  return { payDate, today: addDays(payDate, -OPENS_DAYS_AHEAD) };
}

/** A council with approved plans, and its people. */
export interface Council {
  readonly authorityId: string;
  as(role: Role): Actor;
}

/** Sets up a council with made-up families, imported by one person and approved by another. */
export async function setUpFamilies(
  config: ReadyConfig,
  ownerUrl: string,
  families: number,
  seed: number,
): Promise<Council> {
  const { payDate, today } = week(0);
  return withHouse(config, today, async (app) => {
    const { authorityId, userIds } = await setUpDemoCouncil(app, ownerUrl, families, today);
    const as = (role: Role): Actor => {
      const email = personas.find((each) => each.role === role)?.email ?? '';
      return { authorityId, userId: userIds.get(email), roles: [role], channel: 'cli' };
    };
    const file = Buffer.from(makeFamilies(families, seed, payDate, 'thursday'));
    await app.get(ImportFamilies).run(as('caseworker'), file, payDate);
    await app.get(ApprovePlans).all(as('manager'), 'Fault harness');
    return { authorityId, as };
  });
}

/** Opens the house on a day, does something in it and closes it again. */
export async function withHouse<T>(
  config: ReadyConfig,
  today: PlainDate,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const app = await openHouse({ ...config, MAINSTAY_TODAY: today }, 'faults');
  try {
    return await work(app);
  } finally {
    await app.get(QueuePort).close();
    await app.close();
  }
}
