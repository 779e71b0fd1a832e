import type { Transaction } from '../../platform/index.ts';
import type { RunKind } from '../store/run.store.ts';
import { grantsRunOpened, type OpenedRun, putRightRunOpened } from './open-run.action.ts';

/**
 * Opens a run for one thing alone, to be paid today, for the room that has its payments.
 * @param forDocument what one approval reserved, or what is put right @throws run_opened_twice
 */
export async function openSameDayRun(
  tx: Transaction,
  forDocument: string,
  kind: Extract<RunKind, 'emergency' | 'put-right'> = 'emergency',
): Promise<OpenedRun> {
  const days = { inputDay: tx.today, processingDay: tx.today, entryDay: tx.today };
  const { id } = await tx.one<{ id: string }>(
    `insert into payments.run (authority_id, kind, state, pay_date, entry_day, processing_day, input_day, opened_by, for_document)
     values ($1, $5, 'planned', $2, $2, $2, $2, $3, $4) returning id`,
    [tx.actor.authorityId, tx.today, tx.actor.userId ?? null, forDocument, kind],
  );
  tx.audit({ action: 'payments.run-opened', subjectKind: 'run', subjectId: id, detail: { kind } });
  const topic = kind === 'emergency' ? grantsRunOpened : putRightRunOpened;
  tx.announce({ topic, key: `run-${id}`, payload: { runId: id } });
  return { runId: id, payDate: tx.today, days, isLate: false };
}
