import { Controller } from '@nestjs/common';
import { familyDetail } from '../../families/index.ts';
import { boardNotices, placeOf, seeNotices } from '../../notices/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { terms } from './notice-terms.ts';
import { noticeUrls } from './notices.urls.ts';

const ON_A_PAGE = 30;

/** What one family was told, the newest first. */
@Controller()
export class FamilyNoticesPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: noticeUrls.ofFamily, title: 'A family’s notices', allowed: seeNotices },
    ...{ audit: 'notices.family-notices-seen', subject: 'family' },
  })
  async notices(@Visiting() visit: Visit): Promise<View> {
    const { after } = visit.query;
    const from = after && /^\d{1,18}$/.test(after) ? after : undefined;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const family = await familyDetail(tx, number(visit.params.id ?? ''));
      const asked = { among: [family.id], sort: 'newest', after: from, limit: ON_A_PAGE + 1 } as const;
      return { family, found: await boardNotices(tx, asked), today: tx.today };
    });
    const notices = data.found.slice(0, ON_A_PAGE);
    const last = data.found.length > ON_A_PAGE ? notices.at(-1) : undefined;
    return show('notices/family-notices.njk', {
      ...{ family: data.family, today: data.today, notices, terms, isFirst: !from },
      older: last && `${visit.path}?after=${placeOf(last, 'newest')}`,
    });
  }
}
