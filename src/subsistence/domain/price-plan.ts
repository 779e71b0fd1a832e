import { createHash } from 'node:crypto';
import { addDays, DomainError, earlier, lengthInDays, Money, type Period, type PlainDate } from '../../kernel/index.ts';
import { backDatedChanges, upAndDown } from './back-dated.ts';
import { entitlement, type RateTable, worth } from './entitlement/entitlement.ts';
import type { Entitlement, EntitlementFacts } from './entitlement/facts.ts';
import { exactPounds, paymentOf } from './entitlement/payment-of.ts';
import type { Explanation } from './explanation.ts';

/** A plan with everything its price depends on. */
export interface PlanToPrice {
  readonly facts: EntitlementFacts;
  readonly frequencyDays: number;
  /** The first day Mainstay pays for: where its own books begin. */
  readonly paidUpTo: PlainDate;
}

/** How far the plan was paid, by its last posted line. */
export interface PaidSoFar {
  readonly coversTo: PlainDate;
  /** Exact worth of all days from `paidUpTo` to `coversTo`, as recognised then. */
  readonly owedSevenths: bigint;
  readonly carrySevenths: number;
}

/** One line of a run before it is written. */
export interface PricedLine {
  readonly period: Period;
  readonly amount: Money;
  readonly owedSevenths: bigint;
  readonly carrySevenths: number;
  readonly overpaidSevenths: bigint;
  readonly holdCode: 'nothing-due' | 'no-rate' | null;
  readonly inputFingerprint: string;
  readonly explanation: Explanation;
}

/** Gives the days a run for a pay date would pay a plan, or nothing when it is not due: paid ahead, or support over. */
export function dueDays(plan: PlanToPrice, paid: PaidSoFar | undefined, payDate: PlainDate): Period | undefined {
  const from = paid?.coversTo ?? plan.paidUpTo;
  const next = addDays(payDate, plan.frequencyDays);
  const to = plan.facts.supportTo ? earlier(next, plan.facts.supportTo) : next;
  return from <= payDate && from < to ? { from, to } : undefined;
}

/**
 * Prices one plan for one pay date: arrears, the period in advance, back-dated changes and carried fractions, rounded once.
 *
 * @param paidExplanations everything paid so far; asked for (`needs-past`) only when days already paid are worth something else now
 */
export function pricePlan(
  plan: PlanToPrice,
  paid: PaidSoFar | undefined,
  payDate: PlainDate,
  period: Period,
  rates: RateTable,
  paidExplanations?: readonly Explanation[],
): PricedLine | 'needs-past' {
  const inputFingerprint = fingerprintOf(plan, paid, period, rates);
  try {
    const now = entitlement(plan.facts, period, rates);
    const past = paid ? entitlement(plan.facts, { from: plan.paidUpTo, to: paid.coversTo }, rates) : undefined;
    const changed = past !== undefined && past.sevenths !== paid?.owedSevenths;
    if (changed && !paidExplanations) return 'needs-past';
    const backDated = changed ? backDatedChanges(past.lines, paidExplanations ?? []) : [];
    const { up, down } = upAndDown(backDated);
    const carriedIn = paid?.carrySevenths ?? 0;
    const { amount, carry } = paymentOf(now.sevenths + up, carriedIn);
    const holdCode = amount.isPositive() ? null : 'nothing-due';
    return {
      ...{ period, amount, carrySevenths: carry, overpaidSevenths: down, holdCode, inputFingerprint },
      owedSevenths: (past?.sevenths ?? 0n) + now.sevenths,
      explanation: { ...explained(plan, now, payDate, period), backDated, carriedIn, carriedOut: carry },
    };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'no_rate_in_force')
      return unpriced(plan, payDate, period, inputFingerprint);
    throw error;
  }
}

/** Says whether a stored explanation, line by line and in all, adds up to what was paid: the auditor's recomputation. */
export function addsUp(explanation: Explanation, amount: Money): boolean {
  let sevenths = BigInt(explanation.carriedIn) - BigInt(explanation.carriedOut) + upAndDown(explanation.backDated).up;
  for (const line of explanation.lines) {
    const exact = worth({ days: line.days, weeklyPence: Money.gbp(line.weekly).toPence() });
    if (line.days !== lengthInDays(line) || line.amount !== exactPounds(exact)) return false;
    sevenths += exact;
  }
  const told = explanation.backDated.every((change) => change.amount === exactPounds(BigInt(change.sevenths)));
  return told && sevenths === amount.toPence() * 7n;
}

function explained(plan: PlanToPrice, now: Entitlement, payDate: PlainDate, period: Period): Explanation {
  const { standard } = plan.facts;
  const lines = now.lines.map(({ component, memberId, from, to, days, weeklyPence, basis }) => ({
    ...{ component, memberId, from, to, days, basis },
    weekly: Money.fromPence(weeklyPence).toString(),
    amount: exactPounds(worth({ days, weeklyPence })),
  }));
  return { standard, payDate, ...period, lines, backDated: [], carriedIn: 0, carriedOut: 0, flags: now.flags };
}

function unpriced(plan: PlanToPrice, payDate: PlainDate, period: Period, inputFingerprint: string): PricedLine {
  const nothing: Entitlement = { sevenths: 0n, lines: [], flags: [] };
  return {
    ...{ period, amount: Money.zero, owedSevenths: 0n, carrySevenths: 0, overpaidSevenths: 0n, holdCode: 'no-rate' },
    ...{ inputFingerprint, explanation: explained(plan, nothing, payDate, period) },
  };
}

/** Fingerprints everything a price depends on, so that the same inputs are seen to be the same. */
function fingerprintOf(plan: PlanToPrice, paid: PaidSoFar | undefined, period: Period, rates: RateTable): string {
  // What else a caller keeps with `paid` (its number, its run's state) is no part of the price.
  const before = paid ? [paid.coversTo, paid.owedSevenths, paid.carrySevenths] : null;
  const inputs = [plan, before, period, versionsOf(rates)];
  const text = JSON.stringify(inputs, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  return createHash('sha256').update(text).digest('hex');
}

const versions = new WeakMap<RateTable, string>();

function versionsOf(rates: RateTable): string {
  const known = versions.get(rates);
  if (known !== undefined) return known;
  const all = [...rates.values()]
    .flat()
    .map((rate) => [rate.component, rate.version, rate.weeklyPence, rate.effectiveFrom]);
  versions.set(rates, all.map(String).toSorted().join(';'));
  return versions.get(rates) as string;
}
