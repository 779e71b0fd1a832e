import { createHash } from 'node:crypto';
import { membersForPricing } from '../../families/index.ts';
import type { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { RateTable } from '../domain/entitlement/entitlement.ts';
import type { EntitlementFacts } from '../domain/entitlement/facts.ts';
import { weekOf } from '../domain/week-of.ts';
import { keptOf } from './fall.store.ts';
import { factsOf, grouped } from './plan-facts.ts';
import { type PlanRow, plansByIds, topUpsOf } from './plan.store.ts';
import { rateTables } from './rate.store.ts';

/** A plan with everything its amounts depend on. */
export interface PlanWithFacts {
  readonly plan: PlanRow;
  readonly facts: EntitlementFacts;
  readonly rates: RateTable;
}

/** What a second person signs: a plan's terms and the people it is for, and what its first week comes to. */
export interface PlanContent {
  readonly planId: string;
  readonly familyId: string;
  readonly fingerprint: Buffer;
  readonly weekly: Money;
}

/** Reads plans with their households, top-ups and rates, in order of their numbers. @param asTold as in `keptOf` */
export async function plansWithFacts(
  tx: Transaction,
  planIds: readonly string[],
  asTold?: true,
): Promise<PlanWithFacts[]> {
  const plans = await plansByIds(tx, planIds);
  const familyIds = plans.map((plan) => plan.familyId);
  const members = grouped(await membersForPricing(tx, familyIds), (row) => row.familyId);
  const topUps = grouped(await topUpsOf(tx, planIds), (row) => row.planId);
  const kept = await keptOf(tx, planIds, asTold);
  const tables = await rateTables(tx);
  return plans.map((plan) => ({
    plan,
    facts: factsOf(plan, members.get(plan.familyId) ?? [], topUps.get(plan.id) ?? [], kept.get(plan.id) ?? []),
    rates: tables.get(plan.rateTable) ?? new Map(),
  }));
}

/** Digests plans as they stand: terms, members, top-ups. Any change gives another fingerprint. @throws no_rate_in_force */
export async function planContents(tx: Transaction, planIds: readonly string[]): Promise<PlanContent[]> {
  return (await plansWithFacts(tx, planIds)).map(({ plan, facts, rates }) => ({
    ...{ planId: plan.id, familyId: plan.familyId, fingerprint: planFingerprint(plan, facts) },
    weekly: weekOf(facts, plan.paidUpTo, rates).amount,
  }));
}

/** Digests one plan with what was decided about it and the people it is for. */
export function planFingerprint(plan: PlanRow, facts: EntitlementFacts): Buffer {
  const { familyId, fundId, rateTable, standardReason, frequencyDays, payDay, paidUpTo } = plan;
  return digest([{ familyId, fundId, rateTable, standardReason, frequencyDays, payDay, paidUpTo }, facts]);
}

/** Digests anything written as JSON; whole pence as their digits. */
export function digest(content: unknown): Buffer {
  const text = JSON.stringify(content, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  return createHash('sha256').update(text).digest();
}
