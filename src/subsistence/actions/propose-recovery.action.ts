import { Injectable } from '@nestjs/common';
import { propose, voidOpenRequests } from '../../approvals/index.ts';
import { type Actor, type Allowed, Money, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { draftNotices } from '../../notices/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { faultsOfRecovery } from '../domain/check-recovery.ts';
import { recoveryRefused } from '../recovery-problems.ts';
import { insertRecovery, lockRecovery, moveRecovery, type RecoveryAgreed } from '../store/recovery.store.ts';
import { overpaymentOwed } from '../store/overpayment.store.ts';
import { recoveryContent } from '../store/recovery-content.ts';
import { ChangePreviews } from '../views/change-preview.view.ts';
import { type RecoveryPreview, RecoveryPreviews } from '../views/recovery-preview.view.ts';
import { callOffRecovery } from './settle-recovery.ts';

/** Writes down what a family agreed to pay back, for a caseworker or finance officer. A second person decides. */
@Injectable()
export class ProposeRecovery {
  static readonly allowed: Allowed = { roles: ['caseworker', 'finance'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly previews: RecoveryPreviews,
    private readonly changes: ChangePreviews,
  ) {}

  /** @throws recovery_refused, recovery_already_open, nothing_to_recover, no_recovery_floor, no_such_overpayment */
  async run(
    actor: Actor,
    overpaymentId: string,
    agreed: RecoveryAgreed,
    idempotency?: Command['idempotency'],
  ): Promise<{ recoveryId: string }> {
    mustBeAllowed(actor, ProposeRecovery.allowed);
    return this.unitOfWork.run({ name: 'subsistence.propose-recovery', actor, idempotency }, async (tx) => {
      await overpaymentOwed(tx, overpaymentId, true);
      const preview = await this.check(tx, overpaymentId, agreed);
      const { owed, planId, floor, facts, noticeDays, weeklyBefore, weeklyAfter, lastOn } = preview;
      const notice = { familyId: owed.familyId, facts, affectsOn: agreed.startsOn, noticeDays };
      const [noticeId = ''] = await draftNotices(tx, [notice]);
      const recoveryId = await insertRecovery(tx, {
        ...{ ...agreed, overpaymentId, familyId: owed.familyId, planId, noticeId, floorId: floor.id },
        ...{ weeklyBefore, weeklyAfter, lastOn, proposedBy: personActing(actor) },
      });
      const { fingerprint } = await recoveryContent(tx, recoveryId);
      const amount = Money.gbp(owed.left);
      const request = await propose(tx, { kind: 'support-plan', subjectId: recoveryId, fingerprint, amount });
      const detail = { recovery: recoveryId, weekly: agreed.weekly, from: agreed.startsOn, request };
      tx.audit({
        action: 'subsistence.recovery-proposed',
        subjectKind: 'overpayment',
        subjectId: overpaymentId,
        detail,
      });
      return { recoveryId };
    });
  }

  /** Looks whether it could be proposed, for whoever is writing it down. @throws as `run` does */
  async check(tx: Transaction, overpaymentId: string, agreed: RecoveryAgreed): Promise<RecoveryPreview> {
    const preview = await this.previews.of(tx, overpaymentId, agreed);
    const faults = faultsOfRecovery(agreed, preview, tx.today);
    if (faults.length > 0) throw recoveryRefused(faults.map(({ reason }) => reason).join(' '), faults);
    return preview;
  }

  /** Takes back a recovery that is not in effect yet. @throws not_in_that_state, no_such_recovery */
  async withdraw(actor: Actor, recoveryId: string, reason: string): Promise<{ state: string }> {
    mustBeAllowed(actor, ProposeRecovery.allowed);
    return this.unitOfWork.run({ name: 'subsistence.withdraw-recovery', actor }, async (tx) => {
      const recovery = await lockRecovery(tx, recoveryId);
      await tx.because(reason);
      const state = await moveRecovery(tx, recovery, 'withdraw', { because: reason, endedBy: personActing(actor) });
      await voidOpenRequests(tx, 'support-plan', recoveryId, reason);
      await callOffRecovery(tx, recovery, reason, this.changes);
      const detail = { recovery: recoveryId };
      const subject = { subjectKind: 'overpayment', subjectId: recovery.overpaymentId };
      tx.audit({ action: 'subsistence.recovery-withdrawn', ...subject, detail });
      return { state };
    });
  }
}
