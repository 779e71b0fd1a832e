import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail } from '../../families/index.ts';
import { paymentDetail } from '../../payments/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { type Explanation, PutRight, type PutRightDone } from '../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { putRightUrls } from './put-right.urls.ts';

const saying = z.object({ reason: words(500) });
const allowed = PutRight.allowed;

/** Putting right the same day: what is owed or never arrived is shown first, then a run is opened for it alone. */
@Controller()
export class PutRightPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly putRight: PutRight,
  ) {}

  @Page({
    ...{ method: 'GET', path: putRightUrls.underpaid, title: 'Pay today what is owed for earlier days', allowed },
    ...{ audit: 'families.family-seen', subject: 'family' },
  })
  askUnderpaid(@Visiting() visit: Visit): Promise<View> {
    return this.#underpaid(visit);
  }

  @Page({
    ...{ method: 'POST', path: putRightUrls.underpaid, title: 'Pay today what is owed for earlier days', allowed },
    audit: 'subsistence.put-right-recorded',
  })
  underpaid(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#record(
      visit,
      (id, reason) => this.putRight.underpaid(visit.actor, id, reason, visit.idempotency),
      () => this.#underpaid(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: putRightUrls.notArrived, title: 'Pay again today what never arrived', allowed },
    ...{ audit: 'payments.payment-seen', subject: 'payment' },
  })
  askNotArrived(@Visiting() visit: Visit): Promise<View> {
    return this.#notArrived(visit);
  }

  @Page({
    ...{ method: 'POST', path: putRightUrls.notArrived, title: 'Pay again today what never arrived', allowed },
    audit: 'subsistence.put-right-recorded',
  })
  notArrived(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#record(
      visit,
      (id, reason) => this.putRight.notArrived(visit.actor, id, reason, visit.idempotency),
      () => this.#notArrived(visit),
    );
  }

  #record(
    visit: Visit,
    record: (id: string, reason: string) => Promise<PutRightDone>,
    again: () => Promise<View>,
  ): Promise<PageAnswer> {
    return attempt(async () => {
      const { reason } = read(saying, visit.form);
      const { runId, amount } = await record(number(visit.params.id ?? ''), reason);
      return goTo(
        `/runs/${runId}`,
        `A run for £${amount} alone is opened. Finance sends it, a manager approves it today.`,
      );
    }, again);
  }

  async #underpaid(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const family = await familyDetail(tx, number(visit.params.id ?? ''));
      return { family, owed: await this.putRight.owed(tx, family.id) };
    });
    const names = Object.fromEntries(data.family.members.map((member) => [member.id, member.name]));
    return show('put-right/underpaid.njk', { ...data, names, values: visit.form });
  }

  async #notArrived(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const payment = await paymentDetail<Explanation>(tx, number(visit.params.id ?? ''));
      return { payment, family: await familyDetail(tx, payment.familyId) };
    });
    return show('put-right/not-arrived.njk', { ...data, values: visit.form });
  }
}
