import { Injectable } from '@nestjs/common';
import { propose } from '../../approvals/index.ts';
import { membersForPricing, noSuchFamily, referencesOf } from '../../families/index.ts';
import { fundList } from '../../funds/index.ts';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { faultsOfPlan, type PlanGround, type PlanProposal } from '../domain/check-plan.ts';
import { planRefused } from '../plan-problems.ts';
import { planContents } from '../store/plan-content.ts';
import { insertPlans, insertTopUps } from '../store/plan.store.ts';
import { rateTables } from '../store/rate.store.ts';
import { withdrawPlan } from './settle-proposal.action.ts';

/** A plan that was proposed, and what its first week comes to. */
export interface PlanProposed {
  readonly planId: string;
  readonly weekly: string;
}

/** Proposes a support plan for a family, for the caseworker. A second person, within their limit, approves it. */
@Injectable()
export class ProposePlan {
  static readonly allowed: Allowed = { roles: ['caseworker'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * @param inPlaceOf a plan of this family that was sent back or still waits: it is withdrawn in the same step
   * @throws plan_refused naming each place, plans_overlap, no_such_family, no_rate_in_force
   */
  async run(
    actor: Actor,
    familyId: string,
    plan: PlanProposal,
    inPlaceOf: string | null = null,
    idempotency?: Command['idempotency'],
  ): Promise<PlanProposed> {
    mustBeAllowed(actor, ProposePlan.allowed);
    return this.unitOfWork.run({ name: 'subsistence.propose-plan', actor, idempotency }, async (tx) => {
      if (!(await referencesOf(tx, [familyId])).has(familyId))
        throw noSuchFamily('No family of this council has that number.');
      const faults = faultsOfPlan(plan, await planGround(tx, familyId));
      if (faults.length > 0) throw planRefused(faults.map((fault) => fault.reason).join(' '), faults);
      if (inPlaceOf) await withdrawPlan(tx, inPlaceOf, 'Another plan was proposed in its place.', familyId);
      const planId = await insertPlan(tx, familyId, plan);
      const [content] = await planContents(tx, [planId]);
      if (!content) throw new Error(`plan ${planId} has no content`);
      const { fingerprint, weekly } = content;
      const requestId = await propose(tx, { kind: 'support-plan', subjectId: planId, fingerprint, amount: weekly });
      const detail = { plan: planId, request: requestId, weekly: weekly.toString(), inPlaceOf };
      tx.audit({ action: 'subsistence.plan-proposed', subjectKind: 'family', subjectId: familyId, detail });
      return { planId, weekly: weekly.toString() };
    });
  }
}

/** Gives what a plan for a family is held against. */
export async function planGround(tx: Transaction, familyId: string): Promise<PlanGround> {
  const funds = (await fundList(tx)).filter((fund) => fund.pays.includes('section-17'));
  return {
    memberIds: (await membersForPricing(tx, [familyId])).map((member) => member.id),
    payingFundIds: funds.map((fund) => fund.id),
    ratesFrom: (await rateTables(tx)).get('guide')?.get('person')?.[0]?.effectiveFrom,
    today: tx.today,
  };
}

async function insertPlan(tx: Transaction, familyId: string, plan: PlanProposal): Promise<string> {
  const { fundId, standard, standardReason, override, frequencyDays, payDay, supportFrom, supportTo, topUps } = plan;
  const row = {
    ...{ familyId, fundId, standard, standardReason: standard === 'welfare' ? standardReason : null },
    ...{ overrideWeekly: override?.weekly ?? null, overrideReason: override?.reason ?? null },
    ...{ frequencyDays, payDay, supportFrom, supportTo, paidUpTo: supportFrom },
  };
  const [planId] = (await insertPlans(tx, [row], personActing(tx.actor))) as [string];
  await insertTopUps(
    tx,
    topUps.map((topUp) => ({ planId, ...topUp })),
  );
  return planId;
}
