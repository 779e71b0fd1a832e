import { Controller } from '@nestjs/common';
import { AddFamily } from '../../../families/index.ts';
import { namesOf } from '../../../identity/index.ts';
import { Clock, Drafts, UnitOfWork } from '../../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../../pages/index.ts';
import { addStepUrl, familyUrl, familyUrls } from '../families.urls.ts';
import { DRAFT, EMPTY_DRAFT, familyIn, firstOpenStep, type NewFamilyDraft } from './new-family-draft.ts';

/** The end of adding a family: everything on one page with a way to change it, then one action adds it all. */
@Controller()
export class CheckNewFamilyPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
    private readonly clock: Clock,
    private readonly addFamily: AddFamily,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.addCheck, title: 'Check before you add the family' },
    ...{ allowed: AddFamily.allowed, audit: null },
  })
  async check(@Visiting() visit: Visit): Promise<PageAnswer> {
    const draft = await this.#draft(visit);
    if (firstOpenStep(draft, this.clock.today())) return goTo(familyUrls.add);
    return this.#page(visit, draft);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.addCheck, title: 'Add a family' },
    ...{ allowed: AddFamily.allowed, audit: 'families.family-added' },
  })
  async add(@Visiting() visit: Visit): Promise<PageAnswer> {
    const draft = await this.#draft(visit);
    const open = firstOpenStep(draft, this.clock.today());
    if (open) return goTo(addStepUrl(open), 'Answer this first. Nothing was added yet.');
    return attempt(
      async () => {
        const family = familyIn(draft, this.clock.today());
        const { familyId } = await this.addFamily.run(visit.actor, family, visit.idempotency);
        await this.drafts.discard(visit.actor, DRAFT);
        const bank = family.bank ? ' Its bank details wait for a second person.' : '';
        return goTo(familyUrl(familyId), `Family ${family.reference} is added.${bank} Next, propose a support plan.`);
      },
      () => this.#page(visit, draft),
    );
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.addDiscard, title: 'Throw a half-finished family away' },
    ...{ allowed: AddFamily.allowed, audit: null },
  })
  async discard(@Visiting() visit: Visit): Promise<PageAnswer> {
    await this.drafts.discard(visit.actor, DRAFT);
    return goTo(familyUrls.list, 'What you had typed is gone. No family was added.');
  }

  async #page(visit: Visit, draft: NewFamilyDraft): Promise<View> {
    const family = familyIn(draft, this.clock.today());
    const names = await this.unitOfWork.read(visit.actor, (tx) => namesOf(tx, [family.ownerId]));
    return show('families/new-family/check.njk', { family, owner: names.get(family.ownerId ?? '') });
  }

  async #draft({ actor }: Visit): Promise<NewFamilyDraft> {
    return (await this.drafts.find<NewFamilyDraft>(actor, DRAFT)) ?? EMPTY_DRAFT;
  }
}
