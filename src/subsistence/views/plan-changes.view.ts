import { openRequests } from '../../approvals/index.ts';
import { referencesOf } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ChangeEffect } from '../domain/change-effect.ts';
import { faultsOfChange } from '../domain/check-plan.ts';
import type { PlanChangeTerms } from '../domain/plan-change.ts';
import type { PlanChangeState } from '../plan-change.states.ts';
import { planChangeRefused } from '../plan-problems.ts';
import { changeContent, changeGround } from '../store/change-content.ts';
import { changesIn, changesOfPlans, type PlanChangeRow } from '../store/plan-change.store.ts';
import { plansByIds, readPlan } from '../store/plan.store.ts';

/** A change with what it does, as its decision page shows it. */
export interface PlanChangeDetail extends PlanChangeRow {
  readonly effect: ChangeEffect;
}

/** Shows one change with what it does to the money as things stand. @throws no_such_plan_change */
export async function planChangeDetail(tx: Transaction, id: string): Promise<PlanChangeDetail> {
  const { change, effect } = await changeContent(tx, id);
  return { ...change, effect };
}

/** Holds a change somebody thinks of against the plan as it stands. @throws plan_change_refused naming each place */
export async function checkPlanChange(tx: Transaction, planId: string, terms: PlanChangeTerms): Promise<void> {
  const faults = faultsOfChange(terms, await changeGround(tx, await readPlan(tx, planId)));
  if (faults.length > 0) throw planChangeRefused(faults.map((fault) => fault.reason).join(' '), faults);
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
  readonly proposedOn: PlainDate | null;
}

/** Lists changes that wait, the oldest first. @param states those sent back wait for their proposer */
export async function waitingPlanChanges(
  tx: Transaction,
  limit: number,
  states: readonly PlanChangeState[] = ['proposed'],
  after = '0',
  by: string | null = null,
): Promise<WaitingPlanChange[]> {
  const changes = await changesIn(tx, states, after, limit, by);
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
  const request = new Map(requests.map((each) => [each.subjectId, each]));
  return changes.map(({ id, planId, kind, state, proposedBy }) => ({
    ...{ changeId: id, planId, kind, state, proposedBy, weekly: request.get(id)?.amount ?? '' },
    proposedOn: request.get(id)?.proposedOn ?? null,
    family: references.get(familyOf.get(planId) ?? '') ?? '',
  }));
}
