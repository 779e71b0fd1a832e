import { Controller } from '@nestjs/common';
import { familyDetail } from '../../families/index.ts';
import { fundPositions } from '../../funds/index.ts';
import { attemptsOf, messagesAhead, noticesByIds } from '../../notices/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import {
  ChangePreviews,
  DecidePlanChange,
  termsOf,
  type PlanChangeDetail,
  planChangeDetail,
  planDetail,
  ProposePlanChange,
  seePlans,
} from '../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { decisionUrls } from './decisions.urls.ts';
import { decideBy, readWithdrawal, standingOf } from './standing.ts';

const PROPOSER = { allowed: ProposePlanChange.allowed } as const;

/** One change of a plan on one page: what changes and why, the money before and after; and the decision. */
@Controller()
export class PlanChangePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decidePlanChange: DecidePlanChange,
    private readonly propose: ProposePlanChange,
    private readonly previews: ChangePreviews,
  ) {}

  @Page({
    ...{ method: 'GET', path: decisionUrls.planChange, title: 'A change of a support plan', allowed: seePlans },
    ...{ audit: 'subsistence.plan-change-seen', subject: 'plan-change' },
  })
  change(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: decisionUrls.decidePlanChange, title: 'Decide on a change of a plan' },
    ...{ allowed: DecidePlanChange.allowed, audit: 'subsistence.plan-change-approved' },
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, (id) =>
      decideBy(visit.form, {
        approve: (reason) => this.decidePlanChange.approve(visit.actor, id, reason),
        ask_changes: (reason) => this.decidePlanChange.askForChanges(visit.actor, id, reason),
        decline: (reason) => this.decidePlanChange.decline(visit.actor, id, reason),
        told: {
          approve: 'The change is approved. The family is being told of it.',
          decline: 'The change is declined, with your reasons. The plan stays as it is.',
          ask_changes: 'The change is back with its proposer, with your words.',
        },
      }),
    );
  }

  @Page({
    ...{ method: 'POST', path: decisionUrls.proposePlanChangeAgain, title: 'Propose a change again' },
    ...{ ...PROPOSER, audit: 'subsistence.plan-change-proposed-again' },
  })
  proposeAgain(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, async (id) => {
      await this.propose.again(visit.actor, id);
      return goTo(`/plan-changes/${id}`, 'The change is proposed again, as things stand now.');
    });
  }

  @Page({
    ...{ method: 'POST', path: decisionUrls.withdrawPlanChange, title: 'Withdraw a change of a plan' },
    ...{ ...PROPOSER, audit: 'subsistence.plan-change-withdrawn' },
  })
  withdraw(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, async (id) => {
      await this.propose.withdraw(visit.actor, id, readWithdrawal(visit.form));
      return goTo(`/plan-changes/${id}`, 'The change is withdrawn. The plan stays as it is.');
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
      const change = await planChangeDetail(tx, id);
      const plan = await planDetail(tx, change.planId);
      const fund = (await fundPositions(tx)).find((each) => each.id === plan.fundId);
      const standing = await standingOf(tx, visit, 'support-plan', id, DecidePlanChange.allowed.roles);
      const family = await familyDetail(tx, plan.familyId);
      return { change, plan, fund, standing, family, ...(await this.#told(tx, change)) };
    });
    const names = Object.fromEntries(data.family.members.map((member) => [member.id, member.name]));
    const mayPropose = visit.person.roles.includes('caseworker');
    return show('decisions/plan-change.njk', { ...data, names, values: visit.form, mayPropose });
  }

  /** What the family would be told of a change that is not decided; of one that is, what became of its notice. */
  async #told(tx: Transaction, change: PlanChangeDetail): Promise<object> {
    if (change.state === 'proposed' || change.state === 'changes_asked') {
      const inNotice = await this.previews.of(tx, change.planId, termsOf(change));
      return { inNotice, messages: await messagesAhead(tx, inNotice.facts, inNotice.reach) };
    }
    const ids = change.noticeId ? [change.noticeId] : [];
    const [notice] = await noticesByIds(tx, ids);
    return { notice, attempts: await attemptsOf(tx, ids) };
  }
}
