import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ChangeMembers, familyDetail } from '../../families/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { dateField } from '../pages/date-field.ts';
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
} from '../pages/index.ts';
import { familyUrl, familyUrls } from './families.urls.ts';

const answers = z.object({
  relationship: z.enum(['child', 'partner', 'other'], 'Choose who they are to the family.'),
  name: words(100),
  born: z.string().nullable().default(null),
  joinedOn: z.string().nullable().default(null),
});

/** Writing down that somebody joined a family, by birth or otherwise. */
@Controller()
export class NewMemberPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly members: ChangeMembers,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.newMember, title: 'Add somebody to a family' },
    ...{ allowed: ChangeMembers.allowed, audit: 'families.family-seen', subject: 'family' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit, visit.query.who === 'child' ? { relationship: 'child' } : {});
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.newMember, title: 'Add somebody to a family' },
    ...{ allowed: ChangeMembers.allowed, audit: 'families.member-added' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const { relationship, name } = read(answers, visit.form);
        const days = { born: dateField(visit.form, 'born'), joinedOn: dateField(visit.form, 'joinedOn') };
        await this.members.add(visit.actor, id, { relationship, name, ...days }, visit.idempotency);
        return goTo(familyUrl(id), `${name} is written down. The next run works out what that changes.`);
      },
      () => this.#form(visit, visit.form),
    );
  }

  async #form(visit: Visit, values: Form): Promise<View> {
    const family = await this.unitOfWork.read(visit.actor, (tx) => familyDetail(tx, number(visit.params.id ?? '')));
    return show('families/new-member.njk', { family, values });
  }
}
