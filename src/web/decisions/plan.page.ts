import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail } from '../../families/index.ts';
import { fundPositions } from '../../funds/index.ts';
import { namesOf } from '../../identity/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { ApprovePlans, planDetail, seePlans, SettleProposal } from '../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { decisionUrls } from './decisions.urls.ts';

const declining = z.object({ reason: words(500) });
const approving = z.object({ note: z.string().trim().max(500).default('') });

/** One support plan on one page: the household, the amounts, the fund; and the decision of a second person. */
@Controller()
export class PlanPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly approvePlans: ApprovePlans,
    private readonly settleProposal: SettleProposal,
  ) {}

  @Page({
    ...{ method: 'GET', path: decisionUrls.plan, title: 'A support plan', allowed: seePlans },
    ...{ audit: 'subsistence.plan-seen', subject: 'plan' },
  })
  plan(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: decisionUrls.approvePlan, title: 'Approve a support plan' },
    ...{ allowed: ApprovePlans.allowed, audit: 'subsistence.plan-approved' },
  })
  approve(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.approvePlans.one(visit.actor, number(visit.params.id ?? ''), read(approving, visit.form).note);
        return goTo(decisionUrls.waiting, 'The plan is approved. The family’s dates are promised.');
      },
      () => this.#page(visit),
    );
  }

  @Page({
    ...{ method: 'POST', path: decisionUrls.declinePlan, title: 'Decline a support plan' },
    ...{ allowed: SettleProposal.deciders, audit: 'subsistence.plan-declined' },
  })
  decline(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { reason } = read(declining, visit.form);
        await this.settleProposal.decline(visit.actor, number(visit.params.id ?? ''), reason);
        return goTo(decisionUrls.waiting, 'The plan is declined, with your reasons.');
      },
      () => this.#page(visit),
    );
  }

  @Page({
    ...{ method: 'POST', path: decisionUrls.proposePlanAgain, title: 'Propose a plan as it stands now' },
    ...{ allowed: SettleProposal.proposers, audit: 'subsistence.plan-proposed-again' },
  })
  proposeAgain(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.settleProposal.proposeAgain(visit.actor, number(visit.params.id ?? ''));
        return goTo(visit.path.replace('/propose-again', ''), 'The plan is proposed again, as it stands now.');
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const plan = await planDetail(tx, number(visit.params.id ?? ''));
      const fund = (await fundPositions(tx)).find((each) => each.id === plan.fundId);
      const names = await namesOf(tx, [plan.proposedBy]);
      return { plan, fund, family: await familyDetail(tx, plan.familyId), proposer: names.get(plan.proposedBy) };
    });
    const held = visit.person.roles;
    const isMine = data.plan.proposedBy === visit.person.id;
    return show('decisions/plan.njk', {
      ...{ ...data, values: visit.form, isMine },
      mayDecide: held.includes('manager') && !isMine,
      mayPropose: held.includes('caseworker'),
    });
  }
}
