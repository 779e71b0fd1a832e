import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ChangeMembers, CorrectBirth, familyDetail, type FamilyMember } from '../../../families/index.ts';
import { number, type ProblemDocument, UnitOfWork, words } from '../../../platform/index.ts';
import {
  attempt,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
  writtenDay,
} from '../../pages/index.ts';
import { addressIn, familyUrls } from '../families.urls.ts';
import { inBoxes, neededDay } from '../family-forms.ts';
import { HouseholdSteps } from './household-steps.ts';
import { memberOf } from './member-of.ts';

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
    private readonly steps: HouseholdSteps,
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
        const memberId = number(visit.params.member ?? '');
        return this.steps.take(visit, {
          ...{
            form: addressIn(familyUrls.leaving, visit),
            what: { key: 'First day they were not there', day: leftOn },
          },
          ifDone: (look) => this.members.ifLeaves(visit.actor, { memberId, leftOn, shown: version }, look),
          done: () => this.members.leave(visit.actor, memberId, leftOn, version),
          told: `They count up to ${writtenDay(leftOn)}. The next run works out what that changes.`,
        });
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
        const memberId = number(visit.params.member ?? '');
        const corrected = { born, reason, version };
        return this.steps.take(visit, {
          ...{ form: addressIn(familyUrls.birth, visit), what: { key: 'Right date of birth', day: born } },
          ifDone: (look) => this.correct.ifCorrected(visit.actor, memberId, corrected, look),
          done: () => this.correct.run(visit.actor, memberId, corrected),
          told: `The date of birth is ${writtenDay(born)}. The next run works out what that changes.`,
        });
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
