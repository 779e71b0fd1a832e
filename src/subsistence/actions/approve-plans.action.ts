import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import {
  aboveLimit,
  alreadyDecided,
  type ApprovalRequest,
  changedSinceSeen,
  decideMany,
  openRequests,
  type Outlook,
  outlookOn,
  ownProposal,
} from '../../approvals/index.ts';
import { Calendars } from '../../calendar/index.ts';
import { approveInstruments, waitingFirstInstruments } from '../../families/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { planContents } from '../store/plan-content.ts';
import { markApproved, type PlanRow, plansByIds, proposedPlans, readPlan } from '../store/plan.store.ts';
import { promiseDates } from '../store/promise.store.ts';

/** What was approved, and what was left for somebody else. */
export interface PlansApproved {
  readonly approved: number;
  readonly aboveLimit: number;
  readonly ownProposals: number;
  /** Plans whose family or terms changed after they were proposed: they must be proposed again. */
  readonly changed: number;
  /** Plans that carry this person's signature and wait for another's. */
  readonly signed: number;
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
      return allOrNone(await this.#approve(tx, [plan], reason));
    });
  }

  /** Approves everything waiting that this person may approve, a thousand at a time. */
  async all(actor: Actor, reason: string): Promise<PlansApproved> {
    mustBeAllowed(actor, ApprovePlans.allowed);
    const total = { approved: 0, aboveLimit: 0, ownProposals: 0, changed: 0, signed: 0 };
    for (;;) {
      const done = await this.unitOfWork.run({ name: 'subsistence.approve-plans', actor }, async (tx) =>
        this.#approve(
          tx,
          await proposedPlans(tx, PLANS_AT_ONCE + total.aboveLimit + total.ownProposals + total.changed + total.signed),
          reason,
        ),
      );
      total.approved += done.approved;
      total.aboveLimit = done.aboveLimit;
      total.ownProposals = done.ownProposals;
      total.changed = done.changed;
      const isNew = done.approved > 0 || done.signed > total.signed;
      total.signed = done.signed;
      if (!isNew) return total;
    }
  }

  /** Approves the plans somebody chose, all or none: what is above their limit or changed stops the rest. */
  async chosen(actor: Actor, planIds: readonly string[], reason: string): Promise<PlansApproved> {
    mustBeAllowed(actor, ApprovePlans.allowed);
    return this.unitOfWork.run({ name: 'subsistence.approve-chosen-plans', actor }, async (tx) => {
      const plans = await plansByIds(tx, planIds);
      const decided = plans.filter((plan) => plan.state !== 'proposed').length + planIds.length - plans.length;
      if (decided > 0) throw alreadyDecided(`${decided} of the plans you chose wait no longer.`);
      return allOrNone(await this.#approve(tx, plans, reason));
    });
  }

  async #approve(tx: Transaction, plans: readonly PlanRow[], reason: string): Promise<PlansApproved> {
    const requests = await openRequests(tx, 'support-plan', idsOf(plans));
    const outlook = await outlookOn(tx, 'support-plan', requests);
    const having = (...some: readonly Outlook[]) =>
      requests.filter(({ id }) => some.includes(outlook.get(id) ?? 'role'));
    const within = having('possible');
    const contents = await planContents(
      tx,
      within.map((request) => request.subjectId),
    );
    const now = new Map(contents.map((content) => [content.planId, content]));
    const same = within.filter((request) => now.get(request.subjectId)?.fingerprint.equals(request.fingerprint));
    const familyIds = same.map((request) => now.get(request.subjectId)?.familyId as string);
    const approved = await this.#decide(tx, same, familyIds, reason);
    const [own, signed] = [having('proposed').length, having('signed').length];
    return {
      ...{ approved, aboveLimit: requests.length - within.length - own - signed, ownProposals: own },
      ...{ changed: within.length - same.length, signed: signed + same.length - approved },
    };
  }

  async #decide(
    tx: Transaction,
    requests: readonly ApprovalRequest[],
    familyIds: readonly string[],
    reason: string,
  ): Promise<number> {
    if (requests.length === 0) return 0;
    const seen = requests.map(({ id, fingerprint }) => ({ requestId: id, fingerprint }));
    const settled = new Set((await decideMany(tx, 'support-plan', 'approved', reason, seen)).settled);
    if (settled.size === 0) return 0;
    const approved = requests
      .filter(({ id }) => settled.has(id))
      .map(({ id, subjectId }) => ({ id: subjectId, requestId: id }));
    const planIds = approved.map(({ id }) => id);
    await markApproved(tx, approved, personActing(tx.actor));
    const families = familyIds.filter((_, index) => settled.has(requests[index]?.id ?? ''));
    await approveInstruments(tx, await waitingFirstInstruments(tx, families), 'approve');
    await promiseDates(tx, planIds, await this.calendars.of(tx, (await authorityOf(tx)).division));
    const detail = { plans: planIds.length };
    tx.audit({ action: 'subsistence.plans-approved', subjectKind: 'plans', subjectId: planIds[0] as string, detail });
    return settled.size;
  }
}

function allOrNone(done: PlansApproved): PlansApproved {
  if (done.ownProposals > 0) throw ownProposal('You proposed this plan yourself.');
  if (done.aboveLimit > 0) throw aboveLimit('The weekly amount is more than your limit.');
  if (done.changed > 0) throw changedSinceSeen('The family or the plan changed after it was proposed.');
  return done;
}

function idsOf(plans: readonly PlanRow[]): string[] {
  return plans.map((plan) => plan.id);
}
