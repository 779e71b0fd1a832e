import type { Transaction } from '../../platform/index.ts';
import { runCountByFund } from '../store/run-content.store.ts';
import { lockRun, moveRun } from '../store/run.store.ts';

/**
 * Counts one batch as priced; the last one finishes the run. The run's row makes batches take turns here.
 * @throws Error when the run was cancelled meanwhile: lines that nobody would take out of force must not stay
 */
export async function countBatch(tx: Transaction, runId: string): Promise<void> {
  const run = await tx.maybe<{ done: number; total: number }>(
    `update payments.run set batches_done = batches_done + 1 where id = $1 and state = 'pricing'
     returning batches_done as done, batches_total as total`,
    [runId],
  );
  if (!run) throw new Error(`run ${runId} is no longer being priced`);
  if (run.done === run.total) await finishPricing(tx, runId);
}

/** Closes the pricing of a run with its totals. */
export async function finishPricing(tx: Transaction, runId: string): Promise<void> {
  const content = await runCountByFund(tx, runId);
  await moveRun(tx, await lockRun(tx, runId), 'finish_pricing', {
    ...{ line_count: content.n, held_count: content.held, total: content.total.toString() },
    by_fund: JSON.stringify(content.byFund),
  });
}
