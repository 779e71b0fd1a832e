import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, Money, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import { draftNotices, serveNotices } from '../../notices/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { nothingToRecover } from '../recovery-problems.ts';
import type { RecoveryState } from '../recovery.states.ts';
import { insertGivenUp, overpaymentOwed } from '../store/overpayment.store.ts';
import { lockRecovery, moveRecovery, type RecoveryRow } from '../store/recovery.store.ts';
import { ChangePreviews } from '../views/change-preview.view.ts';

/** Stops a recovery before it is over: for now, for whoever works with the family, or for good, for a manager. */
@Injectable()
export class PauseRecovery {
  static readonly allowed: Allowed = { roles: ['caseworker', 'finance', 'manager'] };
  static readonly givers: Allowed = { roles: ['manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly previews: ChangePreviews,
  ) {}

  /**
   * Pauses: the next run pays whole, the family is told, and what is left is agreed again, or not.
   * @throws not_in_that_state, no_such_recovery
   */
  async run(
    actor: Actor,
    recoveryId: string,
    reason: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ state: string }> {
    mustBeAllowed(actor, PauseRecovery.allowed);
    return this.unitOfWork.run({ name: 'subsistence.pause-recovery', actor, idempotency }, async (tx) => {
      const recovery = await lockRecovery(tx, recoveryId);
      const state = await pauseIt(tx, recovery, { because: reason, endedBy: personActing(actor) }, this.previews);
      const subject = { subjectKind: 'overpayment', subjectId: recovery.overpaymentId };
      tx.audit({ action: 'subsistence.recovery-paused', ...subject, detail: { recovery: recoveryId } });
      return { state };
    });
  }

  /** Gives up what is left of an overpayment whose recovery does not go on. @throws nothing_to_recover, recovery_already_open */
  async giveUp(
    actor: Actor,
    overpaymentId: string,
    reason: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ givenUp: string }> {
    mustBeAllowed(actor, PauseRecovery.givers);
    return this.unitOfWork.run({ name: 'subsistence.give-up-overpayment', actor, idempotency }, async (tx) => {
      const owed = await overpaymentOwed(tx, overpaymentId, true);
      if (owed.outcome !== 'recovery_agreed' || !Money.gbp(owed.left).isPositive())
        throw nothingToRecover('Nothing is left of it that was to be recovered.');
      await insertGivenUp(tx, owed, reason, personActing(actor));
      await postTransfers(tx, [
        {
          ...{ documentId: owed.id, kind: 'not-owed-back', amount: Money.gbp(owed.left), effectiveDate: tx.today },
          ...{ debit: { kind: 'overpaid' }, credit: { kind: 'recoverable' } },
        },
      ]);
      const subject = { subjectKind: 'overpayment', subjectId: overpaymentId };
      tx.audit({ action: 'subsistence.overpayment-given-up', ...subject, detail: { amount: owed.left } });
      return { givenUp: owed.left };
    });
  }
}

/** Pauses a recovery in the caller's transaction, and tells its family. @param why who stopped it is left out where nobody did */
export async function pauseIt(
  tx: Transaction,
  recovery: RecoveryRow,
  why: { readonly because: string; readonly endedBy?: string },
  previews: ChangePreviews,
): Promise<RecoveryState> {
  await tx.because(why.because);
  const state = await moveRecovery(tx, recovery, 'pause', why);
  await tellOfPause(tx, recovery, why.because, previews);
  return state;
}

/** Tells a family that it gets the whole amount again; a rise waits for nothing. */
async function tellOfPause(
  tx: Transaction,
  { familyId, planId, weeklyBefore, weeklyAfter }: RecoveryRow,
  reason: string,
  previews: ChangePreviews,
): Promise<void> {
  const next = await previews.paymentsToTell(tx, planId);
  const from = next[0]?.arrivesOn ?? tx.today;
  const week = { weeklyBefore: weeklyAfter, weeklyAfter: weeklyBefore };
  const facts = { ...({ kind: 'amount', from, reason, urgent: null } as const), ...week, next };
  const ids = await draftNotices(tx, [{ familyId, facts, affectsOn: null, noticeDays: 0 }]);
  await serveNotices(tx, ids);
}
