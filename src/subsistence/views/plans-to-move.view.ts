import { type FamilyFilter, findFamilies } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { planGlances } from './plan-list.view.ts';

/** Whose pay day is to move: one plan's, or that of every family of a filter with a plan in force. */
export type WhoMoves =
  | { readonly planId: string }
  | {
      readonly filter: FamilyFilter;
      /** 1 = Monday; only those paid on it. */
      readonly payDay?: number;
    };

const MOST_FAMILIES = 100_000;

/** Finds the plans in force of the families somebody means to move. */
export async function plansToMove(tx: Transaction, who: WhoMoves): Promise<string[]> {
  if ('planId' in who) return [who.planId];
  const families = await findFamilies(tx, who.filter, { sort: 'reference', limit: MOST_FAMILIES });
  const glances = await planGlances(
    tx,
    families.map((family) => family.id),
  );
  return families.flatMap((family) => {
    const plan = glances.get(family.id);
    const isMeant = plan?.status === 'approved' && (who.payDay === undefined || plan.payDay === who.payDay);
    return isMeant ? [plan.planId] : [];
  });
}
