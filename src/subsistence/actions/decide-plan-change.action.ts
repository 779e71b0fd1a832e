import { Injectable } from '@nestjs/common';
import {
  alreadyDecided,
  type ApprovalRequest,
  changedSinceSeen,
  decide,
  type Decision,
  openRequests,
} from '../../approvals/index.ts';
import { type Actor, type Allowed, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { redraft, serveNotices, withdrawNotices } from '../../notices/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { type PlanChangeCommand, type PlanChangeState, planChangeStates } from '../plan-change.states.ts';
import { changeContent, changeGround } from '../store/change-content.ts';
import {
  applyChange,
  type Approved,
  letChangeWait,
  lockPlanChange,
  moveChange,
  type PlanChangeRow,
  termsOf,
} from '../store/plan-change.store.ts';
import { faultsOfChange } from '../domain/check-plan.ts';
import { ChangePreviews } from '../views/change-preview.view.ts';
import { readPlan } from '../store/plan.store.ts';

/**
 * Decides on a change of an approved plan, as the second person.
 *
 * A rise or an emergency takes effect in the same step; anything else waits for its notice. The family is told either way.
 */
@Injectable()
export class DecidePlanChange {
  static readonly allowed: Allowed = { roles: ['manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly previews: ChangePreviews,
  ) {}

  /** @throws own_proposal, above_delegated_limit, already_decided, changed_since_seen, no_such_plan_change */
  async approve(actor: Actor, changeId: string, reason: string): Promise<{ state: string }> {
    const command = (change: PlanChangeRow): PlanChangeCommand => (change.waits && !change.urgent ? 'wait' : 'approve');
    return this.#decide(actor, changeId, command, async (tx, change, request) => {
      const { fingerprint } = await changeContent(tx, changeId);
      if (!fingerprint.equals(request.fingerprint))
        throw changedSinceSeen('The family or the plan changed after it was proposed.');
      const faults = faultsOfChange(termsOf(change), await changeGround(tx, await readPlan(tx, change.planId)));
      if (faults[0]) throw changedSinceSeen(`${faults[0].reason} Ask for a new proposal.`);
      const decision = {
        kind: 'support-plan',
        requestId: request.id,
        outcome: 'approved',
        reason,
        fingerprint,
      } as const;
      if ((await decide(tx, decision)) === 'signed') return 'signed';
      await tx.because(reason);
      await this.#carryOut(tx, change, { by: personActing(actor), requestId: request.id });
      return 'settled';
    });
  }

  async #carryOut(tx: Transaction, change: PlanChangeRow, approved: Approved): Promise<void> {
    const { facts, waits, isInTime, earliest } = await this.previews.of(tx, change.planId, termsOf(change));
    if (waits !== change.waits) throw changedSinceSeen('What a week comes to changed. Ask for a new proposal.');
    if (!isInTime && !change.urgent)
      throw changedSinceSeen(`The family could not be told in time any more: ${earliest} is the earliest first day.`);
    const noticeId = change.noticeId ?? '';
    await redraft(tx, [{ id: noticeId, facts }]);
    if (waits && !change.urgent) await letChangeWait(tx, change.id, approved);
    else await applyChange(tx, change, approved);
    await serveNotices(tx, [noticeId]);
  }

  /** Sends a change back to its proposer with what should be different. @throws own_proposal, already_decided */
  async askForChanges(actor: Actor, changeId: string, reason: string): Promise<{ state: string }> {
    return this.#refuse(actor, changeId, 'ask_changes', 'sent_back', reason);
  }

  /** Declines a change with reasons. The plan stays as it is. @throws own_proposal, already_decided */
  async decline(actor: Actor, changeId: string, reason: string): Promise<{ state: string }> {
    return this.#refuse(actor, changeId, 'decline', 'declined', reason);
  }

  #refuse(
    actor: Actor,
    changeId: string,
    command: PlanChangeCommand,
    outcome: Decision['outcome'],
    reason: string,
  ): Promise<{ state: string }> {
    return this.#decide(actor, changeId, command, async (tx, { noticeId }, { id, fingerprint }, state) => {
      await decide(tx, { kind: 'support-plan', requestId: id, outcome, reason, fingerprint });
      await tx.because(reason);
      await moveChange(tx, changeId, state);
      if (noticeId && outcome === 'declined') await withdrawNotices(tx, [noticeId], reason);
    });
  }

  async #decide(
    actor: Actor,
    changeId: string,
    command: PlanChangeCommand | ((change: PlanChangeRow) => PlanChangeCommand),
    save: (
      tx: Transaction,
      change: PlanChangeRow,
      request: ApprovalRequest,
      state: PlanChangeState,
    ) => Promise<'signed' | 'settled' | void>,
  ): Promise<{ state: string }> {
    mustBeAllowed(actor, DecidePlanChange.allowed);
    return this.unitOfWork.run({ name: 'subsistence.decide-plan-change', actor }, async (tx) => {
      const change = await lockPlanChange(tx, changeId);
      const [request] = await openRequests(tx, 'support-plan', [changeId]);
      if (change.state !== 'proposed' || !request)
        throw alreadyDecided(`The change is ${change.state.replaceAll('_', ' ')}.`);
      await tx.query(`select 1 from subsistence.plan where id = $1 for update`, [change.planId]);
      const state = nextState(
        `Change ${changeId}`,
        planChangeStates,
        change.state,
        typeof command === 'string' ? command : command(change),
      );
      if ((await save(tx, change, request, state)) === 'signed') return { state: change.state };
      const detail = { change: changeId, kind: change.kind, urgent: change.urgent !== null };
      tx.audit({
        action: `subsistence.plan-change-${state.replaceAll('_', '-')}`,
        subjectKind: 'plan',
        subjectId: change.planId,
        detail,
      });
      return { state };
    });
  }
}
