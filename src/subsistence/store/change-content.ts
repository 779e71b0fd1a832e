import type { Transaction } from '../../platform/index.ts';
import { lastLines } from '../../payments/index.ts';
import { type ChangeEffect, changeEffect } from '../domain/change-effect.ts';
import type { ChangeGround } from '../domain/check-plan.ts';
import type { PlanChangeTerms } from '../domain/plan-change.ts';
import { type PlanChangeRow, readPlanChange, termsOf } from './plan-change.store.ts';
import { digest, planFingerprint, type PlanWithFacts, plansWithFacts } from './plan-content.ts';
import type { PlanRow } from './plan.store.ts';

/** What a second person signs of a change: what it says, the plan and household as they stand, and what it does. */
export interface ChangeContent {
  readonly change: PlanChangeRow;
  readonly fingerprint: Buffer;
  readonly effect: ChangeEffect;
}

/** Digests a change with the plan as it stands. Any change of either, or of the household, gives another fingerprint. */
export async function changeContent(tx: Transaction, changeId: string): Promise<ChangeContent> {
  const change = await readPlanChange(tx, changeId);
  const { effect, stands } = await effectOf(tx, change.planId, termsOf(change));
  const fingerprint = digest([
    termsOf(change),
    stands.plan.version,
    planFingerprint(stands.plan, stands.facts).toString('hex'),
  ]);
  return { change, fingerprint, effect };
}

/** Works out what a change of a plan would do, saved or not. @throws no_rate_in_force */
export async function effectOf(
  tx: Transaction,
  planId: string,
  terms: PlanChangeTerms,
): Promise<{ stands: PlanWithFacts; effect: ChangeEffect }> {
  const [stands] = await plansWithFacts(tx, [planId]);
  if (!stands) throw new Error(`plan ${planId} has no content`);
  const paid = { from: stands.plan.paidUpTo, to: await paidTo(tx, stands.plan) };
  return { stands, effect: changeEffect(stands.facts, terms, stands.rates, paid, tx.today) };
}

/** Gives what a change of a plan is held against. */
export async function changeGround(tx: Transaction, plan: PlanRow): Promise<ChangeGround> {
  const [stands] = await plansWithFacts(tx, [plan.id]);
  const { supportFrom, supportTo, standard, paidUpTo } = plan;
  const facts = stands?.facts;
  return {
    ...{ supportFrom, supportTo, standard, paidUpTo, paidTo: await paidTo(tx, plan), today: tx.today },
    memberIds: facts?.members.map((member) => member.id) ?? [],
    topUps: facts?.topUps.map(({ id, from, to }) => ({ id, from: from ?? null, to: to ?? null })) ?? [],
    hasOverride: facts?.overrides?.some((override) => !override.to) ?? false,
  };
}

/** Gives the first day a plan is not paid yet; days of a run that is under way count as paid. */
export async function paidTo(tx: Transaction, plan: PlanRow): Promise<PlanRow['paidUpTo']> {
  const [last] = await lastLines(tx, [plan.id]);
  return last?.coversTo ?? plan.paidUpTo;
}
