import { Controller } from '@nestjs/common';
import { roles } from '../../kernel/index.ts';
import { listRuns, seeRuns } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { whatWaits } from '../decisions/waiting.page.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';

/** What each person sees first: what waits for them, and the runs under way. */
@Controller()
export class HomePage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({ method: 'GET', path: '/', title: 'Home', allowed: { roles }, audit: null })
  async home(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const { plans, details } = await whatWaits(tx);
      const runs = (await listRuns(tx, 30)).filter((run) => run.state !== 'exported' && run.state !== 'cancelled');
      const mine = plans.filter((plan) => plan.proposedBy === visit.person.id);
      return { waiting: { plans: plans.length, details: details.length }, mine: mine.length, runs };
    });
    const is = (...held: string[]): boolean => visit.person.roles.some((role) => held.includes(role));
    return show('home/home.njk', {
      ...data,
      seesFamilies: !is('releaser') || visit.person.roles.length > 1,
      decides: is('manager'),
      seesRuns: is(...seeRuns.roles),
    });
  }
}
