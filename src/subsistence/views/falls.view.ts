import { referencesOf } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { fallById, type FallRow, keptFalls } from '../store/fall.store.ts';
import { plansByIds, readPlan } from '../store/plan.store.ts';

/** Reads one lower amount, and whose it is, for whoever looks after the family. @throws no_such_fall */
export async function readFall(tx: Transaction, id: string): Promise<FallRow & { readonly familyId: string }> {
  const fall = await fallById(tx, id);
  return { ...fall, familyId: (await readPlan(tx, fall.planId)).familyId };
}

/** Lists the lower amounts nobody told their families of in time, by the family's reference, for whoever tells them again. */
export async function keptFallsListed(tx: Transaction, limit: number): Promise<{ id: string; family: string }[]> {
  const falls = await keptFalls(tx, limit);
  const plans = await plansByIds(tx, [...new Set(falls.map((fall) => fall.planId))]);
  const familyOf = new Map(plans.map((plan) => [plan.id, plan.familyId]));
  const names = await referencesOf(tx, [...new Set(familyOf.values())]);
  return falls.map(({ id, planId }) => ({ id, family: names.get(familyOf.get(planId) ?? '') ?? '' }));
}
