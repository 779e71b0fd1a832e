import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import {
  alreadyDecided,
  decide,
  type Decision,
  openRequests,
  propose,
  voidOpenRequests,
} from '../../approvals/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { type PlanCommand, planStates } from '../plan.states.ts';
import { planContents } from '../store/plan-content.ts';
import { noSuchPlan, type PlanRow, readPlan } from '../store/plan.store.ts';

/** What becomes of a proposed plan besides approval: sent back with words, proposed again, withdrawn, or declined. */
@Injectable()
export class SettleProposal {
  static readonly proposers: Allowed = { roles: ['caseworker'] };
  static readonly deciders: Allowed = { roles: ['manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Proposes a plan again with what is known now; the earlier request is void. @throws no_such_plan, already_decided */
  async proposeAgain(actor: Actor, planId: string): Promise<{ requestId: string; weekly: string }> {
    mustBeAllowed(actor, SettleProposal.proposers);
    return this.unitOfWork.run({ name: 'subsistence.propose-plan-again', actor }, async (tx) => {
      const plan = await openPlan(tx, planId);
      await voidOpenRequests(tx, 'support-plan', planId, 'The plan was proposed again.');
      const content = (await planContents(tx, [planId]))[0];
      if (!content) throw new Error(`plan ${planId} has no content`);
      const { fingerprint, weekly } = content;
      const requestId = await propose(tx, { kind: 'support-plan', subjectId: planId, fingerprint, amount: weekly });
      const state =
        plan.state === 'proposed' ? 'proposed' : nextState(`Plan ${planId}`, planStates, plan.state, 'propose');
      await tx.query(`update subsistence.plan set state = $3, proposed_by = $2, version = version + 1 where id = $1`, [
        ...[planId, personActing(actor), state],
      ]);
      const detail = { request: requestId, weekly };
      tx.audit({ action: 'subsistence.plan-proposed-again', subjectKind: 'plan', subjectId: planId, detail });
      return { requestId, weekly: weekly.toString() };
    });
  }

  /** Declines a plan with a reason, as a second person. @throws proposed_by_yourself, no_such_plan, already_decided */
  async decline(actor: Actor, planId: string, reason: string): Promise<{ state: string }> {
    return this.#decide(actor, planId, 'declined', 'decline', reason);
  }

  /** Sends a plan back to its proposer with what should be different. @throws own_proposal, no_such_plan, already_decided */
  async askForChanges(actor: Actor, planId: string, reason: string): Promise<{ state: string }> {
    return this.#decide(actor, planId, 'sent_back', 'ask_changes', reason);
  }

  /** Takes a plan back that is not approved: it is on record, and pays nothing. @throws no_such_plan, already_decided */
  async withdraw(actor: Actor, planId: string, reason: string): Promise<{ state: string }> {
    mustBeAllowed(actor, SettleProposal.proposers);
    return this.unitOfWork.run({ name: 'subsistence.withdraw-plan', actor }, async (tx) => {
      await withdrawPlan(tx, planId, reason);
      return { state: 'withdrawn' };
    });
  }

  async #decide(
    actor: Actor,
    planId: string,
    outcome: Decision['outcome'],
    command: PlanCommand,
    reason: string,
  ): Promise<{ state: string }> {
    mustBeAllowed(actor, SettleProposal.deciders);
    return this.unitOfWork.run({ name: `subsistence.${command.replace('_', '-')}-plan`, actor }, async (tx) => {
      const plan = await openPlan(tx, planId);
      const state = nextState(`Plan ${planId}`, planStates, plan.state, command);
      for (const { id, fingerprint } of await openRequests(tx, 'support-plan', [planId]))
        await decide(tx, { kind: 'support-plan', requestId: id, outcome, reason, fingerprint });
      await movePlan(tx, planId, state, reason);
      const action = outcome === 'declined' ? 'subsistence.plan-declined' : 'subsistence.plan-sent-back';
      tx.audit({ action, subjectKind: 'plan', subjectId: planId, detail: { reason } });
      return { state };
    });
  }
}

/** Withdraws a plan that is not approved, in the caller's transaction. @param familyId whose it must be, when that is known */
export async function withdrawPlan(tx: Transaction, planId: string, reason: string, familyId?: string): Promise<void> {
  const plan = await openPlan(tx, planId);
  if (familyId && plan.familyId !== familyId) throw noSuchPlan('That plan is of another family.');
  await voidOpenRequests(tx, 'support-plan', planId, reason);
  await movePlan(tx, planId, nextState(`Plan ${planId}`, planStates, plan.state, 'withdraw'), reason);
  tx.audit({ action: 'subsistence.plan-withdrawn', subjectKind: 'plan', subjectId: planId, detail: { reason } });
}

async function movePlan(tx: Transaction, planId: string, state: PlanRow['state'], reason: string): Promise<void> {
  await tx.because(reason);
  await tx.query(`update subsistence.plan set state = $2, version = version + 1 where id = $1`, [planId, state]);
}

async function openPlan(tx: Transaction, planId: string): Promise<PlanRow> {
  await tx.query(`select 1 from subsistence.plan where id = $1 for update`, [planId]);
  const plan = await readPlan(tx, planId);
  if (plan.state !== 'proposed' && plan.state !== 'changes_asked') throw alreadyDecided(`The plan is ${plan.state}.`);
  return plan;
}
