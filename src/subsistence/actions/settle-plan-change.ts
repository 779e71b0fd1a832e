import { tellThatItStays, withdrawNotices } from '../../notices/index.ts';
import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { faultsOfChange } from '../domain/check-plan.ts';
import { LESS_THAN_TOLD } from '../domain/kept-because.ts';
import { changeGround, effectOf } from '../store/change-content.ts';
import { applyChange, keepPlan, type PlanChangeRow, termsOf } from '../store/plan-change.store.ts';
import { readPlan } from '../store/plan.store.ts';
import type { ChangePreviews } from '../views/change-preview.view.ts';

/** Puts a change that waited for its notice into effect; where the plan no longer takes it, the plan is kept. */
export async function takeChangeIntoEffect(
  tx: Transaction,
  change: PlanChangeRow,
  previews: ChangePreviews,
): Promise<void> {
  await tx.query(`select 1 from subsistence.plan where id = $1 for update`, [change.planId]);
  const [fault] = faultsOfChange(termsOf(change), await changeGround(tx, await readPlan(tx, change.planId)));
  if (fault) return keepAsItIs(tx, change, `The plan changed meanwhile. ${fault.reason}`, previews);
  const { effect } = await effectOf(tx, change.planId, termsOf(change));
  if (change.from && effect.after.amount.compare(Money.gbp(change.weeklyAfter ?? '0.00')) < 0)
    return keepAsItIs(tx, change, LESS_THAN_TOLD, previews);
  await applyChange(tx, change, null);
  tx.audit({
    ...{ action: 'subsistence.plan-change-in-effect', subjectKind: 'plan', subjectId: change.planId },
    detail: { change: change.id, kind: change.kind, notice: change.noticeId },
  });
}

/** Keeps a plan as it is, because nothing proves that the family was told of the change in time, and tells it so. */
export async function keepAsItIs(
  tx: Transaction,
  change: PlanChangeRow,
  because: string,
  previews: ChangePreviews,
): Promise<void> {
  await tx.because(because);
  await keepPlan(tx, change.id, because);
  await callOff(tx, change, because, previews);
  tx.audit({
    ...{ action: 'subsistence.plan-kept', subjectKind: 'plan', subjectId: change.planId },
    detail: { change: change.id, kind: change.kind },
  });
  await tx.because('');
}

/** Takes back the notice of a change that does not happen; a family that may have read it is told so. */
export async function callOff(
  tx: Transaction,
  { noticeId, planId }: PlanChangeRow,
  because: string,
  previews: ChangePreviews,
): Promise<void> {
  if (!noticeId) return;
  await withdrawNotices(tx, [noticeId], because);
  await tellThatItStays(tx, noticeId, () => previews.paymentsToTell(tx, planId));
}
