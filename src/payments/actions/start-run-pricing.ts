import type { Transaction } from '../../platform/index.ts';
import { voidLines } from '../store/line.store.ts';
import { lockRun, moveRun, type RunRow } from '../store/run.store.ts';

/**
 * Begins a pricing of a run, the first or another, for the room that writes its lines: earlier lines are void, and the run
 * remembers what of the database this pricing saw. @throws not_in_that_state
 */
export async function startRunPricing(tx: Transaction, runId: string, batches: number): Promise<RunRow> {
  const run = await lockRun(tx, runId);
  const { snapshot } = await tx.one<{ snapshot: string }>(`select pg_current_snapshot()::text as snapshot`);
  await moveRun(tx, run, 'price', {
    ...{ priced_on: tx.today, facts_seen: snapshot, pricing_round: run.pricingRound + 1 },
    ...{ batches_total: batches, batches_done: 0, line_count: 0, held_count: 0, total: '0' },
  });
  await voidLines(tx, runId);
  return run;
}
