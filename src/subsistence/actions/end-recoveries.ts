import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { overpaymentOwed } from '../store/overpayment.store.ts';
import { plansByIds } from '../store/plan.store.ts';
import { lockRecovery, recoveriesOfFamily, recoveriesOfOverpayment } from '../store/recovery.store.ts';
import type { ChangePreviews } from '../views/change-preview.view.ts';
import { pauseIt } from './pause-recovery.action.ts';
import { finishRecovery, keepWhole } from './settle-recovery.ts';

const NO_OVERPAYMENT = 'A later correction shows that not all of it was paid too much: look at it again.';

/** Ends the recoveries of which a posted run paid back the last penny. */
export async function finishWhatIsPaidBack(tx: Transaction, overpaymentIds: readonly string[]): Promise<void> {
  for (const id of overpaymentIds) {
    const { left } = await overpaymentOwed(tx, id);
    if (!Money.gbp(left).isZero()) continue;
    const open = (await recoveriesOfOverpayment(tx, id)).filter(({ state }) => state === 'in_effect');
    for (const each of open) await finishRecovery(tx, await lockRecovery(tx, each.id));
  }
}

/** Stops taking from families whose overpayment turned out to be none, or less: a person looks at it again. */
export async function stopWhatWasWithdrawn(
  tx: Transaction,
  planIds: readonly string[],
  previews: ChangePreviews,
): Promise<void> {
  for (const { familyId } of await plansByIds(tx, planIds))
    for (const { id } of await recoveriesOfFamily(tx, familyId)) {
      const recovery = await lockRecovery(tx, id);
      if (recovery.state === 'waiting') await keepWhole(tx, recovery, NO_OVERPAYMENT, previews);
      if (recovery.state === 'in_effect') await pauseIt(tx, recovery, { because: NO_OVERPAYMENT }, previews);
    }
}
