import { referencesOf } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { type RecoveringLine, recoveringLines } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type OverpaymentOwed, overpaymentOwed } from '../store/overpayment.store.ts';
import { readRecovery, recoveriesIn, type RecoveryRow } from '../store/recovery.store.ts';

/** A recovery that waits for its second person, as a list shows it. */
export interface WaitingRecovery {
  readonly id: string;
  readonly family: string;
  readonly weekly: string;
  readonly proposedBy: string;
  readonly proposedOn: PlainDate;
}

/** Lists recoveries that wait for a second person, the oldest first. @param after the last number of the page before */
export async function waitingRecoveries(tx: Transaction, limit: number, after = '0'): Promise<WaitingRecovery[]> {
  const rows = await recoveriesIn(tx, ['proposed'], after, limit);
  const names = await referencesOf(
    tx,
    rows.map((row) => row.familyId),
  );
  return rows.map(({ id, familyId, weekly, proposedBy, proposedOn }) => ({
    ...{ id, family: names.get(familyId) ?? '', weekly, proposedBy, proposedOn },
  }));
}

/** A recovery with what became of it so far. */
export interface RecoveryDetail extends RecoveryRow {
  readonly owed: OverpaymentOwed;
  /** The payments that were smaller, for this overpayment. */
  readonly payments: readonly RecoveringLine[];
}

/** Shows one recovery, and how much of its overpayment is paid back. @throws no_such_recovery */
export async function recoveryDetail(tx: Transaction, id: string): Promise<RecoveryDetail> {
  const recovery = await readRecovery(tx, id);
  const owed = await overpaymentOwed(tx, recovery.overpaymentId);
  return { ...recovery, owed, payments: await recoveringLines(tx, recovery.overpaymentId) };
}
