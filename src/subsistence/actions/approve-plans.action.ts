import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, Money, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { aboveLimit, alreadyDecided, decideMany, openRequests, ownProposal } from '../../approvals/index.ts';
import { Calendars } from '../../calendar/index.ts';
import { approveInstruments, waitingFirstInstruments } from '../../families/index.ts';
import { authorityOf, limitInForce } from '../../identity/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { planContents } from '../store/plan-content.ts';
import { markApproved, type PlanRow, proposedPlans, readPlan } from '../store/plan.store.ts';
import { promiseDates } from '../store/promise.store.ts';

/** What was approved, and what was left for somebody else. */
export interface PlansApproved {
  readonly approved: number;
  readonly aboveLimit: number;
  readonly ownProposals: number;
}

const PLANS_AT_ONCE = 1000;

/**
 * Approves support plans as the second person, with the first bank details that came with them.
 *
 * In bulk it takes what the person may approve and says what is left: their own proposals, and what is above their limit.
 */
@Injectable()
export class ApprovePlans {
  static readonly allowed: Allowed = { roles: ['manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  /** Approves one plan. @throws no_such_plan, own_proposal, above_delegated_limit, already_decided, changed_since_seen */
  async one(actor: Actor, planId: string, reason: string): Promise<PlansApproved> {
    mustBeAllowed(actor, ApprovePlans.allowed);
    return this.unitOfWork.run({ name: 'subsistence.approve-plan', actor }, async (tx) => {
      const plan = await readPlan(tx, planId);
      if (plan.state !== 'proposed') throw alreadyDecided(`The plan is ${plan.state}.`);
      const done = await this.#approve(tx, [plan], reason);
      if (done.ownProposals > 0) throw ownProposal('You proposed this plan yourself.');
      if (done.aboveLimit > 0) throw aboveLimit('The weekly amount is more than your limit.');
      return done;
    });
  }

  /** Approves everything waiting that this person may approve, a thousand at a time. */
  async all(actor: Actor, reason: string): Promise<PlansApproved> {
    mustBeAllowed(actor, ApprovePlans.allowed);
    const total = { approved: 0, aboveLimit: 0, ownProposals: 0 };
    for (;;) {
      const done = await this.unitOfWork.run({ name: 'subsistence.approve-plans', actor }, async (tx) =>
        this.#approve(tx, await proposedPlans(tx, PLANS_AT_ONCE + total.aboveLimit + total.ownProposals), reason),
      );
      total.approved += done.approved;
      total.aboveLimit = done.aboveLimit;
      total.ownProposals = done.ownProposals;
      if (done.approved === 0) return total;
    }
  }

  async #approve(tx: Transaction, plans: readonly PlanRow[], reason: string): Promise<PlansApproved> {
    const me = personActing(tx.actor);
    const limit = await limitInForce(tx, me, 'support-plan');
    const requests = await openRequests(
      tx,
      'support-plan',
      plans.map((plan) => plan.id),
    );
    const others = requests.filter((request) => request.proposedBy !== me);
    const mine = others.filter((request) => Money.gbp(request.amount).compare(limit.amount) <= 0);
    await this.#decide(
      tx,
      mine.map(({ id, subjectId }) => ({ requestId: id, planId: subjectId })),
      reason,
    );
    return {
      approved: mine.length,
      aboveLimit: others.length - mine.length,
      ownProposals: requests.length - others.length,
    };
  }

  async #decide(
    tx: Transaction,
    chosen: readonly { requestId: string; planId: string }[],
    reason: string,
  ): Promise<void> {
    if (chosen.length === 0) return;
    const planIds = chosen.map((each) => each.planId);
    const contents = new Map((await planContents(tx, planIds)).map((content) => [content.planId, content]));
    const seen = chosen.map(({ requestId, planId }) => ({
      requestId,
      fingerprint: contents.get(planId)?.fingerprint as Buffer,
    }));
    await decideMany(tx, 'support-plan', 'approved', reason, seen);
    await markApproved(
      tx,
      chosen.map(({ requestId, planId }) => ({ id: planId, requestId })),
      personActing(tx.actor),
    );
    const familyIds = [...contents.values()].map((content) => content.familyId);
    await approveInstruments(tx, await waitingFirstInstruments(tx, familyIds), 'approve');
    await promiseDates(tx, planIds, await this.calendars.of(tx, (await authorityOf(tx)).division));
    tx.audit({
      action: 'subsistence.plans-approved',
      subjectKind: 'plans',
      subjectId: planIds[0] as string,
      detail: { plans: planIds.length },
    });
  }
}
