import { referencesOf } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { planContents } from '../store/plan-content.ts';
import { proposedPlans } from '../store/plan.store.ts';

/** A plan that waits for a second person. */
export interface WaitingPlan {
  readonly planId: string;
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
    ...{ planId: id, family: references.get(familyId) ?? '', standard, supportFrom, proposedBy },
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
