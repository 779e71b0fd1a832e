import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { AddUser, CreateSetUpCode } from '../../identity/index.ts';
import { Drafts, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { administrationUrls } from './administration.urls.ts';
import { someRoles } from './answers.ts';
import { roleBoxes } from './terms.ts';

const DRAFT = 'people/new';
const answers = z.object({
  name: words(100),
  email: z.string().trim().max(200).pipe(z.email('Enter an e-mail address, such as name@council.gov.uk.')),
  roles: someRoles.refine((chosen) => chosen.length > 0, 'Choose at least one.'),
});
type Answers = z.output<typeof answers>;

/** Letting somebody in: who they are and what they may do, checked, then a code to tell them. */
@Controller()
export class NewPersonPages {
  constructor(
    private readonly drafts: Drafts,
    private readonly addUser: AddUser,
    private readonly createSetUpCode: CreateSetUpCode,
  ) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.newPerson, title: 'Add a person' },
    ...{ allowed: AddUser.allowed, audit: null },
  })
  async ask(@Visiting() visit: Visit): Promise<View> {
    return this.#form((await this.drafts.find<Answers>(visit.actor, DRAFT)) ?? {});
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.newPerson, title: 'Add a person' },
    ...{ allowed: AddUser.allowed, audit: null },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.drafts.keep(visit.actor, DRAFT, read(answers, visit.form));
        return goTo(administrationUrls.checkPerson);
      },
      () => this.#form(visit.form),
    );
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.checkPerson, title: 'Check before you add this person' },
    ...{ allowed: AddUser.allowed, audit: null },
  })
  async check(@Visiting() visit: Visit): Promise<PageAnswer> {
    const person = await this.drafts.find<Answers>(visit.actor, DRAFT);
    return person ? show('administration/check-person.njk', { adding: person }) : goTo(administrationUrls.newPerson);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.checkPerson, title: 'Add this person' },
    ...{ allowed: AddUser.allowed, audit: 'identity.user-added' },
  })
  async add(@Visiting() visit: Visit): Promise<PageAnswer> {
    const person = await this.drafts.find<Answers>(visit.actor, DRAFT);
    if (!person) return goTo(administrationUrls.people, 'This person was added already.');
    return attempt(
      async () => {
        const id = await this.addUser.run(visit.actor, person, visit.idempotency);
        const code = await this.createSetUpCode.forPerson(visit.actor, id);
        await this.drafts.discard(visit.actor, DRAFT);
        return show('administration/code-once.njk', { code, name: person.name, id, isNew: true });
      },
      () => show('administration/check-person.njk', { adding: person }),
    );
  }

  #form(values: object): View {
    return show('administration/new-person.njk', { values, roleBoxes });
  }
}
