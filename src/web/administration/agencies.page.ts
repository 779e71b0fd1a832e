import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { agencyDetail, CreateSetUpCode, KeepAgency, listAgencies } from '../../identity/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { addressOf, administrationUrls } from './administration.urls.ts';
import { holds } from './answers.ts';

const newAgency = z.object({ name: words(120), contact: words(300) });
const newPartner = z.object({
  name: words(100),
  email: z.string().trim().max(200).pipe(z.email('Enter an e-mail address, such as name@agency.org.')),
});
const closing = z.object({ reason: words(500) });

/** Partner agencies: letting one in, the people who sign in for it, and closing it. */
@Controller()
export class AgencyPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keep: KeepAgency,
    private readonly createSetUpCode: CreateSetUpCode,
  ) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.agencies, title: 'Partner agencies', allowed: KeepAgency.seen },
    ...{ audit: null },
  })
  list(@Visiting() visit: Visit): Promise<View> {
    return this.#list(visit);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.agencies, title: 'Let an agency in', allowed: KeepAgency.allowed },
    audit: 'identity.agency-added',
  })
  add(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { agencyId } = await this.keep.add(visit.actor, read(newAgency, visit.form), visit.idempotency);
        return goTo(
          addressOf(administrationUrls.agency, agencyId),
          'The agency is in. Add the people who sign in for it.',
        );
      },
      () => this.#list(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.agency, title: 'A partner agency', allowed: KeepAgency.seen },
    ...{ audit: 'identity.agency-seen', subject: 'agency' },
  })
  one(@Visiting() visit: Visit): Promise<View> {
    return this.#one(visit, 'agency');
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.agency, title: 'Add somebody of an agency' },
    ...{ allowed: KeepAgency.allowed, audit: 'identity.partner-added' },
  })
  addPerson(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const person = read(newPartner, visit.form);
        const id = number(visit.params.id ?? '');
        const { userId } = await this.keep.addPerson(visit.actor, id, person, visit.idempotency);
        const code = await this.createSetUpCode.forPerson(visit.actor, userId);
        return show('administration/code-once.njk', { code, name: person.name, id: userId, isNew: true });
      },
      () => this.#one(visit, 'agency'),
    );
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.closeAgency, title: 'Close an agency', allowed: KeepAgency.allowed },
    ...{ audit: 'identity.agency-seen', subject: 'agency' },
  })
  askClosing(@Visiting() visit: Visit): Promise<View> {
    return this.#one(visit, 'close-agency');
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.closeAgency, title: 'Close an agency', allowed: KeepAgency.allowed },
    audit: 'identity.agency-closed',
  })
  close(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        await this.keep.close(visit.actor, id, read(closing, visit.form).reason);
        const told = 'The agency is closed, and its people are signed out. What it referred goes on.';
        return goTo(addressOf(administrationUrls.agency, id), told);
      },
      () => this.#one(visit, 'close-agency'),
    );
  }

  async #list(visit: Visit): Promise<View> {
    const agencies = await this.unitOfWork.read(visit.actor, listAgencies);
    const data = { agencies, values: visit.form, mayChange: holds(visit, 'administrator') };
    return show('administration/agencies.njk', data);
  }

  async #one(visit: Visit, template: 'agency' | 'close-agency'): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, (tx) => agencyDetail(tx, number(visit.params.id ?? '')));
    const mayChange = holds(visit, 'administrator');
    return show(`administration/${template}.njk`, { ...data, values: visit.form, mayChange });
  }
}
