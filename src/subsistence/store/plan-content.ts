import { createHash } from 'node:crypto';
import { membersForPricing } from '../../families/index.ts';
import { addDays, Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { entitlement } from '../domain/entitlement/entitlement.ts';
import type { EntitlementFacts } from '../domain/entitlement/facts.ts';
import { paymentOf } from '../domain/entitlement/payment-of.ts';
import { factsOf, grouped } from './plan-facts.ts';
import { type PlanRow, plansByIds, topUpsOf } from './plan.store.ts';
import { rateTables } from './rate.store.ts';

/** What a second person signs: a plan's terms and the people it is for, and what its first week comes to. */
export interface PlanContent {
  readonly planId: string;
  readonly familyId: string;
  readonly fingerprint: Buffer;
  readonly weekly: Money;
}

/** Digests plans as they stand: terms, members, top-ups. Any change gives another fingerprint. @throws no_rate_in_force */
export async function planContents(tx: Transaction, planIds: readonly string[]): Promise<PlanContent[]> {
  const plans = await plansByIds(tx, planIds);
  const members = grouped(
    await membersForPricing(
      tx,
      plans.map((plan) => plan.familyId),
    ),
    (row) => row.familyId,
  );
  const topUps = grouped(await topUpsOf(tx, planIds), (row) => row.planId);
  const tables = await rateTables(tx);
  return plans.map((plan) => {
    const facts = factsOf(plan, members.get(plan.familyId) ?? [], topUps.get(plan.id) ?? []);
    const week = { from: plan.paidUpTo, to: addDays(plan.paidUpTo, 7) };
    const weekly = paymentOf(entitlement(facts, week, tables.get(plan.rateTable) ?? new Map()).sevenths).amount;
    return { planId: plan.id, familyId: plan.familyId, fingerprint: digest(plan, facts), weekly };
  });
}

function digest(plan: PlanRow, facts: EntitlementFacts): Buffer {
  const { familyId, fundId, rateTable, standardReason, frequencyDays, payDay, paidUpTo } = plan;
  const content = [{ familyId, fundId, rateTable, standardReason, frequencyDays, payDay, paidUpTo }, facts];
  const text = JSON.stringify(content, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  return createHash('sha256').update(text).digest();
}
