import type { CouncilCalendars } from '../../calendar/index.ts';
import { draftNotices, mayHaveBeenRead, serveNotices, withdrawNotices } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { payDatesFrom } from '../domain/pay-rhythm.ts';
import { keepsDay, type KeepsDay, markInForce, markKept, type PayDayChangeRow } from '../store/pay-day-change.store.ts';
import { readPlan } from '../store/plan.store.ts';
import { asTold } from '../views/move-preview.view.ts';
import { plansAhead } from '../views/payments-ahead.view.ts';
import { DATES_AHEAD, promise } from '../store/promise.store.ts';

/** Why a day is kept that the family was told would move. */
const STAYS: Readonly<Record<KeepsDay, (change: PayDayChangeRow) => string>> = {
  past: () => 'The first day of the move has come already.',
  'not-promised': ({ oldDate }) => `Nothing is promised for ${oldDate} any more.`,
  'on-its-way': ({ oldDate, newDate }) =>
    `A payment for ${oldDate} is on its way already. The move to ${newDate} would leave days without money.`,
};

/**
 * Puts a family's change of pay day into force: old promises are taken back and new ones made, in one step. Where that
 * can no longer come about without missing days, the old day is kept.
 */
export async function takeEffect(tx: Transaction, change: PayDayChangeRow, calendars: CouncilCalendars): Promise<void> {
  const because = await keepsDay(tx, change);
  if (because) return keepOldDay(tx, [change], STAYS[because](change), calendars);
  if (!calendars.bacs.knows(change.newDate))
    return keepOldDay(tx, [change], `The bank holidays of ${change.newDate} are not known yet.`, calendars);
  await markInForce(tx, change);
  const plan = await readPlan(tx, change.planId);
  const dates = payDatesFrom(plan, change.newDate, DATES_AHEAD);
  const made = dates.map((payDate) => ({ planId: plan.id, payDate, madeByMove: change.id }));
  await promise(tx, made, calendars);
  tx.audit({
    ...{ action: 'subsistence.pay-day-moved', subjectKind: 'plan', subjectId: plan.id },
    detail: { change: change.id, oldDate: change.oldDate, newDate: change.newDate, notice: change.noticeId },
  });
}

/** Keeps a family's old day, because nothing proves that it was told of the new one in time. */
export async function keepOldDay(
  tx: Transaction,
  changes: readonly PayDayChangeRow[],
  because: string,
  calendars: CouncilCalendars,
): Promise<void> {
  if (changes.length === 0) return;
  await tx.because(because);
  await markKept(tx, changes, because);
  await withdrawNotices(
    tx,
    changes.map((change) => change.noticeId),
    because,
  );
  for (const { planId, id, oldDate, newDate } of changes)
    tx.audit({
      ...{ action: 'subsistence.pay-day-kept', subjectKind: 'plan', subjectId: planId },
      detail: { change: id, oldDate, newDate },
    });
  await tellThatItStays(tx, changes, calendars);
  // Of these families only: what else moves in this step moves for its own reasons.
  await tx.because('');
}

const PAYMENTS_TOLD = 8;

/** Tells families that may have read of the new day that theirs stays: nobody is to wait on a day nothing comes. */
async function tellThatItStays(
  tx: Transaction,
  changes: readonly PayDayChangeRow[],
  calendars: CouncilCalendars,
): Promise<void> {
  const mayBeRead = await mayHaveBeenRead(
    tx,
    changes.map((change) => change.noticeId),
  );
  const toTell = changes.filter((change) => mayBeRead.has(change.noticeId));
  if (toTell.length === 0) return;
  const ahead = await plansAhead(
    tx,
    toTell.map((change) => change.planId),
    { count: PAYMENTS_TOLD, calendars },
  );
  const notices = toTell.flatMap(({ planId, noticeId, oldDate, newDate }) => {
    const found = ahead.get(planId);
    const payment = found?.payments.find((each) => each.payDate >= oldDate) ?? found?.payments[0];
    if (!found || !payment) return [];
    const next = found.payments.map(asTold);
    const facts = {
      kind: 'pay-day-kept' as const,
      usualDate: payment.arrivesOn,
      notDate: newDate,
      payment: asTold(payment),
      next,
    };
    return [{ familyId: found.plan.familyId, facts, affectsOn: null, noticeDays: 0, takesBack: noticeId }];
  });
  await serveNotices(tx, await draftNotices(tx, notices));
}
