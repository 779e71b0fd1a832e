import { tellThatItStays, withdrawNotices } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { moveRecovery, type RecoveryRow } from '../store/recovery.store.ts';
import type { ChangePreviews } from '../views/change-preview.view.ts';

/** Lets a recovery count from its first payment on: its family was told in time. */
export async function takeRecoveryIntoEffect(tx: Transaction, recovery: RecoveryRow): Promise<void> {
  await moveRecovery(tx, recovery, 'take_effect');
  note(tx, recovery, 'subsistence.recovery-in-effect', { from: recovery.startsOn });
}

/** Keeps payments whole, because nothing proves that the family was told in time. A person agrees it again. */
export async function keepWhole(
  tx: Transaction,
  recovery: RecoveryRow,
  because: string,
  previews: ChangePreviews,
): Promise<void> {
  await tx.because(because);
  await moveRecovery(tx, recovery, 'keep', { because });
  await callOffRecovery(tx, recovery, because, previews);
  note(tx, recovery, 'subsistence.recovery-kept', { because });
}

/** Ends a recovery of which nothing is left: nobody has to. */
export async function finishRecovery(tx: Transaction, recovery: RecoveryRow): Promise<void> {
  await moveRecovery(tx, recovery, 'finish');
  note(tx, recovery, 'subsistence.recovery-done', {});
}

/** Takes back the notice of a recovery that does not happen; a family that may have read it is told so. */
export async function callOffRecovery(
  tx: Transaction,
  { noticeId, planId }: RecoveryRow,
  because: string,
  previews: ChangePreviews,
): Promise<void> {
  await withdrawNotices(tx, [noticeId], because);
  await tellThatItStays(tx, noticeId, () => previews.paymentsToTell(tx, planId));
}

function note(tx: Transaction, recovery: RecoveryRow, action: string, more: Readonly<Record<string, string>>): void {
  const detail = { recovery: recovery.id, notice: recovery.noticeId, ...more };
  tx.audit({ action, subjectKind: 'overpayment', subjectId: recovery.overpaymentId, detail });
}
