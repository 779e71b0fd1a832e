import { Controller } from '@nestjs/common';
import { listPeople, seePeople } from '../../identity/index.ts';
import { roles } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { administrationUrls } from './administration.urls.ts';
import { holds } from './answers.ts';

const ON_A_PAGE = 50;

/** The people of the council, narrowed by role and by whether they may still sign in. */
@Controller()
export class PeoplePage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.people, title: 'People', allowed: seePeople },
    ...{ audit: 'identity.people-seen', subject: 'user' },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const { role = '', active = '', after = '' } = visit.query;
    const filter = {
      role: roles.find((each) => each === role),
      isActive: active === 'yes' ? true : active === 'no' ? false : undefined,
    };
    const from = /^\d{1,18}$/.test(after) ? after : '0';
    const found = await this.unitOfWork.read(visit.actor, (tx) => listPeople(tx, filter, from, ON_A_PAGE + 1));
    const people = found.slice(0, ON_A_PAGE);
    const more = found.length > ON_A_PAGE ? people.at(-1)?.id : undefined;
    const next =
      more && `${administrationUrls.people}?${new URLSearchParams({ role, active, after: more }).toString()}`;
    return show('administration/people.njk', {
      ...{ people, next, roles, filter: { role, active }, isNarrowed: Boolean(role || active) },
      mayChange: holds(visit, 'administrator'),
    });
  }
}
