import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { CancelRun, readRun } from '../../payments/index.ts';
import { UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, type View, type Visit, Visiting } from '../pages/index.ts';
import { runUrl, runUrls } from './runs.urls.ts';
import { atStage, runIdOf, versionSeen } from './stage.ts';

const cancelling = z.object({ reason: words(500) });

/** Cancelling a run that is not posted: what is let go, and why. */
@Controller()
export class CancelPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cancelRun: CancelRun,
  ) {}

  @Page({
    ...{ method: 'GET', path: runUrls.cancel, title: 'Cancel a run' },
    ...{ allowed: CancelRun.allowed, audit: null },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: runUrls.cancel, title: 'Cancel a run' },
    ...{ allowed: CancelRun.allowed, audit: 'payments.run-cancelled' },
  })
  cancel(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = runIdOf(visit);
    return attempt(
      async () => {
        const { reason } = read(cancelling, { reason: visit.form.reason ?? '' });
        await this.cancelRun.run(visit.actor, id, reason, visit.idempotency, versionSeen(visit));
        return goTo(runUrl(id), 'The run is cancelled. Its families are due again with the next run.');
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const run = await this.unitOfWork.read(visit.actor, (tx) => readRun(tx, runIdOf(visit)));
    const stages = ['planned', 'pricing', 'priced', 'in_approval', 'approved'] as const;
    return atStage(run, stages, 'runs/cancel.njk', { values: visit.form });
  }
}
