import { openRequests } from '../../approvals/index.ts';
import { referencesOf } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ChangeEffect } from '../domain/change-effect.ts';
import type { PlanChangeTerms } from '../domain/plan-change.ts';
import type { PlanChangeState } from '../plan-change.states.ts';
import { changeContent, effectOf } from '../store/change-content.ts';
import { changesIn, changesOfPlans, type PlanChangeRow } from '../store/plan-change.store.ts';
import { plansByIds } from '../store/plan.store.ts';

/** A change with what it does, as its decision page shows it. */
export interface PlanChangeDetail extends PlanChangeRow {
  readonly effect: ChangeEffect;
}

/** Shows one change with what it does to the money as things stand. @throws no_such_plan_change */
export async function planChangeDetail(tx: Transaction, id: string): Promise<PlanChangeDetail> {
  const { change, effect } = await changeContent(tx, id);
  return { ...change, effect };
}

/** Works out what a change somebody thinks of would do. @throws no_such_plan, no_rate_in_force */
export async function previewPlanChange(
  tx: Transaction,
  planId: string,
  terms: PlanChangeTerms,
): Promise<ChangeEffect> {
  return (await effectOf(tx, planId, terms)).effect;
}

/** Lists the changes of one plan, the newest first. */
export function changesOf(tx: Transaction, planId: string): Promise<PlanChangeRow[]> {
  return changesOfPlans(tx, [planId]);
}

/** A change of a plan that waits for a second person. */
export interface WaitingPlanChange {
  readonly changeId: string;
  readonly planId: string;
  readonly family: string;
  readonly kind: PlanChangeRow['kind'];
  readonly state: PlanChangeState;
  /** What a week comes to afterwards. */
  readonly weekly: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
}

/** Lists changes that wait, the oldest first. @param states those sent back wait for their proposer */
export async function waitingPlanChanges(
  tx: Transaction,
  limit: number,
  states: readonly PlanChangeState[] = ['proposed'],
): Promise<WaitingPlanChange[]> {
  const changes = await changesIn(tx, states, '0', limit);
  const plans = await plansByIds(
    tx,
    changes.map((change) => change.planId),
  );
  const familyOf = new Map(plans.map((plan) => [plan.id, plan.familyId]));
  const references = await referencesOf(tx, [...familyOf.values()]);
  const requests = await openRequests(
    tx,
    'support-plan',
    changes.map((change) => change.id),
  );
  const amounts = new Map(requests.map((request) => [request.subjectId, request.amount]));
  return changes.map(({ id, planId, kind, state, proposedBy, proposedAt }) => ({
    ...{ changeId: id, planId, kind, state, proposedBy, proposedAt, weekly: amounts.get(id) ?? '' },
    family: references.get(familyOf.get(planId) ?? '') ?? '',
  }));
}
