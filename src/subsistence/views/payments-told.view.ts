import type { CouncilCalendars } from '../../calendar/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { ToldPayment } from '../../notices/index.ts';
import { linesAhead } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { grouped } from '../store/plan-facts.ts';
import type { PlanRow } from '../store/plan.store.ts';
import { type PlanAhead, plansAhead } from './payments-ahead.view.ts';

/** A coming payment as a family is told of it, with the pay date it is for. */
export interface PaymentToTell extends ToldPayment {
  readonly payDate: PlainDate;
  readonly isEarly: boolean;
}

/** A plan with the payments its family is told of. */
export interface PlanToTell {
  readonly plan: PlanRow;
  readonly payments: readonly PaymentToTell[];
}

/**
 * Lists the coming payments of plans for telling their families: those that stand in a run already, then those a run would
 * price today. Each lasts until the next one arrives: longer after an early payment, shorter before it.
 */
export async function paymentsToTell(
  tx: Transaction,
  planIds: readonly string[],
  asked: { readonly count: number; readonly calendars: CouncilCalendars },
): Promise<Map<string, PlanToTell>> {
  const ahead = await plansAhead(tx, planIds, asked);
  const inRuns = grouped(await linesAhead(tx, planIds, tx.today), (line) => line.sourceId);
  return new Map(
    [...ahead].map(([id, plan]) => [id, { plan: plan.plan, payments: together(plan, inRuns.get(id) ?? []) }]),
  );
}

function together(
  { plan, payments }: PlanAhead,
  inRuns: readonly { readonly payDate: PlainDate; readonly arrivesOn: PlainDate; readonly amount: string }[],
): PaymentToTell[] {
  const first = payments[0]?.payDate;
  const standing = inRuns.filter(({ payDate }) => first === undefined || payDate < first);
  const next = payments[0]?.arrivesOn ?? plan.supportTo;
  return [
    ...standing.map((line, index) => ({
      ...{ payDate: line.payDate, arrivesOn: line.arrivesOn, amount: line.amount },
      ...{ lastsUntil: standing[index + 1]?.arrivesOn ?? next ?? line.payDate },
    })),
    ...payments.map(({ payDate, arrivesOn, amount, lastsUntil }) => ({ payDate, arrivesOn, amount, lastsUntil })),
  ].map((each) => ({ ...each, isEarly: each.arrivesOn < each.payDate }));
}
