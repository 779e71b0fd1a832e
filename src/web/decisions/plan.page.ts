import { Controller } from '@nestjs/common';
import { type FamilyDetail, familyDetail } from '../../families/index.ts';
import { fundPositions } from '../../funds/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { ApprovePlans, changesOf, planDetail, seePlans, SettleProposal } from '../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { decisionUrls } from './decisions.urls.ts';
import { decideBy, readWithdrawal, standingOf } from './standing.ts';

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
    ...{ method: 'POST', path: decisionUrls.decidePlan, title: 'Decide on a support plan' },
    ...{ allowed: ApprovePlans.allowed, audit: 'subsistence.plans-approved' },
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, (id) =>
      decideBy(visit.form, {
        approve: (reason) => this.approvePlans.one(visit.actor, id, reason),
        ask_changes: (reason) => this.settleProposal.askForChanges(visit.actor, id, reason),
        decline: (reason) => this.settleProposal.decline(visit.actor, id, reason),
        told: {
          approve: 'The plan is approved. The family’s dates are promised.',
          decline: 'The plan is declined, with your reasons.',
          ask_changes: 'The plan is back with its proposer, with your words.',
        },
      }),
    );
  }

  @Page({
    ...{ method: 'POST', path: decisionUrls.proposePlanAgain, title: 'Propose a plan as it stands now' },
    ...{ allowed: SettleProposal.proposers, audit: 'subsistence.plan-proposed-again' },
  })
  proposeAgain(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, async (id) => {
      await this.settleProposal.proposeAgain(visit.actor, id);
      return goTo(`/plans/${id}`, 'The plan is proposed again, as it stands now.');
    });
  }

  @Page({
    ...{ method: 'POST', path: decisionUrls.withdrawPlan, title: 'Withdraw a plan' },
    ...{ allowed: SettleProposal.proposers, audit: 'subsistence.plan-withdrawn' },
  })
  withdraw(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, async (id) => {
      await this.settleProposal.withdraw(visit.actor, id, readWithdrawal(visit.form));
      return goTo(`/plans/${id}`, 'The plan is withdrawn. It pays nothing.');
    });
  }

  #attempt(visit: Visit, work: (id: string) => Promise<PageAnswer>): Promise<PageAnswer> {
    return attempt(
      () => work(number(visit.params.id ?? '')),
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const plan = await planDetail(tx, id);
      const fund = (await fundPositions(tx)).find((each) => each.id === plan.fundId);
      const standing = await standingOf(tx, visit, 'support-plan', id, ApprovePlans.allowed.roles);
      const [family, changes] = [await familyDetail(tx, plan.familyId), await changesOf(tx, id)];
      return { plan, fund, standing, family, changes, today: tx.today };
    });
    const names = Object.fromEntries(data.family.members.map((member) => [member.id, member.name]));
    const account = isFirst(data.family.bankDetails) ? data.family.bankDetails[0] : undefined;
    const mayPropose = visit.person.roles.includes('caseworker');
    return show('decisions/plan.njk', { ...data, account, names, values: visit.form, mayPropose });
  }
}

/** The first account of a family is approved with its plan. */
function isFirst(details: FamilyDetail['bankDetails']): boolean {
  return details[0]?.state === 'proposed' && details.every((each) => each.state !== 'approved');
}
