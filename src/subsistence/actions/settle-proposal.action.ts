import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { alreadyDecided, decide, openRequests, propose, voidRequest } from '../../approvals/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { planContents } from '../store/plan-content.ts';
import { type PlanRow, readPlan } from '../store/plan.store.ts';

/** What becomes of a proposed plan besides approval: it is proposed again as it stands now, or declined. */
@Injectable()
export class SettleProposal {
  static readonly proposers: Allowed = { roles: ['caseworker'] };
  static readonly deciders: Allowed = { roles: ['manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Proposes a plan again with what is known now; the earlier request is void. @throws no_such_plan, already_decided */
  async proposeAgain(actor: Actor, planId: string): Promise<{ requestId: string; weekly: string }> {
    mustBeAllowed(actor, SettleProposal.proposers);
    return this.unitOfWork.run({ name: 'subsistence.propose-plan-again', actor }, async (tx) => {
      await waitingPlan(tx, planId);
      for (const request of await openRequests(tx, 'support-plan', [planId]))
        await voidRequest(tx, request.id, 'The plan was proposed again.');
      const content = (await planContents(tx, [planId]))[0];
      if (!content) throw new Error(`plan ${planId} has no content`);
      const { fingerprint, weekly } = content;
      const requestId = await propose(tx, { kind: 'support-plan', subjectId: planId, fingerprint, amount: weekly });
      await tx.query(`update subsistence.plan set proposed_by = $2, version = version + 1 where id = $1`, [
        planId,
        personActing(actor),
      ]);
      const detail = { request: requestId, weekly };
      tx.audit({ action: 'subsistence.plan-proposed-again', subjectKind: 'plan', subjectId: planId, detail });
      return { requestId, weekly: weekly.toString() };
    });
  }

  /** Declines a plan with a reason, as a second person. @throws proposed_by_yourself, no_such_plan, already_decided */
  async decline(actor: Actor, planId: string, reason: string): Promise<{ state: string }> {
    mustBeAllowed(actor, SettleProposal.deciders);
    return this.unitOfWork.run({ name: 'subsistence.decline-plan', actor }, async (tx) => {
      await waitingPlan(tx, planId);
      for (const { id, fingerprint } of await openRequests(tx, 'support-plan', [planId]))
        await decide(tx, { kind: 'support-plan', requestId: id, outcome: 'sent_back', reason, fingerprint });
      await tx.because(reason);
      await tx.query(`update subsistence.plan set state = 'declined', version = version + 1 where id = $1`, [planId]);
      tx.audit({ action: 'subsistence.plan-declined', subjectKind: 'plan', subjectId: planId, detail: { reason } });
      return { state: 'declined' };
    });
  }
}

async function waitingPlan(tx: Transaction, planId: string): Promise<PlanRow> {
  await tx.query(`select 1 from subsistence.plan where id = $1 for update`, [planId]);
  const plan = await readPlan(tx, planId);
  if (plan.state !== 'proposed') throw alreadyDecided(`The plan is ${plan.state}.`);
  return plan;
}
