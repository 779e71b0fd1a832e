import { bacsDays, type CouncilCalendars, lateBacsDays } from '../../calendar/index.ts';
import { addDays, later, type PlainDate } from '../../kernel/index.ts';
import { type HolidayRun, releasedPayDates, replanRuns, runsPastChanging } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { arrivalsBetween, broughtForward } from '../domain/holiday-effect.ts';
import { tellEarly } from '../early-jobs.ts';
import { bringForward, familiesPromised, insertReplan, oneAtATime, promisesAfter } from '../store/holiday.store.ts';

/** A pay date whose money comes earlier, and for how many families. */
export interface DateBroughtForward {
  readonly payDate: PlainDate;
  readonly before: PlainDate;
  readonly arrivesOn: PlainDate;
  readonly families: number;
}

/** A pay date whose money can no longer arrive as promised: nothing here can change that. A person tells the families. */
export interface DatePastChanging {
  readonly payDate: PlainDate;
  readonly promised: PlainDate;
  readonly soonest: PlainDate;
  readonly families: number;
}

/** What a new bank holiday does. */
export interface HolidayEffect {
  readonly replanId: string | null;
  readonly families: number;
  readonly dates: readonly DateBroughtForward[];
  readonly past: readonly DatePastChanging[];
  readonly runs: readonly HolidayRun[];
}

/** What is told where families hear of a day later than they are owed. */
export const USUAL_APOLOGY =
  'We are sorry that we could not tell you sooner. The bank holiday was announced only a short time ago.';

/** Eight payments of every four weeks, and some. */
const DAYS_PROMISED = 8 * 28 + 42;

/**
 * Goes over what was promised after a day became a holiday: promises come earlier where they still can, open runs get
 * new days, and families are told. Safe to do again: then there is nothing to do.
 */
export async function replanPromises(
  tx: Transaction,
  calendars: CouncilCalendars,
  { oneOffId, apology }: { readonly oneOffId: string | null; readonly apology: string },
): Promise<HolidayEffect> {
  await oneAtATime(tx);
  const { movable, past } = await promisesUpset(tx, calendars);
  const runs = await replanRuns(tx, calendars);
  const dates = movable.map(({ payDate, arrivesOn, earlier, families }) => ({
    ...{ payDate, before: arrivesOn, arrivesOn: earlier, families },
  }));
  if (movable.length === 0) return { replanId: null, families: 0, dates, past, runs };
  const families = await familiesPromised(tx, movable);
  const promises = movable.reduce((sum, each) => sum + each.families, 0);
  const replanId = await insertReplan(tx, { oneOffId, promises, families, apology });
  await bringForward(tx, replanId, movable);
  tx.audit({
    ...{ action: 'subsistence.promises-brought-forward', subjectKind: 'holiday-replan', subjectId: replanId },
    detail: { oneOff: oneOffId, families, dates: dates.map(({ payDate, arrivesOn }) => `${payDate} to ${arrivesOn}`) },
  });
  tx.announce({ topic: tellEarly, key: `replan-${replanId}`, payload: {} });
  return { replanId, families, dates, past, runs };
}

/** Finds the promises a holiday upsets: those that can still come earlier, and those that cannot be kept any more. */
export async function promisesUpset(tx: Transaction, calendars: CouncilCalendars) {
  const calendar = arrivalsBetween(tx.today, addDays(tx.today, DAYS_PROMISED), calendars);
  const upset = broughtForward(await promisesAfter(tx, calendar), calendars);
  const payDates = upset.map((each) => each.payDate);
  const released = payDates.length === 0 ? new Set<PlainDate>() : await releasedPayDates(tx, payDates);
  const { council, bacs } = calendars;
  const isOpen = ({ payDate }: (typeof upset)[number]): boolean =>
    !released.has(payDate) && bacsDays(payDate, council, bacs).inputDay >= tx.today;
  const sent = new Map((await runsPastChanging(tx, calendars)).map((run) => [run.payDate, run.arrivesOn]));
  const past = upset
    .filter((each) => !isOpen(each))
    .map(({ payDate, arrivesOn, families }) => {
      const soonest = sent.get(payDate) ?? later(lateBacsDays(tx.today, bacs).entryDay, arrivesOn);
      return { payDate, promised: arrivesOn, soonest, families };
    })
    // A council's own day off: the banks work, and the money comes on the day after all.
    .filter((each) => each.soonest > each.promised);
  return { movable: upset.filter(isOpen), past };
}
