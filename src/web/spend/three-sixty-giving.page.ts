import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { grantsFor360Giving, LookAtSpend, seeSpend } from '../../reporting/index.ts';
import { Page, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { spendUrls } from './spend.urls.ts';

const year = z.string().regex(/^20\d{2}-\d{2}$/, 'Choose a financial year.');
const publishing = z.object({
  year: year.optional(),
  prefix: z
    .string()
    .regex(/^360G-[A-Za-z0-9-]{1,30}$/, 'Write the prefix as 360Giving gave it, such as 360G-northshire.'),
  funder: z.string().regex(/^GB-[A-Z]{3}-[A-Z0-9]{2,12}$/, 'Write the number as at org-id.guide, such as GB-LAE-ABC.'),
});

/** Grants to publish with 360Giving: what the file needs to know of the council, and the file. */
@Controller()
export class ThreeSixtyGivingPages {
  constructor(private readonly spend: LookAtSpend) {}

  @Page({
    ...{ method: 'GET', path: spendUrls.threeSixtyGiving, title: 'Grants to publish with 360Giving' },
    ...{ allowed: seeSpend, audit: 'reporting.grants-published', subject: 'spend' },
  })
  async ask(@Visiting() visit: Visit): Promise<View> {
    const asked = year.safeParse(visit.query.year);
    const found = await this.spend.grantsToPublish(visit.actor, asked.success ? asked.data : undefined);
    return show('spend/three-sixty-giving.njk', { found, values: visit.query });
  }

  @Page({
    ...{
      method: 'GET',
      path: spendUrls.threeSixtyGivingFile,
      title: 'Grants to publish, as a file',
      allowed: seeSpend,
    },
    ...{ audit: 'reporting.grants-published', subject: 'spend', produces: 'text/csv' },
  })
  async file(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    const { year: asked, ...publisher } = read(publishing, visit.query);
    const found = await this.spend.grantsToPublish(visit.actor, asked);
    response.set('Cache-Control', 'no-store').attachment(`360giving-${found.year}.csv`);
    response
      .type('text/csv; charset=utf-8')
      .send(grantsFor360Giving(found.grants, { ...publisher, council: visit.council }));
  }
}
