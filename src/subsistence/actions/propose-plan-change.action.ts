import { Injectable } from '@nestjs/common';
import { propose, voidOpenRequests } from '../../approvals/index.ts';
import { type Actor, type Allowed, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { draftNotices, giveReason, withdrawNotices } from '../../notices/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import type { PlanChangeTerms } from '../domain/plan-change.ts';
import { planChangeStates } from '../plan-change.states.ts';
import { planChangeRefused, planMovedOn, planNotInForce } from '../plan-problems.ts';
import { changeContent } from '../store/change-content.ts';
import {
  type ChangeNoticed,
  insertPlanChange,
  lockPlanChange,
  moveChange,
  proposeChangeAgain,
  termsOf,
} from '../store/plan-change.store.ts';
import { readPlan } from '../store/plan.store.ts';
import { callOff } from './settle-plan-change.ts';
import { type ChangeInNotice, ChangePreviews } from '../views/change-preview.view.ts';
import { checkPlanChange } from '../views/plan-changes.view.ts';

/** A change that was proposed, and what a week comes to once it is in force. */
export interface PlanChangeProposed {
  readonly changeId: string;
  readonly weekly: string;
}

/** Proposes changes of an approved plan, each with its notice, for the caseworker. A second person decides. */
@Injectable()
export class ProposePlanChange {
  static readonly allowed: Allowed = { roles: ['caseworker'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly previews: ChangePreviews,
  ) {}

  /**
   * @param seen the version of the plan the person was shown
   * @param inPlaceOf an open change of this plan: it is withdrawn in the same step
   * @throws plan_change_refused, plan_moved_on, plan_not_in_force, plan_change_already_waiting, no_such_plan
   */
  async run(
    actor: Actor,
    planId: string,
    seen: number,
    terms: PlanChangeTerms,
    inPlaceOf: string | null = null,
    idempotency?: Command['idempotency'],
  ): Promise<PlanChangeProposed> {
    mustBeAllowed(actor, ProposePlanChange.allowed);
    return this.unitOfWork.run({ name: 'subsistence.propose-plan-change', actor, idempotency }, async (tx) => {
      await tx.query(`select 1 from subsistence.plan where id = $1 for update`, [planId]);
      const plan = await readPlan(tx, planId);
      if (plan.state !== 'approved') throw planNotInForce(`The plan is ${plan.state.replaceAll('_', ' ')}.`);
      if (plan.version !== seen) throw planMovedOn('Somebody changed it since this page was shown to you.');
      await checkPlanChange(tx, planId, terms);
      if (inPlaceOf) {
        const why = 'Another change was proposed in its place.';
        await withdrawChange(tx, { changeId: inPlaceOf, planId, why }, this.previews);
      }
      const told = await this.#draft(tx, planId, terms);
      const changeId = await insertPlanChange(tx, planId, terms, told, personActing(actor));
      return putForward(tx, changeId, 'subsistence.plan-change-proposed');
    });
  }

  /** Proposes a change again, against the plan and household as they are now. @throws not_in_that_state, no_such_plan_change */
  async again(actor: Actor, changeId: string): Promise<PlanChangeProposed> {
    mustBeAllowed(actor, ProposePlanChange.allowed);
    return this.unitOfWork.run({ name: 'subsistence.propose-plan-change-again', actor }, async (tx) => {
      const change = await lockPlanChange(tx, changeId);
      if (change.state !== 'proposed') nextState(`Change ${changeId}`, planChangeStates, change.state, 'propose');
      await voidOpenRequests(tx, 'support-plan', changeId, 'The change was proposed again.');
      if (change.noticeId) await withdrawNotices(tx, [change.noticeId], 'The change was proposed again.');
      const told = await this.#draft(tx, change.planId, termsOf(change));
      await proposeChangeAgain(tx, changeId, told, personActing(actor));
      return putForward(tx, changeId, 'subsistence.plan-change-proposed-again');
    });
  }

  /** Takes back a change that is still open, or waits for its notice. @throws not_in_that_state, no_such_plan_change */
  async withdraw(actor: Actor, changeId: string, reason: string): Promise<{ state: string }> {
    mustBeAllowed(actor, ProposePlanChange.allowed);
    return this.unitOfWork.run({ name: 'subsistence.withdraw-plan-change', actor }, async (tx) => {
      await withdrawChange(tx, { changeId, why: reason }, this.previews);
      return { state: 'withdrawn' };
    });
  }

  /** Drafts what the family is to be told. @throws plan_change_refused when the day is nearer than the notice allows */
  async #draft(tx: Transaction, planId: string, terms: PlanChangeTerms): Promise<ChangeNoticed> {
    const { reach, facts, affectsOn, noticeDays, waits, effect, ...days } = await this.previews.of(tx, planId, terms);
    mustBeInTime(terms, { ...days, waits });
    const [noticeId = ''] = await draftNotices(tx, [{ familyId: reach.familyId, facts, affectsOn, noticeDays }]);
    const [weeklyBefore, weeklyAfter] = [effect.before.amount.toString(), effect.after.amount.toString()];
    return { noticeId, waits, weeklyBefore, weeklyAfter };
  }
}

/** Holds a change to the notice its family is owed. An emergency needs none, and nothing else may call itself one. */
export function mustBeInTime(
  { urgent }: PlanChangeTerms,
  { waits, isInTime, earliest }: Pick<ChangeInNotice, 'waits' | 'isInTime' | 'earliest'>,
): void {
  if (urgent && !waits)
    throw planChangeRefused('It waits for no notice.', [
      { field: 'urgentReason', reason: 'This waits for no notice: leave this empty.' },
    ]);
  if (urgent || isInTime) return;
  const reason = `The family must be told first: the earliest first day is ${earliest}. If it cannot wait, say why.`;
  throw planChangeRefused(reason, [{ field: 'from', reason }]);
}

async function putForward(tx: Transaction, changeId: string, action: string): Promise<PlanChangeProposed> {
  const { fingerprint, effect, change } = await changeContent(tx, changeId);
  const amount = effect.after.amount;
  const request = await propose(tx, { kind: 'support-plan', subjectId: changeId, fingerprint, amount });
  const detail = { change: changeId, kind: change.kind, request, weekly: amount.toString() };
  tx.audit({ action, subjectKind: 'plan', subjectId: change.planId, detail });
  return { changeId, weekly: amount.toString() };
}

async function withdrawChange(
  tx: Transaction,
  { changeId, planId, why: reason }: { changeId: string; planId?: string; why: string },
  previews: ChangePreviews,
): Promise<void> {
  const change = await lockPlanChange(tx, changeId);
  if (planId && change.planId !== planId) throw planNotInForce('That change is of another plan.');
  const state = nextState(`Change ${changeId}`, planChangeStates, change.state, 'withdraw');
  await voidOpenRequests(tx, 'support-plan', changeId, reason);
  await tx.because(reason);
  await moveChange(tx, changeId, state);
  await callOff(tx, change, reason, previews);
  const detail = { change: changeId, why: await giveReason(tx, 'plan-change', reason) };
  tx.audit({ action: 'subsistence.plan-change-withdrawn', subjectKind: 'plan', subjectId: change.planId, detail });
}
