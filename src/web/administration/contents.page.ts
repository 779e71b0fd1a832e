import { Controller } from '@nestjs/common';
import { listPolicies } from '../../approvals/index.ts';
import { councilSettings, seeAdministration, waitingLimits } from '../../identity/index.ts';
import { originatorShown } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { listRecoveryFloors, waitingRateProposals } from '../../subsistence/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { administrationUrls } from './administration.urls.ts';
import { holds } from './answers.ts';

/** What there is to set up, and what of it waits for a second person. */
@Controller()
export class ContentsPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.contents, title: 'Administration' },
    ...{ allowed: seeAdministration, audit: null },
  })
  async contents(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      settings: await councilSettings(tx),
      waiting: {
        limits: (await waitingLimits(tx)).length,
        signatures: (await listPolicies(tx)).filter(({ state }) => state === 'open').length,
        floors: (await listRecoveryFloors(tx)).filter(({ state }) => state === 'open').length,
        rates: (await waitingRateProposals(tx)).length,
        account: (await originatorShown(tx)).waiting ? 1 : 0,
      },
    }));
    return show('administration/contents.njk', {
      ...{
        ...data,
        seesPeople: holds(visit, 'administrator', 'auditor'),
        seesAudit: holds(visit, 'administrator', 'auditor'),
      },
    });
  }
}
