import { Controller } from '@nestjs/common';
import { catalogueList, ReferFamily } from '../../grants/index.ts';
import { Clock, Drafts, UnitOfWork } from '../../platform/index.ts';
import {
  attempt,
  type Form,
  goTo,
  Page,
  type PageAnswer,
  show,
  type View,
  type Visit,
  Visiting,
} from '../pages/index.ts';
import {
  firstStepOpen,
  isStepDone,
  readReferralStep,
  REFERRAL_DRAFT,
  type ReferralDraft,
  referralIn,
  type ReferralStep,
  referralSteps,
  stepsOfReferral,
} from './referral-draft.ts';
import { referralUrl, referralUrls } from './referrals.urls.ts';

const own = { allowed: ReferFamily.allowed, audit: null } as const;

/** Referring a family, a question page at a time. What was typed is kept, sealed, until it is sent or let go. */
@Controller()
export class NewReferralPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
    private readonly clock: Clock,
    private readonly refer: ReferFamily,
  ) {}

  @Page({ method: 'GET', path: referralUrls.new, title: 'Refer a family', ...own })
  async contents(@Visiting() visit: Visit): Promise<View> {
    const [draft, today] = [await this.#draft(visit), this.clock.today()];
    const items = stepsOfReferral.map((step) => ({
      ...{ step, text: referralSteps[step], isDone: isStepDone(step, draft, today) },
    }));
    return show('referrals/contents.njk', {
      ...{ items, next: firstStepOpen(draft, today), hasBegun: Object.keys(draft).length > 0 },
    });
  }

  @Page({ method: 'GET', path: referralUrls.check, title: 'Check before you refer the family', ...own })
  async check(@Visiting() visit: Visit): Promise<PageAnswer> {
    const draft = await this.#draft(visit);
    if (firstStepOpen(draft, this.clock.today())) return goTo(referralUrls.new);
    return this.#check(visit, draft);
  }

  @Page({
    ...{ method: 'POST', path: referralUrls.check, title: 'Refer a family' },
    ...{ allowed: ReferFamily.allowed, audit: 'grants.family-referred' },
  })
  async send(@Visiting() visit: Visit): Promise<PageAnswer> {
    const [draft, today] = [await this.#draft(visit), this.clock.today()];
    const open = firstStepOpen(draft, today);
    if (open) return goTo(stepUrl(open), 'Answer this first. Nothing was sent yet.');
    return attempt(
      async () => {
        const { referralId } = await this.refer.run(visit.actor, referralIn(draft, today), visit.idempotency);
        await this.drafts.discard(visit.actor, REFERRAL_DRAFT);
        return goTo(referralUrl(referralId), 'The council has your referral. You can add files that show the need.');
      },
      () => this.#check(visit, draft),
    );
  }

  @Page({ method: 'POST', path: referralUrls.discard, title: 'Throw a half-written referral away', ...own })
  async discard(@Visiting() visit: Visit): Promise<PageAnswer> {
    await this.drafts.discard(visit.actor, REFERRAL_DRAFT);
    return goTo(referralUrls.list, 'What you had typed is gone. Nobody was referred.');
  }

  @Page({ method: 'GET', path: referralUrls.step, title: 'Refer a family', ...own })
  async ask(@Visiting() visit: Visit): Promise<PageAnswer> {
    const step = stepOf(visit);
    if (!step) return goTo(referralUrls.new);
    return this.#step(visit, step, (await this.#draft(visit))[step] ?? {});
  }

  @Page({ method: 'POST', path: referralUrls.step, title: 'Refer a family', ...own })
  async take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const step = stepOf(visit);
    if (!step) return goTo(referralUrls.new);
    return attempt(
      async () => {
        readReferralStep(step, visit.form, this.clock.today());
        const draft = { ...(await this.#draft(visit)), [step]: visit.form };
        await this.drafts.keep(visit.actor, REFERRAL_DRAFT, draft);
        const next = firstStepOpen(draft, this.clock.today());
        return goTo(next ? stepUrl(next) : referralUrls.check);
      },
      () => this.#step(visit, step, visit.form),
    );
  }

  async #step(visit: Visit, step: ReferralStep, values: Form): Promise<View> {
    const catalogue = step === 'needs' ? await this.#catalogue(visit) : [];
    return show(`referrals/${step}.njk`, { values, catalogue, heading: referralSteps[step] });
  }

  async #check(visit: Visit, draft: ReferralDraft): Promise<View> {
    const referral = referralIn(draft, this.clock.today());
    const names = (await this.#catalogue(visit)).filter((item) => referral.codes.includes(item.code));
    return show('referrals/check.njk', { referral, needed: names.map((item) => item.name) });
  }

  async #catalogue({ actor }: Visit) {
    return (await this.unitOfWork.read(actor, catalogueList)).filter((item) => item.active);
  }

  async #draft({ actor }: Visit): Promise<ReferralDraft> {
    return (await this.drafts.find<ReferralDraft>(actor, REFERRAL_DRAFT)) ?? {};
  }
}

function stepOf({ params }: Visit): ReferralStep | undefined {
  return stepsOfReferral.find((step) => step === params.step);
}

function stepUrl(step: ReferralStep): string {
  return referralUrls.step.replace(':step', step);
}
