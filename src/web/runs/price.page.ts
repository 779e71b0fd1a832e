import { Controller } from '@nestjs/common';
import { readRun } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { PriceRun } from '../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, type View, type Visit, Visiting } from '../pages/index.ts';
import { runUrl, runUrls } from './runs.urls.ts';
import { atStage, runIdOf } from './stage.ts';

/** Pricing a run again, from the facts as they are now. */
@Controller()
export class PricePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly priceRun: PriceRun,
  ) {}

  @Page({
    ...{ method: 'GET', path: runUrls.price, title: 'Price a run again' },
    ...{ allowed: PriceRun.allowed, audit: null },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: runUrls.price, title: 'Price a run again' },
    ...{ allowed: PriceRun.allowed, audit: 'subsistence.pricing-started' },
  })
  price(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.priceRun.run(visit.actor, runIdOf(visit), visit.idempotency);
        return goTo(runUrl(runIdOf(visit)), 'The run is being priced again.');
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const run = await this.unitOfWork.read(visit.actor, (tx) => readRun(tx, runIdOf(visit)));
    return atStage(run, ['planned', 'priced'], 'runs/price.njk', {});
  }
}
