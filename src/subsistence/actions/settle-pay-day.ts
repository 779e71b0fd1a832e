import type { CouncilCalendars } from '../../calendar/index.ts';
import { withdrawNotices } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { payDatesFrom } from '../domain/pay-rhythm.ts';
import { markInForce, markKept, type PayDayChangeRow } from '../store/move.store.ts';
import { readPlan } from '../store/plan.store.ts';
import { DATES_AHEAD, promise } from '../store/promise.store.ts';

/** Puts a family's change of pay day into force: old promises are taken back and new ones made, in one step. */
export async function takeEffect(tx: Transaction, change: PayDayChangeRow, calendars: CouncilCalendars): Promise<void> {
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
export async function keepOldDay(tx: Transaction, changes: readonly PayDayChangeRow[], because: string): Promise<void> {
  if (changes.length === 0) return;
  await tx.because(because);
  await markKept(
    tx,
    changes.map((change) => change.id),
    because,
  );
  await withdrawNotices(
    tx,
    changes.map((change) => change.noticeId),
    because,
  );
  for (const { planId, id, oldDate, newDate } of changes)
    tx.audit({
      ...{ action: 'subsistence.pay-day-kept', subjectKind: 'plan', subjectId: planId },
      detail: { change: id, oldDate, newDate: newDate },
    });
}
