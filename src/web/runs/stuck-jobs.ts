import { stuckMessages } from '../../outbox/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** A job of a run that keeps failing, as the run's page says it. */
export interface StuckJob {
  readonly failures: number;
  readonly reason: string;
}

/** Finds the jobs of one run that keep failing: Mainstay goes on trying, and a person should know. */
export async function stuckJobsOf(tx: Transaction, runId: string): Promise<StuckJob[]> {
  const stuck = await stuckMessages(tx);
  return stuck.filter(({ key }) => key === `run-${runId}` || key.startsWith(`run-${runId}-`));
}
