import type { Transaction } from '../../platform/index.ts';
import { grantsRunOpened, type OpenedRun } from './open-run.action.ts';

/** Opens a run for what one approval reserved alone, to be paid today, for the room that has its payments. @throws run_opened_twice */
export async function openSameDayRun(tx: Transaction, approvalId: string): Promise<OpenedRun> {
  const days = { inputDay: tx.today, processingDay: tx.today, entryDay: tx.today };
  const { id } = await tx.one<{ id: string }>(
    `insert into payments.run (authority_id, kind, state, pay_date, entry_day, processing_day, input_day, opened_by, for_document)
     values ($1, 'emergency', 'planned', $2, $2, $2, $2, $3, $4) returning id`,
    [tx.actor.authorityId, tx.today, tx.actor.userId ?? null, approvalId],
  );
  tx.audit({ action: 'payments.run-opened', subjectKind: 'run', subjectId: id, detail: { kind: 'emergency' } });
  tx.announce({ topic: grantsRunOpened, key: `run-${id}`, payload: { runId: id } });
  return { runId: id, payDate: tx.today, days, isLate: false };
}
