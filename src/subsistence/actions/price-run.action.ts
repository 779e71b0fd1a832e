import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, weekdayNumber } from '../../kernel/index.ts';
import { defineJob } from '../../outbox/index.ts';
import { finishPricing, readRun, RunPricers, startRunPricing } from '../../payments/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { planBatches } from '../store/plan.store.ts';

/** Rung for each batch of families to be priced. */
export const priceBatch = defineJob('subsistence.price-batch');

/** Families in one job: large enough that queueing costs nothing, small enough that progress moves and a kill loses little. */
export const FAMILIES_IN_A_BATCH = 1000;

/** Starts pricing a run, or prices it again from the facts as they are now. */
@Injectable()
export class PriceRun {
  static readonly allowed: Allowed = { roles: ['finance'], machine: true };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly pricers: RunPricers,
  ) {}

  /** @throws not_in_that_state once the run was sent for approval */
  async run(actor: Actor, runId: string, idempotency?: Command['idempotency']): Promise<{ batches: number }> {
    mustBeAllowed(actor, PriceRun.allowed);
    return this.unitOfWork.run({ name: 'subsistence.price-run', actor, idempotency }, (tx) =>
      this.pricers.start(tx, runId),
    );
  }
}

/** Cuts the run's families into batches and rings for each, in the caller's transaction. */
export async function startPricing(tx: Transaction, runId: string): Promise<{ batches: number }> {
  const { payDate } = await readRun(tx, runId);
  const batches = await planBatches(tx, weekdayNumber(payDate), FAMILIES_IN_A_BATCH);
  const round = (await startRunPricing(tx, runId, batches.length)).pricingRound + 1;
  await tx.query(
    `insert into subsistence.price_batch (run_id, round, batch, authority_id, from_plan, to_plan)
     select $1, $2, b.ord, $3, b."from", b."to"
       from rows from (jsonb_to_recordset($4::jsonb) as ("from" bigint, "to" bigint)) with ordinality as b("from", "to", ord)`,
    [runId, round, tx.actor.authorityId, JSON.stringify(batches)],
  );
  batches.forEach((_, index) => {
    const batch = String(index + 1);
    const payload = { runId, round: String(round), batch };
    tx.announce({ topic: priceBatch, key: `run-${runId}-${round}-${batch}`, payload });
  });
  tx.audit({
    action: 'subsistence.pricing-started',
    subjectKind: 'run',
    subjectId: runId,
    detail: { round, batches: batches.length },
  });
  if (batches.length === 0) await finishPricing(tx, runId);
  return { batches: batches.length };
}
