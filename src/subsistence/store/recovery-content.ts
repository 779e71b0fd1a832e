import type { Transaction } from '../../platform/index.ts';
import { digest } from './plan-content.ts';
import { readRecovery, type RecoveryRow } from './recovery.store.ts';

/** Digests what a second person signs of a recovery: everything that was agreed, and what it does to the week. */
export async function recoveryContent(
  tx: Transaction,
  id: string,
): Promise<{ recovery: RecoveryRow; fingerprint: Buffer }> {
  const recovery = await readRecovery(tx, id);
  const { state: _state, decidedBy: _decidedBy, because: _because, ...agreed } = recovery;
  return { recovery, fingerprint: digest(agreed) };
}
