import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail } from '../../families/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { overpaymentOwed, PauseRecovery } from '../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { at, recoveryUrls } from './recoveries.urls.ts';

const giving = z.object({ reason: words(500) });

/** Giving up what is left of an overpayment: shown first, then done, once. */
@Controller()
export class GiveUpPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly pause: PauseRecovery,
  ) {}

  @Page({
    ...{ method: 'GET', path: recoveryUrls.giveUp, title: 'Give up the rest of an overpayment' },
    ...{ allowed: PauseRecovery.givers, audit: 'subsistence.overpayment-seen', subject: 'overpayment' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: recoveryUrls.giveUp, title: 'Give up the rest of an overpayment' },
    ...{ allowed: PauseRecovery.givers, audit: 'subsistence.overpayment-given-up' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        await this.pause.giveUp(visit.actor, id, read(giving, visit.form).reason, visit.idempotency);
        return goTo(at('/overpayments/:id', id), 'The rest is given up. Nothing more is taken.');
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const owed = await overpaymentOwed(tx, number(visit.params.id ?? ''));
      return { owed, family: await familyDetail(tx, owed.familyId) };
    });
    return show('recoveries/give-up.njk', { ...data, values: visit.form });
  }
}
