import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail } from '../../families/index.ts';
import { fundPositions } from '../../funds/index.ts';
import { applicationsListed, WriteApplication } from '../../grants/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';

const chosen = z.object({ fundCode: z.string('Choose a fund.') });

/** Starting an application for a family: which fund, and then a list of what is to be answered. */
@Controller()
export class NewApplicationPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly write: WriteApplication,
  ) {}

  @Page({
    ...{ method: 'GET', path: grantUrls.new, title: 'Start an application', allowed: WriteApplication.allowed },
    ...{ audit: 'families.family-seen', subject: 'family' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.new, title: 'Start an application', allowed: WriteApplication.allowed },
    audit: 'grants.application-started',
  })
  start(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { fundCode } = read(chosen, visit.form);
        const id = number(visit.params.id ?? '');
        const { applicationId } = await this.write.start(visit.actor, id, { fundCode }, visit.idempotency);
        return goTo(grantUrl(applicationId));
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      family: await familyDetail(tx, id),
      funds: (await fundPositions(tx)).filter((fund) => fund.pays.includes('grant')),
      before: await applicationsListed(tx, { familyId: id, limit: 10 }),
    }));
    return show('grants/new.njk', { ...data, values: visit.form });
  }
}
