import { lockRun, runsWaitingForAnother } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { startPricing } from './price-run.action.ts';

/**
 * Prices again, for the finance officer, every priced run whose lines were held because another run was open: that run
 * has just been posted or cancelled, so those families can be paid by this one. A run that has gone on is left alone.
 */
export async function priceWaitingRuns(tx: Transaction): Promise<void> {
  for (const runId of await runsWaitingForAnother(tx))
    if ((await lockRun(tx, runId)).state === 'priced') await startPricing(tx, runId);
}
