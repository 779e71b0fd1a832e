import { hash } from 'node:crypto';
import { DomainError, earlier, lengthInDays, Money, type Period, type PlainDate } from '../../kernel/index.ts';
import { backDatedChanges, standingOf, sumsOf, worthBySubject } from './back-dated.ts';
import { entitlement, type RateTable, worth } from './entitlement/entitlement.ts';
import type { Entitlement, EntitlementFacts, EntitlementLine } from './entitlement/facts.ts';
import { exactPounds, paymentOf, poundsOfPence } from './entitlement/payment-of.ts';
import type { BackDated, ExplainedLine, Explanation, Posted } from './explanation.ts';
import { type Fall, fallsBetween } from './falls.ts';
import { keptBack, type Recovered, recoveredOf, type RecoveryTerms } from './recovery.ts';
import { type PayDateTerms, payDateTerms, type Rhythm } from './pay-rhythm.ts';

/** A plan with everything its price depends on. */
export interface PlanToPrice {
  readonly facts: EntitlementFacts;
  readonly rhythm: Rhythm;
  /** The first day Mainstay pays for: where its own books begin. */
  readonly paidUpTo: PlainDate;
  /** What its family pays back, as agreed: usually nothing. */
  readonly recovery?: RecoveryTerms;
}

/** How far the plan was paid, by its last posted line. */
export interface PaidSoFar {
  readonly coversTo: PlainDate;
  /** Exact worth of all days from `paidUpTo` to `coversTo`, as recognised then. */
  readonly owedSevenths: bigint;
  readonly carrySevenths: number;
  /** The digest it kept of what each subject was worth. */
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
  /** What the amount is smaller by: usually nothing. */
  readonly recovered: Recovered | null;
  readonly inputFingerprint: string;
  /** Digest of what each subject is worth up to the end: another one later means that something was changed back in time. */
  readonly standing: string;
  readonly explanation: Explanation;
  /** Days of the period that are worth less by themselves, and of which the family was not told: usually none. */
  readonly falls: readonly Fall[];
}

/**
 * Gives the days a run for a pay date would pay a plan, or nothing when it is not due.
 *
 * Once support is over and paid to its end, it gives no days: `from` = `to`. Only a correction of what was paid can come.
 */
export function dueDays(plan: PlanToPrice, paid: PaidSoFar | undefined, payDate: PlainDate): Period | undefined {
  const terms = termsOf(plan.rhythm, payDate);
  if (!terms) return undefined;
  const from = paid?.coversTo ?? plan.paidUpTo;
  const to = plan.facts.supportTo ? earlier(terms.to, plan.facts.supportTo) : terms.to;
  if (paid && plan.facts.supportTo && from >= plan.facts.supportTo) return { from, to: from };
  return from <= terms.latestStart && from < to ? { from, to } : undefined;
}

const knownTerms = new Map<string, PayDateTerms | undefined>();

/** Remembers those of plans that never moved: a run asks for the same three, once for each family. */
function termsOf(rhythm: Rhythm, payDate: PlainDate): PayDateTerms | undefined {
  if (rhythm.moves.length > 0) return payDateTerms(rhythm, payDate);
  const key = `${payDate} ${rhythm.payDay} ${rhythm.frequencyDays}`;
  if (!knownTerms.has(key)) {
    if (knownTerms.size > 1000) knownTerms.clear();
    knownTerms.set(key, payDateTerms(rhythm, payDate));
  }
  return knownTerms.get(key);
}

/**
 * Prices one plan for one pay date: arrears, the period in advance, back-dated changes and carried fractions, rounded once.
 *
 * @param posted everything posted so far; asked for (`needs-past`) only when days already paid are worth something else now
 * @returns nothing when the period has no days and what was paid is still right
 */
export function pricePlan(
  plan: PlanToPrice,
  paid: PaidSoFar | undefined,
  payDate: PlainDate,
  period: Period,
  rates: RateTable,
  posted?: readonly Posted[],
): PricedLine | 'needs-past' | undefined {
  const inputFingerprint = fingerprintOf(plan, paid, period, rates);
  try {
    const now = entitlement(plan.facts, period, rates);
    const past = paid ? entitlement(plan.facts, { from: plan.paidUpTo, to: paid.coversTo }, rates) : undefined;
    const before = worthBySubject(past?.lines ?? []);
    const changed = past !== undefined && standingOf(before) !== paid?.standing;
    if (changed && !posted) return 'needs-past';
    const backDated = changed ? backDatedChanges(past.lines, posted ?? []) : [];
    const { arrears, overpaid, withdrawn } = sumsOf(backDated);
    const carriedIn = paid?.carrySevenths ?? 0;
    const { amount: owed, carry } = paymentOf(now.sevenths + arrears, carriedIn);
    const recovered = plan.recovery ? recoveredFrom(plan.recovery, period, now.sevenths, owed) : null;
    const amount = recovered ? owed.minus(Money.gbp(recovered.amount)) : owed;
    const holdCode = amount.isPositive() ? null : 'nothing-due';
    if (period.from === period.to && holdCode && overpaid + withdrawn === 0n) return undefined;
    return {
      period,
      amount,
      owedSevenths: (past?.sevenths ?? 0n) + now.sevenths,
      carrySevenths: carry,
      overpaidSevenths: overpaid,
      withdrawnSevenths: withdrawn,
      holdCode,
      recovered,
      inputFingerprint,
      standing: standingOf(worthBySubject(now.lines, before)),
      explanation: withRecovered(explained(plan, now, payDate, period, backDated, carriedIn, carry), recovered),
      falls: fallsBetween(past?.lines ?? [], now.lines, period, plan.facts.kept ?? []),
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
  const recovered = explanation.recovered ? Money.gbp(explanation.recovered.amount).toPence() : 0n;
  return told && recovered >= 0n && sevenths === (amount.toPence() + recovered) * 7n;
}

/** Takes off what was agreed with the family; of less than a penny there is nothing to say. */
function recoveredFrom(terms: RecoveryTerms, period: Period, sevenths: bigint, owed: Money): Recovered | null {
  const worthPence = sevenths / 7n;
  const pence = keptBack(terms, period, worthPence < owed.toPence() ? worthPence : owed.toPence());
  return pence > 0n ? recoveredOf(terms, pence) : null;
}

function withRecovered(explanation: Explanation, recovered: Recovered | null): Explanation {
  return recovered ? { ...explanation, recovered } : explanation;
}

// From here on everything is written out field by field: a run asks for it 100,000 times, and spreading objects took longer
// than all the rest of pricing.

function explained(
  plan: PlanToPrice,
  now: Entitlement,
  payDate: PlainDate,
  period: Period,
  backDated: readonly BackDated[],
  carriedIn: number,
  carriedOut: number,
): Explanation {
  const { standard } = plan.facts;
  const { from, to } = period;
  const lines = now.lines.map(explainedLine);
  return { standard, payDate, from, to, lines, backDated, carriedIn, carriedOut, flags: now.flags };
}

function explainedLine(line: EntitlementLine): ExplainedLine {
  const { component, memberId, topUpId, from, to, days, basis } = line;
  const weekly = poundsOfPence(line.weeklyPence);
  const amount = exactPounds(worth(line));
  return topUpId === undefined
    ? { component, memberId, from, to, days, weekly, amount, basis }
    : { component, memberId, topUpId, from, to, days, weekly, amount, basis };
}

function unpriced(plan: PlanToPrice, payDate: PlainDate, period: Period, inputFingerprint: string): PricedLine {
  const nothing: Entitlement = { sevenths: 0n, lines: [], flags: [] };
  return {
    ...{ period, amount: Money.zero, owedSevenths: 0n, carrySevenths: 0, overpaidSevenths: 0n, withdrawnSevenths: 0n },
    ...{ holdCode: 'no-rate', recovered: null, inputFingerprint, standing: '' },
    explanation: explained(plan, nothing, payDate, period, [], 0, 0),
    falls: [],
  };
}

/** Fingerprints everything a price depends on, so that the same inputs are seen to be the same. */
function fingerprintOf(plan: PlanToPrice, paid: PaidSoFar | undefined, period: Period, rates: RateTable): string {
  const { facts, rhythm, paidUpTo } = plan;
  const { supportFrom, supportTo, standard, overrides } = facts;
  // Numbers, days and codes have no space in them; what a person wrote is quoted.
  let text = `${supportFrom} ${supportTo} ${standard} ${rhythm.frequencyDays} ${paidUpTo} ${period.from} ${period.to}`;
  for (const { weeklyPence, reason, from, to } of overrides ?? [])
    text += `\noverride ${weeklyPence} ${from} ${to} ${JSON.stringify(reason)}`;
  for (const { id, relationship, born, due, birthRecordedOn, joined, left } of facts.members)
    text += `\nmember ${id} ${relationship} ${born} ${due} ${birthRecordedOn} ${joined} ${left}`;
  for (const { id, memberId, weeklyPence, from, to, reason } of facts.topUps)
    text += `\ntop-up ${id} ${memberId} ${weeklyPence} ${from} ${to} ${JSON.stringify(reason)}`;
  for (const { fallId, from, to } of facts.kept ?? []) text += `\nkept ${fallId} ${from} ${to}`;
  if (plan.recovery) text += `\nrecovery ${recoveryText(plan.recovery)}`;
  if (paid) text += `\npaid ${paid.coversTo} ${paid.owedSevenths} ${paid.carrySevenths} ${paid.standing}`;
  return hash('sha256', `${text}\nrates ${versionsOf(rates)}`, 'hex');
}

function recoveryText({ overpaymentId, weeklyPence, startsOn, leftPence, floor }: RecoveryTerms): string {
  return `${overpaymentId} ${weeklyPence} ${startsOn} ${leftPence} ${floor.percent} ${floor.weeklyPence}`;
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
