import { Injectable, type OnModuleInit } from '@nestjs/common';
import { instrumentsOn, membersForPricing } from '../../families/index.ts';
import { type PlainDate, weekdayNumber } from '../../kernel/index.ts';
import { JobCatalogue } from '../../outbox/index.ts';
import {
  countBatch,
  insertLines,
  lastLines,
  lockRun,
  type NewLine,
  paidExplanations,
  readRun,
  runOpened,
} from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { priceBatch, startPricing } from '../actions/price-run.action.ts';
import type { RateTable } from '../domain/entitlement/entitlement.ts';
import type { Explanation } from '../domain/explanation.ts';
import { dueDays, type PaidSoFar, type PlanToPrice, pricePlan } from '../domain/price-plan.ts';
import { factsOf, grouped } from '../store/plan-facts.ts';
import { type PlanRow, plansOfPayDay, topUpsOf } from '../store/plan.store.ts';
import { rateTables } from '../store/rate.store.ts';

interface Paid extends PaidSoFar {
  readonly isPosted: boolean;
}

/** Prices the families of one batch: read set-based, worked out purely, written set-based. */
@Injectable()
export class PriceBatch implements OnModuleInit {
  constructor(private readonly catalogue: JobCatalogue) {}

  onModuleInit(): void {
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
    const plans = await plansOfPayDay(tx, weekdayNumber(run.payDate), open.from_plan, open.to_plan);
    const lines = await linesFor(tx, plans, run.payDate);
    if (lines.length > 0) await insertLines(tx, runId, lines);
    await tx.query(
      `update subsistence.price_batch set done_at = now() where run_id = $1 and round = $2 and batch = $3`,
      [runId, round, batch],
    );
    await countBatch(tx, runId);
  }
}

async function linesFor(tx: Transaction, plans: readonly PlanRow[], payDate: PlainDate): Promise<NewLine[]> {
  const familyIds = plans.map((plan) => plan.familyId);
  const planIds = plans.map((plan) => plan.id);
  const members = grouped(await membersForPricing(tx, familyIds), (row) => row.familyId);
  const topUps = grouped(await topUpsOf(tx, planIds), (row) => row.planId);
  const paid = await paidSoFar(tx, planIds);
  const instruments = await instrumentsOn(tx, familyIds, tx.today);
  const tables = await rateTables(tx);
  const lines: NewLine[] = [];
  for (const plan of plans) {
    const facts = factsOf(plan, members.get(plan.familyId) ?? [], topUps.get(plan.id) ?? []);
    const toPrice = { facts, frequencyDays: plan.frequencyDays, paidUpTo: plan.paidUpTo };
    const rates = tables.get(plan.rateTable) ?? new Map();
    const line = await lineFor(tx, plan, toPrice, paid.get(plan.id), payDate, rates);
    if (line) lines.push(withAccount(line, instruments.get(plan.familyId) ?? null));
  }
  return lines;
}

async function lineFor(
  tx: Transaction,
  plan: PlanRow,
  toPrice: PlanToPrice,
  paid: Paid | undefined,
  payDate: PlainDate,
  rates: RateTable,
): Promise<NewLine | undefined> {
  const period = dueDays(toPrice, paid, payDate);
  if (!period) return undefined;
  let priced = pricePlan(toPrice, paid, payDate, period, rates);
  if (priced === 'needs-past') {
    const past = await paidExplanations<Explanation>(tx, plan.id);
    priced = pricePlan(toPrice, paid, payDate, period, rates, past);
    if (priced === 'needs-past') throw new Error('the past was given and is still needed');
  }
  const { amount, owedSevenths, carrySevenths, overpaidSevenths, withdrawnSevenths } = priced;
  const { inputFingerprint, explanation } = priced;
  return {
    ...{ sourceId: plan.id, familyId: plan.familyId, fundId: plan.fundId, instrumentId: null },
    ...{ coversFrom: period.from, coversTo: period.to, amount, owedSevenths, carrySevenths },
    ...{ overpaidSevenths, withdrawnSevenths },
    // Days that another open run is about to pay must not be paid by this one as well.
    holdCode: paid && !paid.isPosted ? 'earlier-run-open' : priced.holdCode,
    ...{ inputFingerprint, explanation },
  };
}

function withAccount(line: NewLine, instrumentId: string | null): NewLine {
  return { ...line, instrumentId, holdCode: line.holdCode ?? (instrumentId === null ? 'no-bank-details' : null) };
}

async function paidSoFar(tx: Transaction, planIds: readonly string[]): Promise<Map<string, Paid>> {
  const last = await lastLines(tx, planIds);
  return new Map(last.map((line) => [line.sourceId, { ...line, owedSevenths: BigInt(line.owedSevenths) }]));
}
