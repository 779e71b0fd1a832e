import type { INestApplicationContext } from '@nestjs/common';
import { type Actor, addDays, type PlainDate } from '../kernel/index.ts';
import { Clock } from '../platform/index.ts';
import type { Api } from './api.ts';
import { PaysBack } from './pays-back.ts';
import { PersonaEvents } from './persona-events.ts';
import { termsOf } from './personas.ts';
import { pricedRun, type Teller, weeklyRun } from './weekly-run.ts';

const FURTHEST_DAYS_AHEAD = 30;

/**
 * Lives on for two weeks, so that whoever looks round finds work: an overpayment to decide, arrears, plans and bank
 * details that wait, and a run that is priced with a family on hold.
 *
 * @param betweenThem what happens between the two
 */
export async function weeksAfter(
  app: INestApplicationContext,
  people: Readonly<Record<'caseworker' | 'finance', Actor>>,
  api: Api,
  payDate: PlainDate,
  tell: Teller,
  betweenThem: () => Promise<void>,
): Promise<void> {
  const [second, third] = [addDays(payDate, 7), addDays(payDate, 14)];
  if (third > addDays(app.get(Clock).today(), FURTHEST_DAYS_AHEAD)) {
    tell.say('The weeks after are further ahead than the bank takes files: the demonstration ends with this run.');
    return;
  }
  const events = new PersonaEvents(app, people, termsOf(payDate));
  const paysBack = new PaysBack(app, people.caseworker, termsOf(payDate));
  await events.afterTheFirstRun();
  await paysBack.childLeaves();
  tell.say(`\nA week later, ${second}:`);
  await weeklyRun(api, second, tell);
  await events.afterTheSecondRun();
  await paysBack.agrees(api, tell);
  await betweenThem();
  tell.say(`\nAnd the week after that, ${third}, is left for you:`);
  const runId = await pricedRun(api, third, tell);
  await events.inThePricedRun(runId);
  tell.say('Two support plans, new bank details and an overpayment wait for a second person.');
}
