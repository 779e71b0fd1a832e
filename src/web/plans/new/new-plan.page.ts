import { Controller } from '@nestjs/common';
import { familyDetail } from '../../../families/index.ts';
import { fundPositions } from '../../../funds/index.ts';
import type { Actor } from '../../../kernel/index.ts';
import { Drafts, number, UnitOfWork } from '../../../platform/index.ts';
import { planDetail, PlanPreviews, plansFor, ProposePlan } from '../../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../../pages/index.ts';
import { at, planUrls } from '../plans.urls.ts';
import { firstUnanswered, type PlanDraft, planDraftName, proposalOf } from './plan-draft.ts';
import { planQuestion } from './plan-questions.ts';

const LOOK = { audit: 'families.family-seen', subject: 'family' } as const;
const DEED = { allowed: ProposePlan.allowed, audit: 'subsistence.plan-proposed' } as const;

/** Proposing a support plan: where it begins, one question a page, what was answered, and the proposal. */
@Controller()
export class NewPlanPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
    private readonly previews: PlanPreviews,
    private readonly proposePlan: ProposePlan,
  ) {}

  @Page({
    method: 'GET',
    path: planUrls.newPlan,
    title: 'Propose a support plan',
    allowed: ProposePlan.allowed,
    ...LOOK,
  })
  async start(@Visiting() visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const draft = await this.#draft(visit.actor, id);
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const family = await familyDetail(tx, id);
      const plans = await plansFor(tx, id);
      const open = (['proposed', 'changes_asked', 'approved'] as const).flatMap((state) =>
        plans.filter((plan) => plan.state === state && (!plan.supportTo || plan.supportTo > tx.today)),
      );
      return { family, open };
    });
    return show('plans/new/start.njk', { ...data, isBegun: draft !== undefined });
  }

  @Page({ ...{ method: 'POST', path: planUrls.newPlan, title: 'Begin a support plan' }, ...DEED })
  async begin(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    const kept = visit.form.do === 'carry-on' ? await this.#draft(visit.actor, id) : undefined;
    const draft = kept ?? (await this.#fresh(visit, id));
    await this.drafts.keep(visit.actor, planDraftName(id), draft);
    return goTo(nextOf(id, draft));
  }

  @Page({
    method: 'GET',
    path: planUrls.question,
    title: 'A question about a plan',
    allowed: ProposePlan.allowed,
    ...LOOK,
  })
  async ask(@Visiting() visit: Visit): Promise<PageAnswer> {
    const { id = '', step = '' } = visit.params;
    const draft = await this.#draft(visit.actor, number(id));
    if (!draft) return goTo(at(planUrls.newPlan, id));
    if (step === 'check') return firstUnanswered(draft) ? goTo(nextOf(id, draft)) : this.#page(visit, draft);
    return this.#page(visit, draft, planQuestion(step).fill(draft));
  }

  @Page({ ...{ method: 'POST', path: planUrls.question, title: 'Answer a question about a plan' }, ...DEED })
  async take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const { id = '', step = '' } = visit.params;
    const draft = await this.#draft(visit.actor, number(id));
    if (!draft) return goTo(at(planUrls.newPlan, id));
    return attempt(
      async () => {
        if (step === 'check') return this.#propose(visit, id, draft);
        const answered = planQuestion(step).take(visit.form, draft);
        await this.drafts.keep(visit.actor, planDraftName(id), answered);
        // Adding or taking out a top-up comes back to the list of them.
        return goTo(step === 'top-ups' && !answered.noMoreTopUps ? visit.path : nextOf(id, answered));
      },
      () => this.#page(visit, draft, visit.form),
    );
  }

  async #propose(visit: Visit, id: string, draft: PlanDraft): Promise<PageAnswer> {
    const today = await this.unitOfWork.read(visit.actor, (tx) => Promise.resolve(tx.today));
    const { inPlaceOf = null } = draft;
    const done = await this.proposePlan.run(visit.actor, id, proposalOf(draft, today), inPlaceOf, visit.idempotency);
    await this.drafts.discard(visit.actor, planDraftName(id));
    return goTo(`/plans/${done.planId}`, 'The plan is proposed. A manager decides about it.');
  }

  async #page(visit: Visit, draft: PlanDraft, values: object = {}): Promise<View> {
    const { id = '', step = '' } = visit.params;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const family = await familyDetail(tx, number(id));
      const funds = (await fundPositions(tx)).filter((fund) => fund.pays.includes('section-17'));
      const proposal = proposalOf(draft, tx.today);
      const preview =
        family.members.length > 0 ? await this.previews.of(tx, id, proposal).catch(withoutRate) : undefined;
      return { family, funds, proposal, preview };
    });
    const names = Object.fromEntries(data.family.members.map((member) => [member.id, member.name]));
    return show(`plans/new/${step}.njk`, { ...data, names, draft, values, step });
  }

  #draft(actor: Actor, id: string): Promise<PlanDraft | undefined> {
    return this.drafts.find<PlanDraft>(actor, planDraftName(id));
  }

  /** Begins with nothing, or with everything a plan of this family said that was sent back. */
  async #fresh(visit: Visit, id: string): Promise<PlanDraft> {
    const inPlaceOf = /^\d{1,18}$/.exec(String(visit.form.inPlaceOf ?? ''))?.[0];
    if (!inPlaceOf) return {};
    const plan = await this.unitOfWork.read(visit.actor, (tx) => planDetail(tx, inPlaceOf));
    if (plan.familyId !== id) return {};
    const { supportFrom, supportTo, standard, standardReason, overrideWeekly, overrideReason, payDay, fundId } = plan;
    return {
      ...{ inPlaceOf, supportFrom, supportTo, standard, standardReason, payDay, fundId, noMoreTopUps: true },
      frequencyDays: ([7, 14, 28] as const).find((days) => days === plan.frequencyDays),
      override: overrideWeekly === null ? null : { weekly: overrideWeekly, reason: overrideReason ?? '' },
      topUps: plan.topUps.map(({ memberId, weekly, reason }) => ({ memberId, weekly, reason })),
    };
  }
}

function nextOf(familyId: string, draft: PlanDraft): string {
  return at(planUrls.question, familyId, firstUnanswered(draft) ?? 'check');
}

/** Days before the first rate have no amount yet; the proposal itself says so at its field. */
function withoutRate(error: unknown): undefined {
  if ((error as { code?: string }).code !== 'no_rate_in_force') throw error;
}
