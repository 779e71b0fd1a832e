import { referencesOf } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { planContents } from '../store/plan-content.ts';
import { type PlanRow, plansOfFamily, proposedPlans, readPlan, type TopUpRow, topUpsOf } from '../store/plan.store.ts';
import { promisesOf } from '../store/promise.store.ts';

/** A plan that waits for a second person. */
export interface WaitingPlan {
  readonly planId: string;
  readonly familyId: string;
  readonly family: string;
  readonly standard: string;
  readonly supportFrom: PlainDate;
  readonly weekly: string;
  readonly proposedBy: string;
}

/** Lists plans that wait for approval with what their first week comes to, oldest first. */
export async function waitingPlans(tx: Transaction, limit: number): Promise<WaitingPlan[]> {
  const plans = await proposedPlans(tx, limit);
  const contents = new Map(
    (
      await planContents(
        tx,
        plans.map((plan) => plan.id),
      )
    ).map((each) => [each.planId, each]),
  );
  const references = await referencesOf(
    tx,
    plans.map((plan) => plan.familyId),
  );
  return plans.map(({ id, familyId, standard, supportFrom, proposedBy }) => ({
    ...{ planId: id, familyId, family: references.get(familyId) ?? '', standard, supportFrom, proposedBy },
    weekly: contents.get(id)?.weekly.toString() ?? '',
  }));
}

/** An overpayment with what became of it; `withdrawn` ones take back, without paying, what was found before. */
export interface OverpaymentRow {
  readonly id: string;
  readonly planId: string;
  readonly kind: 'found' | 'withdrawn';
  readonly amount: string;
  readonly outcome: string | null;
  readonly reason: string | null;
}

/** Lists overpayments, those to decide first. */
export function listOverpayments(tx: Transaction, limit: number): Promise<OverpaymentRow[]> {
  return tx.query(
    `select id, plan_id as "planId", kind, amount::numeric(14,2)::text as amount, outcome, reason
       from subsistence.overpayment order by kind = 'withdrawn', outcome is not null, id limit $1`,
    [limit],
  );
}

/** A plan as its family's page and its decision page show it: terms, what its next week comes to, dates promised. */
export interface PlanDetail extends PlanRow {
  readonly weekly: string;
  readonly topUps: readonly TopUpRow[];
  readonly promised: readonly { payDate: PlainDate; arrivesOn: PlainDate }[];
}

/** Shows the plans of a family, the newest first. */
export async function plansFor(tx: Transaction, familyId: string): Promise<PlanDetail[]> {
  return detailed(tx, await plansOfFamily(tx, familyId));
}

/** Shows one plan. @throws no_such_plan */
export async function planDetail(tx: Transaction, planId: string): Promise<PlanDetail> {
  return (await detailed(tx, [await readPlan(tx, planId)]))[0] as PlanDetail;
}

async function detailed(tx: Transaction, plans: readonly PlanRow[]): Promise<PlanDetail[]> {
  const ids = plans.map((plan) => plan.id);
  const contents = new Map((await planContents(tx, ids)).map((each) => [each.planId, each]));
  const topUps = await topUpsOf(tx, ids);
  const shown: PlanDetail[] = [];
  for (const plan of plans)
    shown.push({
      ...plan,
      weekly: contents.get(plan.id)?.weekly.toString() ?? '',
      topUps: topUps.filter((topUp) => topUp.planId === plan.id),
      promised: await promisesOf(tx, plan.id, tx.today),
    });
  return shown;
}
