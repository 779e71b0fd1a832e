import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ChangeMembers, ExpectBaby, familyDetail, type FamilyMember } from '../../../families/index.ts';
import { number, UnitOfWork } from '../../../platform/index.ts';
import {
  attempt,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
} from '../../pages/index.ts';
import { addressIn, familyUrl, familyUrls } from '../families.urls.ts';
import { neededDay } from '../family-forms.ts';
import { HouseholdSteps } from './household-steps.ts';
import { memberOf } from './member-of.ts';

const endingForm = z.object({ what: z.enum(['born', 'ended'], 'Choose one.') });
const seen = { audit: 'families.family-seen', subject: 'family' } as const;

/** A baby on its way: that it is expected, and what became of it. */
@Controller()
export class PregnancyPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly expectBaby: ExpectBaby,
    private readonly members: ChangeMembers,
    private readonly steps: HouseholdSteps,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.baby, title: 'A baby is expected', allowed: ExpectBaby.allowed },
    ...seen,
  })
  askDue(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit, 'families/changes/expected-baby.njk');
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.baby, title: 'A baby is expected' },
    ...{ allowed: ExpectBaby.allowed, audit: 'families.baby-expected' },
  })
  takeDue(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const due = neededDay(visit.form, 'due', 'Enter the due date.');
        await this.expectBaby.run(visit.actor, id, due, visit.idempotency);
        return goTo(familyUrl(id), 'The due date is written down. The next run works out what that adds.');
      },
      () => this.#form(visit, 'families/changes/expected-baby.njk'),
    );
  }

  @Page({
    ...{
      method: 'GET',
      path: familyUrls.pregnancy,
      title: 'What became of a pregnancy',
      allowed: ChangeMembers.allowed,
    },
    ...seen,
  })
  async askEnd(@Visiting() visit: Visit): Promise<PageAnswer> {
    const page = await this.#form(visit, 'families/changes/pregnancy.njk');
    const { due, birthRecordedOn } = page.data.member as FamilyMember;
    if (!due || birthRecordedOn) return goTo(familyUrl(number(visit.params.id ?? '')), 'No birth is waited for there.');
    return page;
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.pregnancy, title: 'What became of a pregnancy' },
    ...{ allowed: ChangeMembers.allowed, audit: 'families.pregnancy-ended' },
  })
  takeEnd(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const { what } = read(endingForm, visit.form);
        if (what === 'born') return goTo(`${familyUrls.newMember.replace(':id', id)}?who=child`);
        const endedOn = neededDay(visit.form, 'endedOn', 'Enter the day.');
        const memberId = number(visit.params.member ?? '');
        return this.steps.take(visit, {
          ...{ form: addressIn(familyUrls.pregnancy, visit), what: { key: 'The pregnancy ended', day: endedOn } },
          ifDone: (look) => this.members.ifPregnancyEnds(visit.actor, { memberId, endedOn }, look),
          done: () => this.members.pregnancyEnded(visit.actor, memberId, endedOn),
          told: 'That is written down. The next run works out what that changes.',
        });
      },
      () => this.#form(visit, 'families/changes/pregnancy.njk'),
    );
  }

  async #form(visit: Visit, template: string): Promise<View> {
    const family = await this.unitOfWork.read(visit.actor, (tx) => familyDetail(tx, number(visit.params.id ?? '')));
    const member = visit.params.member === undefined ? undefined : memberOf(family, visit.params.member);
    return show(template, { family, member, values: visit.form });
  }
}
