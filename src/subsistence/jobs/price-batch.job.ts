import { Injectable, type OnModuleInit } from '@nestjs/common';
import { instrumentsOn, membersForPricing, type PricedMember } from '../../families/index.ts';
import { addDays, lengthInDays, type PlainDate, weekdayNumber } from '../../kernel/index.ts';
import { JobCatalogue } from '../../outbox/index.ts';
import {
  countBatch,
  insertLines,
  keepVariance,
  lastLines,
  lockRun,
  type NewLine,
  postedExplanations,
  readRun,
  runOpened,
  RunPricers,
} from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { HoldFalls } from '../actions/hold-falls.ts';
import { priceBatch, startPricing } from '../actions/price-run.action.ts';
import type { KeptFacts } from '../domain/entitlement/facts.ts';
import type { RateTable } from '../domain/entitlement/entitlement.ts';
import type { Explanation, Posted } from '../domain/explanation.ts';
import { dueDays, type PaidSoFar, type PricedLine, pricePlan } from '../domain/price-plan.ts';
import { keptOf } from '../store/fall.store.ts';
import { factsOf, grouped } from '../store/plan-facts.ts';
import { type PlanRow, plansOfPayDay, type TopUpRow, topUpsOf } from '../store/plan.store.ts';
import { rateTables } from '../store/rate.store.ts';

/** A stopped payment is named by the first run after: no later than the longest period. */
const LATELY_DAYS = 28;

interface Paid extends PaidSoFar {
  readonly isPosted: boolean;
  readonly correction: number;
  readonly amount: string;
  readonly instrumentId: string;
}

/** Prices the families of one batch: read set-based, worked out purely, written set-based. */
@Injectable()
export class PriceBatch implements OnModuleInit {
  constructor(
    private readonly catalogue: JobCatalogue,
    private readonly pricers: RunPricers,
    private readonly falls: HoldFalls,
  ) {}

  onModuleInit(): void {
    this.pricers.pricedBy('section-17', startPricing);
    this.catalogue.handle(runOpened, (tx, { runId }) => this.start(tx, runId as string));
    this.catalogue.handle(priceBatch, (tx, payload) =>
      this.price(tx, payload.runId as string, Number(payload.round), Number(payload.batch)),
    );
  }

  /** Starts pricing a run that was just opened; one that has gone on is left alone. */
  async start(tx: Transaction, runId: string): Promise<void> {
    if ((await lockRun(tx, runId)).state === 'planned') await startPricing(tx, runId);
  }

  /** Safe to run twice: a batch that is done, or of an earlier pricing, is left alone. */
  async price(tx: Transaction, runId: string, round: number, batch: number): Promise<void> {
    const open = await tx.maybe<{ from_plan: string; to_plan: string }>(
      `select from_plan, to_plan from subsistence.price_batch
        where run_id = $1 and round = $2 and batch = $3 and done_at is null for update`,
      [runId, round, batch],
    );
    const run = await readRun(tx, runId);
    if (!open || run.state !== 'pricing' || run.pricingRound !== round) return;
    // A crash may lose the last batches whole, with their outbox rows still open: they are priced again.
    await tx.query(`select set_config('synchronous_commit', 'off', true)`);
    const plans = await plansOfPayDay(tx, weekdayNumber(run.payDate), open.from_plan, open.to_plan);
    const { lines, differing } = await linesFor(tx, plans, run.payDate, this.falls);
    if (lines.length > 0) await insertLines(tx, runId, lines);
    await tx.query(
      `update subsistence.price_batch set done_at = now() where run_id = $1 and round = $2 and batch = $3`,
      [runId, round, batch],
    );
    await keepVariance(tx, runId, differing);
    await countBatch(tx, runId);
  }
}

/** Everything the plans of one batch are priced from. */
interface Inputs {
  readonly members: ReadonlyMap<string, PricedMember[]>;
  readonly topUps: ReadonlyMap<string, TopUpRow[]>;
  readonly kept: ReadonlyMap<string, readonly KeptFacts[]>;
  readonly paid: ReadonlyMap<string, Paid>;
  readonly instruments: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<string, RateTable>;
}

/** The lines of a batch, and the plans whose payment may not be like their last one. */
interface PricedBatch {
  readonly lines: readonly NewLine[];
  readonly differing: readonly string[];
}

async function linesFor(
  tx: Transaction,
  plans: readonly PlanRow[],
  payDate: PlainDate,
  falls: HoldFalls,
): Promise<PricedBatch> {
  const inputs = await inputsOf(tx, plans);
  const lines: NewLine[] = [];
  const differing: string[] = [];
  for (const plan of plans) {
    let priced = await pricedFor(tx, inputs, plan, payDate);
    if (priced && priced.falls.length > 0) {
      // Nobody saw it coming: it is told now, and the family goes on getting what it had.
      await falls.hold(
        tx,
        priced.falls.map((fall) => ({ ...fall, planId: plan.id, replaces: null })),
      );
      priced = await pricedFor(tx, { ...inputs, kept: await keptOf(tx, [plan.id]) }, plan, payDate);
    }
    const before = inputs.paid.get(plan.id);
    const line = priced && lineOf(plan, priced, inputs.instruments.get(plan.familyId) ?? null, before);
    if (line) lines.push(line);
    if (mayDiffer(line, inputs.paid.get(plan.id), payDate)) differing.push(plan.id);
  }
  return { lines, differing };
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
  if (priced === 'needs-past')
    priced = priceOf(inputs, plan, payDate, await postedExplanations<Explanation>(tx, plan.id));
  if (priced === 'needs-past') throw new Error('the past was given and is still needed');
  return priced;
}

function priceOf(
  { members, topUps, kept, paid, tables }: Inputs,
  plan: PlanRow,
  payDate: PlainDate,
  past?: readonly Posted[],
): PricedLine | 'needs-past' | undefined {
  const facts = factsOf(plan, members.get(plan.familyId) ?? [], topUps.get(plan.id) ?? [], kept.get(plan.id) ?? []);
  const toPrice = { facts, rhythm: plan, paidUpTo: plan.paidUpTo };
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
