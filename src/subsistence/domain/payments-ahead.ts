import { Money, type Period, type PlainDate } from '../../kernel/index.ts';
import type { RateTable } from './entitlement/entitlement.ts';
import type { Explanation, Posted } from './explanation.ts';
import { afterPaying } from './recovery.ts';
import { dueDays, type PaidSoFar, type PlanToPrice, pricePlan } from './price-plan.ts';

/** A payment that is to come, as a run would price it today. */
export interface PaymentAhead {
  readonly payDate: PlainDate;
  readonly period: Period;
  /** Absent where it would be held: no rate in force, or nothing due. */
  readonly amount: Money | null;
  readonly explanation: Explanation;
}

/**
 * Works out a family's coming payments one after the other, each on top of the one before, as runs will.
 *
 * Later news changes them: births, rates, members. Dates that pay nothing are left out.
 * @param posted everything posted so far; asked for (`needs-past`) only when days already paid are worth something else now
 */
export function paymentsAhead(
  asItIs: PlanToPrice,
  paidSoFar: PaidSoFar | undefined,
  payDates: readonly PlainDate[],
  rates: RateTable,
  posted?: readonly Posted[],
): PaymentAhead[] | 'needs-past' {
  const ahead: PaymentAhead[] = [];
  let paid = paidSoFar;
  let plan = asItIs;
  for (const payDate of payDates) {
    const period = dueDays(plan, paid, payDate);
    if (!period) continue;
    const line = pricePlan(plan, paid, payDate, period, rates, posted);
    if (line === 'needs-past') return line;
    if (!line) continue;
    ahead.push({ payDate, period, amount: line.holdCode === null ? line.amount : null, explanation: line.explanation });
    if (line.holdCode !== null) continue;
    const { owedSevenths, carrySevenths, standing } = line;
    paid = { coversTo: period.to, owedSevenths, carrySevenths, standing };
    if (plan.recovery && line.recovered)
      plan = { ...plan, recovery: afterPaying(plan.recovery, Money.gbp(line.recovered.amount).toPence()) };
  }
  return ahead;
}
