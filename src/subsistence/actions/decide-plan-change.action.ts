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
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { type PlanChangeCommand, type PlanChangeState, planChangeStates } from '../plan-change.states.ts';
import { changeContent, changeGround } from '../store/change-content.ts';
import { applyChange, lockPlanChange, moveChange, type PlanChangeRow, termsOf } from '../store/plan-change.store.ts';
import { faultsOfChange } from '../domain/check-plan.ts';
import { readPlan } from '../store/plan.store.ts';

/** Decides on a change of an approved plan, as the second person. An approved change is applied in the same step. */
@Injectable()
export class DecidePlanChange {
  static readonly allowed: Allowed = { roles: ['manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws own_proposal, above_delegated_limit, already_decided, changed_since_seen, no_such_plan_change */
  async approve(actor: Actor, changeId: string, reason: string): Promise<{ state: string }> {
    return this.#decide(actor, changeId, 'approve', async (tx, change, request) => {
      const { fingerprint } = await changeContent(tx, changeId);
      if (!fingerprint.equals(request.fingerprint))
        throw changedSinceSeen('The family or the plan changed after it was proposed.');
      const faults = faultsOfChange(termsOf(change), await changeGround(tx, await readPlan(tx, change.planId)));
      if (faults[0]) throw changedSinceSeen(`${faults[0].reason} Ask for a new proposal.`);
      await decide(tx, { kind: 'support-plan', requestId: request.id, outcome: 'approved', reason, fingerprint });
      await tx.because(reason);
      await applyChange(tx, change, { by: personActing(actor), requestId: request.id });
    });
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
    return this.#decide(actor, changeId, command, async (tx, _, { id, fingerprint }, state) => {
      await decide(tx, { kind: 'support-plan', requestId: id, outcome, reason, fingerprint });
      await tx.because(reason);
      await moveChange(tx, changeId, state);
    });
  }

  async #decide(
    actor: Actor,
    changeId: string,
    command: PlanChangeCommand,
    save: (tx: Transaction, change: PlanChangeRow, request: ApprovalRequest, state: PlanChangeState) => Promise<void>,
  ): Promise<{ state: string }> {
    mustBeAllowed(actor, DecidePlanChange.allowed);
    const verb = command.replaceAll('_', '-');
    return this.unitOfWork.run({ name: `subsistence.${verb}-plan-change`, actor }, async (tx) => {
      const change = await lockPlanChange(tx, changeId);
      const [request] = await openRequests(tx, 'support-plan', [changeId]);
      if (change.state !== 'proposed' || !request)
        throw alreadyDecided(`The change is ${change.state.replaceAll('_', ' ')}.`);
      await tx.query(`select 1 from subsistence.plan where id = $1 for update`, [change.planId]);
      const state = nextState(`Change ${changeId}`, planChangeStates, change.state, command);
      await save(tx, change, request, state);
      const detail = { change: changeId, kind: change.kind };
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
