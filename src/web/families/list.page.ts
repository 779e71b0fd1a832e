import { Controller } from '@nestjs/common';
import { findFamilies, seeFamilies, teamsAndWards } from '../../families/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { familyUrls } from './families.urls.ts';

const ON_A_PAGE = 50;

/** The list of families, narrowed and paged by what is in the address: references, teams and wards, never names. */
@Controller()
export class FamilyListPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.list, title: 'Families', allowed: seeFamilies },
    ...{ audit: 'families.list-seen', subject: 'family' },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const { reference = '', team = '', ward = '', after = '' } = visit.query;
    const filter = { reference: reference.trim() || undefined, team: team || undefined, ward: ward || undefined };
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      found: await findFamilies(tx, filter, after.slice(0, 40), ON_A_PAGE + 1),
      choices: await teamsAndWards(tx),
    }));
    const families = data.found.slice(0, ON_A_PAGE);
    const more = data.found.length > ON_A_PAGE ? families.at(-1)?.reference : undefined;
    const next = more && `${familyUrls.list}?${new URLSearchParams({ reference, team, ward, after: more }).toString()}`;
    return show('families/list.njk', {
      ...{ families, next, choices: data.choices, filter: { reference, team, ward } },
      isNarrowed: Boolean(reference || team || ward),
      isFirst: after === '',
    });
  }
}
