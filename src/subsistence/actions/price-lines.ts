import { instrumentsOn, membersForPricing, type PricedMember } from '../../families/index.ts';
import { addDays, lengthInDays, type PlainDate } from '../../kernel/index.ts';
import { lastLines, type NewLine } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { KeptFacts } from '../domain/entitlement/facts.ts';
import type { RateTable } from '../domain/entitlement/entitlement.ts';
import type { Posted } from '../domain/explanation.ts';
import type { Fall } from '../domain/falls.ts';
import { dueDays, type PaidSoFar, type PricedLine, pricePlan } from '../domain/price-plan.ts';
import type { RecoveryTerms } from '../domain/recovery.ts';
import { keptOf } from '../store/fall.store.ts';
import { recoveriesInEffect } from '../store/recovery.store.ts';
import { paidExplanations } from '../store/put-right.store.ts';
import { factsOf, grouped } from '../store/plan-facts.ts';
import { type PlanRow, type TopUpRow, topUpsOf } from '../store/plan.store.ts';
import { rateTables } from '../store/rate.store.ts';
import type { HoldFalls } from './hold-falls.ts';

/** A stopped payment is named by the first run after: no later than the longest period. */
const LATELY_DAYS = 28;

interface Paid extends PaidSoFar {
  readonly isPosted: boolean;
  readonly correction: number;
  readonly amount: string;
  readonly instrumentId: string;
}

/** Everything the plans of one batch are priced from. */
interface Inputs {
  readonly members: ReadonlyMap<string, PricedMember[]>;
  readonly topUps: ReadonlyMap<string, TopUpRow[]>;
  readonly kept: ReadonlyMap<string, readonly KeptFacts[]>;
  readonly recoveries: ReadonlyMap<string, RecoveryTerms>;
  readonly paid: ReadonlyMap<string, Paid>;
  readonly instruments: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<string, RateTable>;
}

/** The lines of a batch, and the plans whose payment may not be like their last one. */
interface PricedBatch {
  readonly lines: readonly NewLine[];
  readonly differing: readonly string[];
}

/** Prices the plans of one batch for a pay date, for the job that writes them down; what falls by itself is held first. */
export async function linesFor(
  tx: Transaction,
  plans: readonly PlanRow[],
  payDate: PlainDate,
  falls: HoldFalls,
): Promise<PricedBatch> {
  const inputs = await inputsOf(tx, plans);
  const lines: NewLine[] = [];
  const differing: string[] = [];
  // Each is written out at once: a thousand explanations kept as objects were half a gigabyte.
  const take = (plan: PlanRow, priced: PricedLine | undefined): void => {
    const before = inputs.paid.get(plan.id);
    const line = priced && lineOf(plan, priced, inputs.instruments.get(plan.familyId) ?? null, before);
    if (line) lines.push(line);
    if (mayDiffer(line, before, payDate)) differing.push(plan.id);
  };
  const falling: FallingPlan[] = [];
  for (const plan of plans) {
    const priced = await pricedFor(tx, inputs, plan, payDate);
    if (priced && priced.falls.length > 0) falling.push({ plan, falls: priced.falls });
    else take(plan, priced);
  }
  const heldNow = await holdWhatFalls(tx, inputs, falling, falls);
  for (const { plan } of falling) take(plan, await pricedFor(tx, heldNow, plan, payDate));
  return { lines, differing };
}

/** A plan with the days on which it would fall by itself. */
interface FallingPlan {
  readonly plan: PlanRow;
  readonly falls: readonly Fall[];
}

/** Holds what falls in these days and nobody saw coming: it is told now, and its families go on getting what they had. */
async function holdWhatFalls(
  tx: Transaction,
  inputs: Inputs,
  falling: readonly FallingPlan[],
  falls: HoldFalls,
): Promise<Inputs> {
  if (falling.length === 0) return inputs;
  const toHold = falling.flatMap(({ plan, falls: found }) =>
    found.map((fall) => ({ ...fall, planId: plan.id, replaces: null })),
  );
  await falls.hold(tx, toHold);
  const planIds = falling.map(({ plan }) => plan.id);
  return { ...inputs, kept: await keptOf(tx, planIds) };
}

/** Says whether a payment may not be like the last one: another amount or account, the first, or one that stopped lately. */
function mayDiffer(line: NewLine | undefined, before: Paid | undefined, payDate: PlainDate): boolean {
  if (!line)
    return before !== undefined && before.coversTo <= payDate && before.coversTo > addDays(payDate, -LATELY_DAYS);
  if (!before?.isPosted) return true;
  return line.amount.toString() !== before.amount || line.instrumentId !== before.instrumentId;
}

async function inputsOf(tx: Transaction, plans: readonly PlanRow[]): Promise<Inputs> {
  const familyIds = plans.map((plan) => plan.familyId);
  const planIds = plans.map((plan) => plan.id);
  return {
    members: grouped(await membersForPricing(tx, familyIds), (row) => row.familyId),
    topUps: grouped(await topUpsOf(tx, planIds), (row) => row.planId),
    kept: await keptOf(tx, planIds),
    recoveries: await recoveriesInEffect(tx, familyIds),
    paid: await paidSoFar(tx, planIds),
    instruments: await instrumentsOn(tx, familyIds, tx.today),
    tables: await rateTables(tx),
  };
}

async function pricedFor(
  tx: Transaction,
  inputs: Inputs,
  plan: PlanRow,
  payDate: PlainDate,
): Promise<PricedLine | undefined> {
  let priced = priceOf(inputs, plan, payDate);
  if (priced === 'needs-past') priced = priceOf(inputs, plan, payDate, await paidExplanations(tx, plan.id));
  if (priced === 'needs-past') throw new Error('the past was given and is still needed');
  return priced;
}

function priceOf(
  { members, topUps, kept, recoveries, paid, tables }: Inputs,
  plan: PlanRow,
  payDate: PlainDate,
  past?: readonly Posted[],
): PricedLine | 'needs-past' | undefined {
  const facts = factsOf(plan, members.get(plan.familyId) ?? [], topUps.get(plan.id) ?? [], kept.get(plan.id) ?? []);
  const recovery = recoveries.get(plan.familyId);
  const known = { facts, rhythm: plan, paidUpTo: plan.paidUpTo };
  const toPrice = recovery ? { ...known, recovery } : known;
  const before = paid.get(plan.id);
  const period = dueDays(toPrice, before, payDate);
  if (!period) return undefined;
  const rates = tables.get(plan.rateTable) ?? new Map();
  return pricePlan(toPrice, before, payDate, period, rates, past);
}

/** Written out field by field: spreading objects here, once for each family, took longer than pricing them. */
function lineOf(plan: PlanRow, priced: PricedLine, instrumentId: string | null, before: Paid | undefined): NewLine {
  // Days that another open run is about to pay must not be paid by this one as well.
  const cause = before && !before.isPosted ? 'earlier-run-open' : priced.holdCode;
  return {
    sourceId: plan.id,
    familyId: plan.familyId,
    instrumentId,
    fundId: plan.fundId,
    coversFrom: priced.period.from,
    coversTo: priced.period.to,
    correction: lengthInDays(priced.period) === 0 ? (before?.correction ?? 0) + 1 : 0,
    amount: priced.amount,
    owedSevenths: priced.owedSevenths,
    carrySevenths: priced.carrySevenths,
    overpaidSevenths: priced.overpaidSevenths,
    withdrawnSevenths: priced.withdrawnSevenths,
    recovers: priced.recovered?.overpaymentId ?? null,
    recovered: priced.recovered?.amount ?? null,
    holdCode: cause ?? (instrumentId === null ? 'no-bank-details' : null),
    inputFingerprint: priced.inputFingerprint,
    standing: priced.standing,
    // Text at once: a thousand explanations as objects are what the memory of a batch went on.
    explanation: JSON.stringify(priced.explanation),
  };
}

async function paidSoFar(tx: Transaction, planIds: readonly string[]): Promise<Map<string, Paid>> {
  const paid = new Map<string, Paid>();
  for (const { sourceId, owedSevenths, ...last } of await lastLines(tx, planIds))
    paid.set(sourceId, { ...last, owedSevenths: BigInt(owedSevenths) });
  return paid;
}
