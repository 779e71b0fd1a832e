import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { AssignFamily, assignmentsOf, familyDetail, teamsAndWards } from '../../../families/index.ts';
import { activePeople, namesOf } from '../../../identity/index.ts';
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
} from '../../pages/index.ts';
import { familyUrl, familyUrls } from '../families.urls.ts';
import { ownerIn } from '../family-forms.ts';
import { changeForm } from './differences.ts';

const assigning = z.object({ version: z.coerce.number().int(), reason: words(300) });

/** Giving a family to somebody to look after, with a reason; and who had it before. */
@Controller()
export class OwnerPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly assignFamily: AssignFamily,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.owner, title: 'Who looks after a family' },
    ...{ allowed: AssignFamily.allowed, audit: 'families.family-seen', subject: 'family' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.owner, title: 'Who looks after a family' },
    ...{ allowed: AssignFamily.allowed, audit: 'families.family-assigned' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const { version, reason } = read(assigning, visit.form);
        await this.assignFamily.run(visit.actor, id, { ...ownerIn(visit.form), reason, version });
        return goTo(familyUrl(id), 'Who looks after this family is changed.');
      },
      (problem) => this.#form(visit, problem),
    );
  }

  async #form(visit: Visit, problem?: ProblemDocument): Promise<View> {
    const { names, ...data } = await this.unitOfWork.read(visit.actor, async (tx) => {
      const family = await familyDetail(tx, number(visit.params.id ?? ''));
      const assignments = await assignmentsOf(tx, family.id);
      const people = assignments.flatMap((each) => [each.ownerId, each.assignedBy]);
      const workers = await activePeople(tx, AssignFamily.allowed.roles);
      const { teams } = await teamsAndWards(tx);
      return { family, workers, assignments, teams, names: await namesOf(tx, [...people, family.ownerId]) };
    });
    const name = (id: string): string => names.get(id) ?? (id ? `person ${id}` : 'Nobody yet');
    const fields = { ownerId: { label: 'Looked after by', say: name }, team: { label: 'Team' } };
    const { ownerId, team, version } = data.family;
    const form = changeForm(fields, { now: { ownerId, team }, version }, visit.form, problem);
    return show('families/changes/owner.njk', { ...data, ...form, names: Object.fromEntries(names) });
  }
}
