import type { CouncilCalendars } from '../../calendar/index.ts';
import { familyReach } from '../../families/index.ts';
import { addDays, daysBetween, later, type PlainDate } from '../../kernel/index.ts';
import {
  draftNotices,
  type EarlyPaymentFacts,
  type NewNotice,
  serveNotices,
  type Telling,
} from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { earlyNoticeLead } from '../domain/calendar-quarter.ts';
import { insertSent, plansInQuarter, readIssue, sentAlready } from '../store/calendar-issue.store.ts';
import {
  type EarlyToTell,
  earlyToTell,
  insertEarlyTellings,
  type NewEarlyTelling,
} from '../store/early-telling.store.ts';
import { oneAtATime } from '../store/holiday.store.ts';
import { type PaymentToTell, paymentsToTell, type PlanToTell } from '../views/payments-told.view.ts';
import { calendarWay } from '../views/payment-calendars.view.ts';

/** What telling of dates needs to know of the council. */
export interface DatesTold {
  readonly calendars: CouncilCalendars;
  readonly times: Telling;
}

/** A calendar on its way is waited for until so many days before the last day in time. */
const DAYS_TO_SPARE = 10;
const FAMILIES_AT_ONCE = 500;

/** Finds early payments their families are to be told of now, by a council that owes so many days' notice. */
export function dueToTell(tx: Transaction, noticeDays: number, limit = FAMILIES_AT_ONCE): Promise<EarlyToTell[]> {
  return earlyToTell(tx, { daysAhead: earlyNoticeLead(noticeDays), daysToSpare: DAYS_TO_SPARE }, limit);
}

/**
 * Sends an issue of the calendar to the next some hundreds of plans. Safe to do again: who has it gets no other.
 * @returns the last plan looked at, when more may follow
 */
export async function sendNextCalendars(
  tx: Transaction,
  issueId: string,
  after: string,
  council: DatesTold,
): Promise<string | undefined> {
  await oneAtATime(tx);
  const issue = await readIssue(tx, issueId);
  const plans = await plansInQuarter(tx, issue, after, FAMILIES_AT_ONCE);
  const reach = await familyReach(
    tx,
    plans.map((each) => each.familyId),
  );
  const done = await sentAlready(
    tx,
    issueId,
    plans.map((each) => each.planId),
  );
  const reached = plans.filter(
    ({ planId, familyId }) => !done.has(planId) && calendarWay(reach.get(familyId), council.times),
  );
  const count = Math.ceil(daysBetween(tx.today, issue.to) / 7) + 1;
  const planIds = reached.map((each) => each.planId);
  const ahead = await paymentsToTell(tx, planIds, { count, calendars: council.calendars });
  const told = [...ahead.values()]
    .map(({ plan, payments }) => ({ plan, payments: payments.filter(({ payDate }) => isIn(payDate, issue, tx.today)) }))
    .filter(({ payments }) => payments.length > 0);
  await writeCalendars(tx, issueId, told, council);
  return plans.length === FAMILIES_AT_ONCE ? plans.at(-1)?.planId : undefined;
}

function isIn(payDate: PlainDate, { from, to }: { from: PlainDate; to: PlainDate }, today: PlainDate): boolean {
  return payDate >= later(from, today) && payDate < to;
}

async function writeCalendars(
  tx: Transaction,
  issueId: string,
  told: readonly PlanToTell[],
  { times }: DatesTold,
): Promise<void> {
  const { noticeDays } = times.policy;
  const notices = told.map(({ plan, payments }): NewNotice => ({
    familyId: plan.familyId,
    facts: { kind: 'calendar', payments: payments.map(asTold) },
    ...{ affectsOn: payments.find((each) => each.isEarly)?.arrivesOn ?? null, noticeDays },
  }));
  const ids = await draftNotices(tx, notices);
  const sent = told.map(({ plan }, index) => ({ planId: plan.id, noticeId: ids[index] as string }));
  await insertSent(tx, issueId, sent);
  const early = told.flatMap(({ plan, payments }, index): NewEarlyTelling[] =>
    payments
      .filter((each) => each.isEarly)
      .map(({ payDate, arrivesOn }) => ({
        ...{ planId: plan.id, payDate, arrivesOn, noticeId: ids[index] as string },
        neededBy: addDays(arrivesOn, -noticeDays - 1),
      })),
  );
  await insertEarlyTellings(tx, early, false);
  await serveNotices(tx, ids);
}

/**
 * Tells the next some hundreds of families of payments that come early. Safe to do again: each payment has one notice.
 * @returns the last payment told of, when more may follow
 */
export async function tellNextEarly(tx: Transaction, council: DatesTold): Promise<EarlyToTell | undefined> {
  await oneAtATime(tx);
  const { noticeDays } = council.times.policy;
  const due = await dueToTell(tx, noticeDays);
  if (due.length === 0) return undefined;
  const planIds = [...new Set(due.map((each) => each.planId))];
  const ahead = await paymentsToTell(tx, planIds, { count: 10, calendars: council.calendars });
  const familyIds = [...ahead.values()].map(({ plan }) => plan.familyId);
  const reach = await familyReach(tx, familyIds);
  const told = due.map((each) => {
    const toTell = ahead.get(each.planId) as PlanToTell;
    const { familyId } = toTell.plan;
    const neededBy = addDays(each.arrivesOn, -noticeDays - 1);
    const family = reach.get(familyId);
    const receivedOn = (family && council.times.expected(family)?.receivedOn) ?? tx.today;
    return { ...each, neededBy, familyId, facts: factsOf(toTell, each, receivedOn > neededBy) };
  });
  const notices = told.map(({ familyId, facts, arrivesOn }) => ({ familyId, facts, affectsOn: arrivesOn, noticeDays }));
  const ids = await draftNotices(tx, notices);
  const tellings = told.map(({ planId, payDate, arrivesOn, neededBy }, index) => ({
    ...{ planId, payDate, arrivesOn, neededBy, noticeId: ids[index] as string },
  }));
  await insertEarlyTellings(tx, tellings, true);
  await serveNotices(tx, ids);
  return due.length === FAMILIES_AT_ONCE ? due.at(-1) : undefined;
}

function factsOf(
  { plan, payments }: PlanToTell,
  { payDate, arrivesOn, usualDate, apology }: EarlyToTell,
  isLate: boolean,
): EarlyPaymentFacts {
  const payment = payments.find((each) => each.payDate === payDate);
  // Held, or nothing is due: the day is told all the same, and the one after it.
  const next = payments.find((each) => each.payDate > payDate)?.arrivesOn ?? plan.supportTo ?? addDays(payDate, 7);
  return {
    ...{ kind: 'early-payment', usualDate },
    payment: { arrivesOn, amount: payment?.amount ?? null, lastsUntil: payment?.lastsUntil ?? next },
    urgent: isLate && apology !== null ? { apology } : null,
  };
}

function asTold({ arrivesOn, amount, lastsUntil, isEarly }: PaymentToTell) {
  return { arrivesOn, amount, lastsUntil, isEarly };
}
