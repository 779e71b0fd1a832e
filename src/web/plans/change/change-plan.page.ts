import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail } from '../../../families/index.ts';
import { messagesAhead } from '../../../notices/index.ts';
import { Drafts, number, type Transaction, UnitOfWork } from '../../../platform/index.ts';
import {
  changesOf,
  ChangePreviews,
  checkPlanChange,
  mustBeInTime,
  planDetail,
  type PlanChangeKind,
  ProposePlanChange,
  type PlanChangeTerms,
} from '../../../subsistence/index.ts';
import {
  attempt,
  type Form,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
} from '../../pages/index.ts';
import { at, planUrls } from '../plans.urls.ts';
import { changeKind, readChange } from './change-questions.ts';

const LOOK = { allowed: ProposePlanChange.allowed, audit: 'subsistence.plan-seen', subject: 'plan' } as const;
const DEED = { allowed: ProposePlanChange.allowed, audit: 'subsistence.plan-change-proposed' } as const;
const choosing = z.object({
  kind: z.enum(['end', 'top-up', 'end-top-up', 'override', 'standard', 'pay-day'], 'Choose what should change.'),
});

/** What somebody wants to change: as typed, as read, and the version of the plan they were shown. */
interface ChangeDraft {
  readonly form: Form;
  readonly terms: PlanChangeTerms;
  readonly planVersion: number;
  readonly inPlaceOf: string | null;
}

/** Changing an approved plan: what should change, one form for it, what that does, and the proposal. */
@Controller()
export class ChangePlanPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
    private readonly propose: ProposePlanChange,
    private readonly previews: ChangePreviews,
  ) {}

  @Page({ ...{ method: 'GET', path: planUrls.change, title: 'Change a support plan' }, ...LOOK })
  choose(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit, 'plans/change/choose.njk', visit.query);
  }

  @Page({ ...{ method: 'POST', path: planUrls.change, title: 'Choose what to change' }, ...DEED })
  chosen(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      () =>
        Promise.resolve(goTo(at(planUrls.changeOf, number(visit.params.id ?? ''), read(choosing, visit.form).kind))),
      () => this.#page(visit, 'plans/change/choose.njk', visit.form),
    );
  }

  @Page({ ...{ method: 'GET', path: planUrls.changeOf, title: 'What should change in a plan' }, ...LOOK })
  async ask(@Visiting() visit: Visit): Promise<PageAnswer> {
    const { id = '', kind = '' } = visit.params;
    // A pay day moves only with notice: that is a journey of its own.
    if (kind === 'pay-day') return goTo(`/pay-days/new?plan=${number(id)}`);
    const draft = await this.drafts.find<ChangeDraft>(visit.actor, draftName(number(id)));
    const known = draft?.terms.kind === changeKind(kind) ? draft.form : {};
    return this.#ask(visit, changeKind(kind), known);
  }

  @Page({ ...{ method: 'POST', path: planUrls.changeOf, title: 'Say what should change in a plan' }, ...DEED })
  async take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    const kind = changeKind(visit.params.kind ?? '');
    return attempt(
      async () => {
        const terms = readChange(kind, visit.form);
        const [plan, open] = await this.unitOfWork.read(visit.actor, async (tx) => {
          await checkPlanChange(tx, id, terms);
          mustBeInTime(terms, await this.previews.of(tx, id, terms));
          return [await planDetail(tx, id), await openChange(tx, id)] as const;
        });
        const planVersion = plan.version;
        const inPlaceOf = open && open.state !== 'proposed' ? open.id : null;
        const draft: ChangeDraft = { form: visit.form, terms, planVersion, inPlaceOf };
        await this.drafts.keep(visit.actor, draftName(id), draft);
        return goTo(at(planUrls.checkChange, id));
      },
      () => this.#ask(visit, kind, visit.form),
    );
  }

  @Page({ ...{ method: 'GET', path: planUrls.checkChange, title: 'Check a change of a plan' }, ...LOOK })
  async check(@Visiting() visit: Visit): Promise<PageAnswer> {
    const draft = await this.drafts.find<ChangeDraft>(visit.actor, draftName(number(visit.params.id ?? '')));
    return draft ? this.#checkPage(visit, draft) : goTo(at(planUrls.change, visit.params.id ?? ''));
  }

  @Page({ ...{ method: 'POST', path: planUrls.checkChange, title: 'Propose a change of a plan' }, ...DEED })
  async send(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    const draft = await this.drafts.find<ChangeDraft>(visit.actor, draftName(id));
    if (!draft) return goTo(at(planUrls.change, id));
    return attempt(
      async () => {
        const { planVersion, terms, inPlaceOf } = draft;
        const done = await this.propose.run(visit.actor, id, planVersion, terms, inPlaceOf, visit.idempotency);
        await this.drafts.discard(visit.actor, draftName(id));
        return goTo(`/plan-changes/${done.changeId}`, 'The change is proposed. A manager decides about it.');
      },
      async (problem) => {
        const view = await this.#checkPage(visit, draft);
        // The person has now been shown the plan as it stands: sending again is about that plan.
        const plan = view.data.plan as { version: number };
        if (problem.code === 'plan_moved_on')
          await this.drafts.keep(visit.actor, draftName(id), { ...draft, planVersion: plan.version });
        return view;
      },
    );
  }

  async #checkPage(visit: Visit, draft: ChangeDraft): Promise<View> {
    const known = await this.unitOfWork.read(visit.actor, async (tx) => {
      const inNotice = await this.previews.of(tx, number(visit.params.id ?? ''), draft.terms);
      return { inNotice, messages: await messagesAhead(tx, inNotice.facts, inNotice.reach) };
    });
    const view = await this.#page(visit, 'plans/change/check.njk', draft.form);
    return show(view.template, { ...view.data, ...known, change: draft.terms });
  }

  async #ask(visit: Visit, kind: PlanChangeKind, values: object): Promise<View> {
    const { template, data } = await this.#page(visit, `plans/change/${kind}.njk`, values);
    const { plan } = data as { plan: { familyId: string } };
    const allowed = await this.unitOfWork.read(visit.actor, (tx) => this.previews.allowed(tx, plan.familyId, kind));
    return show(template, { ...data, allowed });
  }

  async #page(visit: Visit, template: string, values: object): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const plan = await planDetail(tx, number(visit.params.id ?? ''));
      return {
        plan,
        family: await familyDetail(tx, plan.familyId),
        open: await openChange(tx, plan.id),
        today: tx.today,
      };
    });
    const names = Object.fromEntries(data.family.members.map((member) => [member.id, member.name]));
    return show(template, { ...data, names, values });
  }
}

async function openChange(tx: Transaction, planId: string) {
  const changes = await changesOf(tx, planId);
  const open = changes.find(({ state }) => state === 'proposed' || state === 'changes_asked');
  // What was kept is settled by another proposal in its place.
  return open ?? changes.find(({ state }) => state === 'kept');
}

function draftName(planId: string): string {
  return `plans/change/${planId}`;
}
