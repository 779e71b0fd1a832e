import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  ChangeMembers,
  CorrectBirth,
  type FamilyDetail,
  familyDetail,
  type FamilyMember,
} from '../../../families/index.ts';
import { noSuchMember } from '../../../families/index.ts';
import { number, type ProblemDocument, UnitOfWork, words } from '../../../platform/index.ts';
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
  writtenDay,
} from '../../pages/index.ts';
import { familyUrl, familyUrls } from '../families.urls.ts';
import { inBoxes, neededDay } from '../family-forms.ts';

const shownForm = z.object({ version: z.coerce.number().int() });
const reasonForm = z.object({ reason: words(300) });
const seen = { audit: 'families.family-seen', subject: 'family' } as const;

/** One person of a family: that they left, and a date of birth written down wrong. */
@Controller()
export class MemberPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly members: ChangeMembers,
    private readonly correct: CorrectBirth,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.leaving, title: 'Somebody left a family', allowed: ChangeMembers.allowed },
    ...seen,
  })
  askLeaving(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit, 'families/changes/leaving.njk', (member) => inBoxes('leftOn', member.leftOn));
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.leaving, title: 'Somebody left a family', allowed: ChangeMembers.allowed },
    audit: 'families.member-left',
  })
  takeLeaving(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { version } = read(shownForm, visit.form);
        const leftOn = neededDay(visit.form, 'leftOn', 'Enter the first day they were not there.');
        await this.members.leave(visit.actor, number(visit.params.member ?? ''), leftOn, version);
        const told = `They count up to ${writtenDay(leftOn)}. The next run works out what that changes.`;
        return goTo(familyUrl(number(visit.params.id ?? '')), told);
      },
      (problem) => this.#form(visit, 'families/changes/leaving.njk', () => ({}), problem),
    );
  }

  @Page({
    ...{ method: 'GET', path: familyUrls.birth, title: 'Correct a date of birth', allowed: CorrectBirth.allowed },
    ...seen,
  })
  askBirth(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit, 'families/changes/birth.njk', (member) => inBoxes('born', member.born));
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.birth, title: 'Correct a date of birth', allowed: CorrectBirth.allowed },
    audit: 'families.birth-corrected',
  })
  takeBirth(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { version } = read(shownForm, visit.form);
        const born = neededDay(visit.form, 'born', 'Enter the date of birth.');
        const { reason } = read(reasonForm, visit.form);
        await this.correct.run(visit.actor, number(visit.params.member ?? ''), { born, reason, version });
        const told = `The date of birth is ${writtenDay(born)}. The next run works out what that changes.`;
        return goTo(familyUrl(number(visit.params.id ?? '')), told);
      },
      (problem) => this.#form(visit, 'families/changes/birth.njk', () => ({}), problem),
    );
  }

  async #form(
    visit: Visit,
    template: string,
    now: (member: FamilyMember) => Record<string, string>,
    problem?: ProblemDocument,
  ): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const family = await familyDetail(tx, number(visit.params.id ?? ''));
      return { family, member: memberOf(family, visit.params.member) };
    });
    const isConflict = problem?.code === 'family_changed_meanwhile';
    return show(template, {
      ...{ ...data, isConflict, values: problem ? visit.form : now(data.member) },
      shown: problem && !isConflict ? visit.form.version : data.member.version,
    });
  }
}

/** Finds one person of a family that is shown. @throws no_such_member */
export function memberOf(family: FamilyDetail, id: string | undefined): FamilyMember {
  const member = family.members.find((each) => each.id === id);
  if (!member) throw noSuchMember('Nobody in this family has that number.');
  return member;
}
