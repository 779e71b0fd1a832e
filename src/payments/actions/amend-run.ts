import { voidRequest } from '../../approvals/index.ts';
import { free } from '../../funds/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { fundsToReserve } from '../store/run-content.store.ts';
import { moveRun, readRun, type RunRow } from '../store/run.store.ts';

/**
 * Takes a run that was sent for approval back to "priced", because its lines are about to change: the approval is void
 * and money reserved for it is free again. A run not yet sent for approval is left as it is.
 */
export async function amendRun(tx: Transaction, run: RunRow, why: string): Promise<RunRow> {
  if (run.state !== 'in_approval' && run.state !== 'approved') return run;
  await takeApprovalBack(tx, run, why);
  await moveRun(tx, run, 'amend', { approval_id: null, proposed_by: null, approved_by: null, fingerprint: null }, why);
  tx.audit({ action: 'payments.run-amended', subjectKind: 'run', subjectId: run.id, detail: { why, was: run.state } });
  return readRun(tx, run.id);
}

/** Voids a run's request for approval and frees what it had reserved. */
export async function takeApprovalBack(tx: Transaction, run: RunRow, why: string): Promise<void> {
  if (!run.approvalId) return;
  if (run.state === 'approved') await free(tx, run.approvalId, await fundsToReserve(tx, run.id));
  await voidRequest(tx, run.approvalId, why);
}
