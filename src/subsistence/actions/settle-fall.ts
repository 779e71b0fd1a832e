import { tellThatItStays, withdrawNotices } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { nextState } from '../../kernel/index.ts';
import { fallStates } from '../fall.states.ts';
import { type FallRow, moveFall } from '../store/fall.store.ts';
import type { ChangePreviews } from '../views/change-preview.view.ts';

/** Lets a fall hold from the day its family was told of. */
export async function takeFallIntoEffect(tx: Transaction, fall: FallRow): Promise<void> {
  await moveFall(tx, fall.id, nextState(`Lower amount ${fall.id}`, fallStates, fall.state, 'take_effect'));
  note(tx, fall, 'subsistence.fall-in-effect', { from: fall.takesEffectOn });
}

/**
 * Keeps the amount as it was, because nothing proves that the family was told in time, and
 * tells a family that may have read of it so. A person tells it again.
 */
export async function keepAmount(
  tx: Transaction,
  fall: FallRow,
  because: string,
  previews: ChangePreviews,
): Promise<void> {
  await tx.because(because);
  await moveFall(tx, fall.id, nextState(`Lower amount ${fall.id}`, fallStates, fall.state, 'keep'), because);
  await withdrawNotices(tx, [fall.noticeId], because);
  await tellThatItStays(tx, fall.noticeId, () => previews.paymentsToTell(tx, fall.planId));
  note(tx, fall, 'subsistence.amount-kept', { because });
}

function note(tx: Transaction, fall: FallRow, action: string, more: Readonly<Record<string, string>>): void {
  const detail = { fall: fall.id, cause: fall.cause, notice: fall.noticeId, ...more };
  tx.audit({ action, subjectKind: 'plan', subjectId: fall.planId, detail });
}
