import { Injectable, type OnModuleInit } from '@nestjs/common';
import { weekdayNumber } from '../../kernel/index.ts';
import { JobCatalogue } from '../../outbox/index.ts';
import {
  countBatch,
  insertLines,
  keepVariance,
  lockRun,
  readRun,
  runOpened,
  RunPricers,
} from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { HoldFalls } from '../actions/hold-falls.ts';
import { linesFor } from '../actions/price-lines.ts';
import { priceBatch, startPricing } from '../actions/price-run.action.ts';
import { plansOfPayDay } from '../store/plan.store.ts';

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
