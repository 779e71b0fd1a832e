import { Controller } from '@nestjs/common';
import { familyDetail, seeFamilies } from '../../families/index.ts';
import { paymentDetail } from '../../payments/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { grantUrl } from '../grants/grants.urls.ts';
import { type Explanation, PutRight } from '../../subsistence/index.ts';
import { holds } from '../administration/answers.ts';
import { goTo, Page, type PageAnswer, show, type Visit, Visiting } from '../pages/index.ts';
import { familyUrls } from './families.urls.ts';

/** What a line of a grants run says of itself: the application says the rest. */
interface PaidGrant {
  readonly application: string;
}

/** One payment, line by line: the same for the family, the finance officer and the auditor. */
@Controller()
export class PaymentPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.payment, title: 'How we worked this out', allowed: seeFamilies },
    ...{ audit: 'payments.payment-seen', subject: 'payment' },
  })
  async show(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const payment = await paymentDetail<Explanation | PaidGrant>(tx, id);
      const family = await familyDetail(tx, payment.familyId);
      return { payment, family, names: Object.fromEntries(family.members.map(({ id: of, name }) => [of, name])) };
    });
    const { explanation } = data.payment;
    if ('application' in explanation) return goTo(grantUrl(explanation.application));
    const { runState, status, returnId } = data.payment;
    const isGone = runState === 'exported' && status === 'payable' && returnId === null && !explanation.putRight;
    return show('families/payment.njk', { ...data, mayPutRight: isGone && holds(visit, ...PutRight.allowed.roles) });
  }
}
