import { hash } from 'node:crypto';
import { addDays, DomainError, earlier, lengthInDays, Money, type Period, type PlainDate } from '../../kernel/index.ts';
import { backDatedChanges, standingOf, sumsOf } from './back-dated.ts';
import { entitlement, type RateTable, worth } from './entitlement/entitlement.ts';
import type { Entitlement, EntitlementFacts } from './entitlement/facts.ts';
import { exactPounds, paymentOf, poundsOfPence } from './entitlement/payment-of.ts';
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
  /** The digest its explanation kept of what each subject was worth. */
  readonly standing: string;
}

/** One line of a run before it is written. */
export interface PricedLine {
  readonly period: Period;
  readonly amount: Money;
  readonly owedSevenths: bigint;
  readonly carrySevenths: number;
  readonly overpaidSevenths: bigint;
  readonly withdrawnSevenths: bigint;
  readonly holdCode: 'nothing-due' | 'no-rate' | null;
  readonly inputFingerprint: string;
  readonly explanation: Explanation;
}

/** Gives the days a run for a pay date would pay a plan, or nothing when it is not due: paid ahead, or support over. */
export function dueDays(plan: PlanToPrice, paid: PaidSoFar | undefined, payDate: PlainDate): Period | undefined {
  const from = paid?.coversTo ?? plan.paidUpTo;
  const next = nextPayDate(payDate, plan.frequencyDays);
  const to = plan.facts.supportTo ? earlier(next, plan.facts.supportTo) : next;
  return from <= payDate && from < to ? { from, to } : undefined;
}

const nextPayDates = new Map<string, PlainDate>();

/** Remembers the day: a run asks for the same three, once for each family. */
function nextPayDate(payDate: PlainDate, frequencyDays: number): PlainDate {
  const key = `${payDate} ${frequencyDays}`;
  const known = nextPayDates.get(key);
  if (known !== undefined) return known;
  const next = addDays(payDate, frequencyDays);
  if (nextPayDates.size > 1000) nextPayDates.clear();
  nextPayDates.set(key, next);
  return next;
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
    const changed = past !== undefined && standingOf(past.lines) !== paid?.standing;
    if (changed && !paidExplanations) return 'needs-past';
    const backDated = changed ? backDatedChanges(past.lines, paidExplanations ?? []) : [];
    const { arrears, overpaid, withdrawn } = sumsOf(backDated);
    const carriedIn = paid?.carrySevenths ?? 0;
    const { amount, carry } = paymentOf(now.sevenths + arrears, carriedIn);
    const holdCode = amount.isPositive() ? null : 'nothing-due';
    return {
      ...{ period, amount, carrySevenths: carry, holdCode, inputFingerprint },
      ...{ overpaidSevenths: overpaid, withdrawnSevenths: withdrawn },
      owedSevenths: (past?.sevenths ?? 0n) + now.sevenths,
      explanation: {
        ...{ ...explained(plan, now, payDate, period), backDated, carriedIn, carriedOut: carry },
        standing: standingOf(past ? [...past.lines, ...now.lines] : now.lines),
      },
    };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'no_rate_in_force')
      return unpriced(plan, payDate, period, inputFingerprint);
    throw error;
  }
}

/** Says whether a stored explanation, line by line and in all, adds up to what was paid: the auditor's recomputation. */
export function addsUp(explanation: Explanation, amount: Money): boolean {
  let sevenths = BigInt(explanation.carriedIn) - BigInt(explanation.carriedOut) + sumsOf(explanation.backDated).arrears;
  for (const line of explanation.lines) {
    const exact = worth({ days: line.days, weeklyPence: Money.gbp(line.weekly).toPence() });
    if (line.from < explanation.from || line.to > explanation.to) return false;
    if (line.days !== lengthInDays(line) || line.amount !== exactPounds(exact)) return false;
    sevenths += exact;
  }
  const told = explanation.backDated.every((change) => change.amount === exactPounds(BigInt(change.sevenths)));
  return told && sevenths === amount.toPence() * 7n;
}

function explained(plan: PlanToPrice, now: Entitlement, payDate: PlainDate, period: Period): Explanation {
  const { standard } = plan.facts;
  const lines = now.lines.map(({ component, memberId, topUpId, from, to, days, weeklyPence, basis }) => ({
    ...{ component, memberId, from, to, days, basis },
    ...(topUpId ? { topUpId } : undefined),
    weekly: poundsOfPence(weeklyPence),
    amount: exactPounds(worth({ days, weeklyPence })),
  }));
  return {
    standard,
    payDate,
    ...period,
    lines,
    backDated: [],
    carriedIn: 0,
    carriedOut: 0,
    standing: '',
    flags: now.flags,
  };
}

function unpriced(plan: PlanToPrice, payDate: PlainDate, period: Period, inputFingerprint: string): PricedLine {
  const nothing: Entitlement = { sevenths: 0n, lines: [], flags: [] };
  return {
    ...{ period, amount: Money.zero, owedSevenths: 0n, carrySevenths: 0, overpaidSevenths: 0n, holdCode: 'no-rate' },
    ...{ withdrawnSevenths: 0n, inputFingerprint, explanation: explained(plan, nothing, payDate, period) },
  };
}

/** Fingerprints everything a price depends on, so that the same inputs are seen to be the same. */
function fingerprintOf(plan: PlanToPrice, paid: PaidSoFar | undefined, period: Period, rates: RateTable): string {
  const { facts, frequencyDays, paidUpTo } = plan;
  const inputs = [
    { ...facts, override: facts.override && asText(facts.override), topUps: facts.topUps.map(asText) },
    [frequencyDays, paidUpTo, period.from, period.to, versionsOf(rates)],
    paid ? [paid.coversTo, paid.owedSevenths.toString(), paid.carrySevenths, paid.standing] : null,
  ];
  return hash('sha256', JSON.stringify(inputs), 'hex');
}

/** Writes the amount as text: JSON has no big integers, and a replacer function costs more than all the rest. */
function asText<Weekly extends { readonly weeklyPence: bigint }>(weekly: Weekly) {
  return { ...weekly, weeklyPence: weekly.weeklyPence.toString() };
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
