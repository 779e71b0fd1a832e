import { openRequests } from '../../approvals/index.ts';
import { referencesOf } from '../../families/index.ts';
import { later, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { costToYearEnd, yearEnd } from '../domain/change-effect.ts';
import { rhythmOn } from '../domain/pay-rhythm.ts';
import { type Week, weekOf } from '../domain/week-of.ts';
import { paidTo } from '../store/change-content.ts';
import { planContents, type PlanWithFacts, plansWithFacts } from '../store/plan-content.ts';
import {
  type PlanRow,
  plansByIds,
  plansOfFamily,
  plansWithChangesAsked,
  proposedPlans,
  readPlan,
  type TopUpRow,
  topUpsOf,
} from '../store/plan.store.ts';
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
  readonly proposedOn: PlainDate | null;
}

/** Lists plans that wait for approval with what their first week comes to, oldest first. @param after the last number of the page before */
export async function waitingPlans(tx: Transaction, limit: number, after = '0'): Promise<WaitingPlan[]> {
  return asWaiting(tx, await proposedPlans(tx, limit, after));
}

/** Lists some plans by number, as a list of those that wait shows them. */
export async function chosenPlans(tx: Transaction, planIds: readonly string[]): Promise<WaitingPlan[]> {
  return asWaiting(tx, await plansByIds(tx, planIds));
}

/** Says which of these families have a plan that waits for a second person. */
export async function familiesWithPlanWaiting(tx: Transaction, familyIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select distinct family_id as id from subsistence.plan where state = 'proposed' and family_id = any ($1::bigint[])`,
    [familyIds],
  );
  return new Set(rows.map((row) => row.id));
}

/** Lists plans that were sent back to somebody with what should be different, oldest first. */
export async function plansSentBack(tx: Transaction, proposedBy: string): Promise<WaitingPlan[]> {
  return asWaiting(tx, await plansWithChangesAsked(tx, proposedBy));
}

async function asWaiting(tx: Transaction, plans: readonly PlanRow[]): Promise<WaitingPlan[]> {
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
  const requests = await openRequests(
    tx,
    'support-plan',
    plans.map((plan) => plan.id),
  );
  const since = new Map(requests.map((request) => [request.subjectId, request.proposedOn]));
  return plans.map(({ id, familyId, standard, supportFrom, proposedBy }) => ({
    ...{ planId: id, familyId, family: references.get(familyId) ?? '', standard, supportFrom, proposedBy },
    ...{ weekly: contents.get(id)?.weekly.toString() ?? '', proposedOn: since.get(id) ?? null },
  }));
}

/** A plan as its family's page and its decision page show it: terms, what a week comes to, dates promised. */
export interface PlanDetail extends PlanRow {
  /** The first week while it waits; once approved, the week from today. */
  readonly weekly: string;
  readonly week: Week;
  readonly toYearEnd: { readonly day: PlainDate; readonly cost: string };
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
  const known = new Map((await plansWithFacts(tx, ids)).map((each) => [each.plan.id, each]));
  const topUps = await topUpsOf(tx, ids);
  const shown: PlanDetail[] = [];
  for (const plan of plans) {
    const { facts, rates } = known.get(plan.id) as PlanWithFacts;
    const week = weekOf(facts, plan.state === 'approved' ? later(plan.paidUpTo, tx.today) : plan.paidUpTo, rates);
    const cost = costToYearEnd(facts, rates, await paidTo(tx, plan), tx.today).toString();
    shown.push({
      ...{
        ...plan,
        ...rhythmOn(plan, tx.today),
        week,
        weekly: week.amount.toString(),
        toYearEnd: { day: yearEnd(tx.today), cost },
      },
      topUps: topUps.filter((topUp) => topUp.planId === plan.id),
      promised: await promisesOf(tx, plan.id, tx.today),
    });
  }
  return shown;
}
