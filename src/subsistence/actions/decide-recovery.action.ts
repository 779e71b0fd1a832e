import { Injectable } from '@nestjs/common';
import { alreadyDecided, type ApprovalRequest, changedSinceSeen, decide, openRequests } from '../../approvals/index.ts';
import { type Actor, type Allowed, Money, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import { redraft, serveNotices, withdrawNotices } from '../../notices/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { agreeRecovery, overpaymentOwed } from '../store/overpayment.store.ts';
import { recoveryContent } from '../store/recovery-content.ts';
import { lockRecovery, moveRecovery, type RecoveryRow } from '../store/recovery.store.ts';
import { RecoveryPreviews } from '../views/recovery-preview.view.ts';

/** Decides, as the second person, on a recovery that was agreed with a family. Approved, the family is told. */
@Injectable()
export class DecideRecovery {
  static readonly allowed: Allowed = { roles: ['manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly previews: RecoveryPreviews,
  ) {}

  /** @throws own_proposal, above_delegated_limit, already_decided, changed_since_seen, no_such_recovery */
  async approve(actor: Actor, recoveryId: string, reason: string): Promise<{ state: string }> {
    return this.#decide(actor, recoveryId, async (tx, recovery, request) => {
      const facts = await this.#stillAsAgreed(tx, recovery);
      const { fingerprint } = await recoveryContent(tx, recoveryId);
      if (!fingerprint.equals(request.fingerprint)) throw changedSinceSeen('What was agreed is not what was proposed.');
      const decision = {
        kind: 'support-plan',
        requestId: request.id,
        outcome: 'approved',
        reason,
        fingerprint,
      } as const;
      if ((await decide(tx, decision)) === 'signed') return recovery.state;
      await tx.because(reason);
      await redraft(tx, [{ id: recovery.noticeId, facts }]);
      const approved = { by: personActing(actor), requestId: request.id };
      const state = await moveRecovery(tx, recovery, 'approve', { approved });
      await this.#oweBack(tx, recovery, approved.by);
      await serveNotices(tx, [recovery.noticeId]);
      return state;
    });
  }

  /** Declines with reasons: the family's payments stay whole. @throws own_proposal, already_decided, no_such_recovery */
  async decline(actor: Actor, recoveryId: string, reason: string): Promise<{ state: string }> {
    return this.#decide(actor, recoveryId, async (tx, recovery, { id, fingerprint }) => {
      await decide(tx, { kind: 'support-plan', requestId: id, outcome: 'declined', reason, fingerprint });
      await tx.because(reason);
      await withdrawNotices(tx, [recovery.noticeId], reason);
      return moveRecovery(tx, recovery, 'decline', { because: reason });
    });
  }

  /** Works it out again: it is approved only as the family would be told of it now. */
  async #stillAsAgreed(tx: Transaction, recovery: RecoveryRow) {
    const now = await this.previews.of(tx, recovery.overpaymentId, recovery);
    if (now.weeklyBefore !== recovery.weeklyBefore || now.weeklyAfter !== recovery.weeklyAfter)
      throw changedSinceSeen('What a week comes to changed. It is agreed with the family again.');
    if (now.floor.id !== recovery.floorId)
      throw changedSinceSeen('The floor changed. It is agreed with the family again.');
    if (!now.isInTime)
      throw changedSinceSeen(
        `The family could not be told in time any more: ${now.earliest} is the earliest first day.`,
      );
    return now.facts;
  }

  /** The first time, the overpayment is settled as recovered, and stands in the ledger as owed back. */
  async #oweBack(tx: Transaction, { overpaymentId, evidence }: RecoveryRow, by: string): Promise<void> {
    if (!(await agreeRecovery(tx, overpaymentId, by, evidence))) return;
    const { amount } = await overpaymentOwed(tx, overpaymentId);
    await postTransfers(tx, [
      {
        ...{ documentId: overpaymentId, kind: 'owed-back', amount: Money.gbp(amount), effectiveDate: tx.today },
        ...{ debit: { kind: 'recoverable' }, credit: { kind: 'overpaid' } },
      },
    ]);
  }

  #decide(
    actor: Actor,
    recoveryId: string,
    save: (tx: Transaction, recovery: RecoveryRow, request: ApprovalRequest) => Promise<string>,
  ): Promise<{ state: string }> {
    mustBeAllowed(actor, DecideRecovery.allowed);
    return this.unitOfWork.run({ name: 'subsistence.decide-recovery', actor }, async (tx) => {
      const recovery = await lockRecovery(tx, recoveryId);
      const [request] = await openRequests(tx, 'support-plan', [recoveryId]);
      if (recovery.state !== 'proposed' || !request)
        throw alreadyDecided(`The recovery is ${recovery.state.replaceAll('_', ' ')}.`);
      const state = await save(tx, recovery, request);
      const action = `subsistence.recovery-${state === 'waiting' ? 'approved' : state}`;
      const subject = { subjectKind: 'overpayment', subjectId: recovery.overpaymentId };
      if (state !== recovery.state) tx.audit({ action, ...subject, detail: { recovery: recoveryId } });
      return { state };
    });
  }
}
