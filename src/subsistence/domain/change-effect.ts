import { addDays, later, Money, type Period, type PlainDate, plainDate } from '../../kernel/index.ts';
import { entitlement, type RateTable, worth } from './entitlement/entitlement.ts';
import type { EntitlementFacts } from './entitlement/facts.ts';
import { paymentOf } from './entitlement/payment-of.ts';
import { factsAfter, type PlanChangeTerms } from './plan-change.ts';
import { type Week, weekOf } from './week-of.ts';

/** What a change of a plan does to the money, for whoever proposes it or decides about it. */
export interface ChangeEffect {
  readonly before: Week;
  readonly after: Week;
  /** For days already paid: what the next run pays besides, and what it finds to have been paid too much. */
  readonly arrears: Money;
  readonly overpaid: Money;
  /** From the first day not yet paid to the end of the financial year. */
  readonly toYearEnd: { readonly day: PlainDate; readonly before: Money; readonly after: Money };
}

/** The days of a plan that were paid, closed-open; empty when nothing was. */
export type PaidDays = Period;

/** Works out what a change does: the week it begins, days already paid, and the rest of the year. @throws no_rate_in_force */
export function changeEffect(
  facts: EntitlementFacts,
  change: PlanChangeTerms,
  rates: RateTable,
  paid: PaidDays,
  today: PlainDate,
): ChangeEffect {
  const changed = factsAfter(facts, change);
  const week = change.kind === 'standard' ? later(today, facts.supportFrom) : change.from;
  const { arrears, overpaid } = difference(facts, changed, rates, paid);
  return {
    ...{ before: weekOf(facts, week, rates), after: weekOf(changed, week, rates), arrears, overpaid },
    toYearEnd: {
      day: yearEnd(today),
      before: costToYearEnd(facts, rates, paid.to, today),
      after: costToYearEnd(changed, rates, paid.to, today),
    },
  };
}

/** Gives what support costs from the first day not yet paid to the end of the financial year. @throws no_rate_in_force */
export function costToYearEnd(facts: EntitlementFacts, rates: RateTable, from: PlainDate, today: PlainDate): Money {
  const to = addDays(yearEnd(today), 1);
  if (from >= to) return Money.zero;
  return paymentOf(entitlement(facts, { from, to }, rates).sevenths).amount;
}

/** Gives the last day of the financial year a day is in: 31 March. */
export function yearEnd(today: PlainDate): PlainDate {
  const year = BigInt(today.slice(0, 4)) + (today.slice(5) <= '03-31' ? 0n : 1n);
  return plainDate(`${year}-03-31`);
}

/** Compares subject by subject, as a run does: what went up is paid, what went down waits for a person. */
function difference(now: EntitlementFacts, then: EntitlementFacts, rates: RateTable, paid: PaidDays) {
  if (paid.from >= paid.to) return { arrears: Money.zero, overpaid: Money.zero };
  const sums = new Map<string, bigint>();
  const add = (facts: EntitlementFacts, sign: 1n | -1n): void => {
    for (const line of entitlement(facts, paid, rates).lines) {
      const key = `${line.component} ${line.memberId ?? ''} ${line.topUpId ?? ''}`;
      sums.set(key, (sums.get(key) ?? 0n) + sign * worth(line));
    }
  };
  add(then, 1n);
  add(now, -1n);
  const sumOf = (which: (sevenths: bigint) => boolean): bigint =>
    [...sums.values()].filter(which).reduce((sum, each) => sum + each, 0n);
  return {
    arrears: paymentOf(sumOf((sevenths) => sevenths > 0n)).amount,
    overpaid: paymentOf(-sumOf((sevenths) => sevenths < 0n)).amount,
  };
}
