import { Controller } from '@nestjs/common';
import { familyDetail, seeFamilies } from '../../families/index.ts';
import { paymentDetail } from '../../payments/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import type { Explanation } from '../../subsistence/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { familyUrls } from './families.urls.ts';

/** One payment, line by line: the same for the family, the finance officer and the auditor. */
@Controller()
export class PaymentPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.payment, title: 'How we worked this out', allowed: seeFamilies },
    ...{ audit: 'payments.payment-seen', subject: 'payment' },
  })
  async show(@Visiting() visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const payment = await paymentDetail<Explanation>(tx, id);
      const family = await familyDetail(tx, payment.familyId);
      return { payment, family, names: Object.fromEntries(family.members.map(({ id: of, name }) => [of, name])) };
    });
    return show('families/payment.njk', data);
  }
}
