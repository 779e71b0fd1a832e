import { Controller } from '@nestjs/common';
import { askedFor, catalogueList, followUpsDue, seeGrants } from '../../grants/index.ts';
import { referencesOf } from '../../families/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { askedForUrls } from './asked-for.urls.ts';

const MOST = 200;

/** What waits to be taken up, of agencies and of families, and which awards are to be followed up. */
@Controller()
export class AskedForPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: askedForUrls.list, title: 'Asked for', allowed: seeGrants },
    ...{ audit: 'grants.asked-for-seen', subject: 'referral' },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const due = await followUpsDue(tx, tx.today, MOST);
      const references = await referencesOf(
        tx,
        due.map((each) => each.familyId),
      );
      const names = Object.fromEntries((await catalogueList(tx)).map((item) => [item.code, item.name]));
      const followUps = due.map((each) => ({ ...each, family: references.get(each.familyId) ?? '' }));
      return { ...(await askedFor(tx, MOST)), followUps, names, today: tx.today };
    });
    return show('asked-for/list.njk', { ...data, most: MOST });
  }
}
