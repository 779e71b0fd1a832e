import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type ApplicationDetail, GiveBack, type PartGivenBack, seeGrants } from '../../grants/index.ts';
import { givers, noSuchGivenBack, waysBack } from '../../payments/index.ts';
import { inputRefused, number, UnitOfWork, words } from '../../platform/index.ts';
import { dayNeeded, pounds } from '../administration/answers.ts';
import {
  attempt,
  type Form,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
} from '../pages/index.ts';
import { may } from '../runs/stage.ts';
import { lookAt } from './application.page.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';

const answers = z.object({
  givenBy: z.enum(givers, 'Choose who gives it back.'),
  way: z.enum(waysBack, 'Choose how it comes.'),
  reason: words(500),
});
const why = z.object({ reason: words(500) });

/** Unspent money of an award that a family or payee gives back: booked, seen on the bank, or written off as not come. */
@Controller()
export class GivenBackPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly giveBack: GiveBack,
  ) {}

  @Page({
    ...{ method: 'GET', path: grantUrls.givenBack, title: 'Money given back', allowed: seeGrants },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.givenBack, title: 'Money given back', allowed: GiveBack.allowed },
    audit: 'grants.money-given-back',
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const application = await this.#application(visit);
        const terms = { ...read(answers, visit.form), expectedOn: dayNeeded(visit.form, 'expectedOn') };
        const parts = partsIn(visit.form, application);
        await this.giveBack.run(visit.actor, application.award?.id ?? '0', parts, terms, visit.idempotency);
        return goTo(grantUrl(application.id, 'givenBack'), 'The money is back in the fund, and expected on the bank.');
      },
      () => this.#page(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.notGivenBack, title: 'It did not come back', allowed: GiveBack.allowed },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  askWithdraw(@Visiting() visit: Visit): Promise<View> {
    return this.#withdrawal(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.notGivenBack, title: 'It did not come back', allowed: GiveBack.allowed },
    audit: 'grants.money-not-given-back',
  })
  withdraw(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const application = await this.#application(visit);
        const [awardId, id] = [application.award?.id ?? '0', number(visit.params.givenBack ?? '')];
        await this.giveBack.withdraw(visit.actor, awardId, id, read(why, visit.form).reason, visit.idempotency);
        return goTo(grantUrl(application.id, 'givenBack'), 'It is written down that the money did not come.');
      },
      () => this.#withdrawal(visit),
    );
  }

  async #application(visit: Visit): Promise<ApplicationDetail> {
    return (await this.unitOfWork.read(visit.actor, (tx) => lookAt(tx, visit))).application;
  }

  async #page(visit: Visit): Promise<View> {
    const application = await this.#application(visit);
    const open = (application.award?.payments ?? []).filter(({ left }) => left !== '0.00' && !left.startsWith('-'));
    const mayGive = may(visit, GiveBack.allowed);
    const items = new Map(application.items.map(({ id, description }) => [id, description]));
    const whatFor = (application.award?.instalments ?? []).map(({ id, itemId }) => [id, items.get(itemId)]);
    const data = { application, open, whatFor: Object.fromEntries(whatFor) as Record<string, string> };
    return show('grants/given-back.njk', { ...data, values: visit.form, mayGive });
  }

  async #withdrawal(visit: Visit): Promise<View> {
    const application = await this.#application(visit);
    const money = application.award?.givenBack.find(({ id }) => id === visit.params.givenBack);
    if (!money) throw noSuchGivenBack('No money given back of this award has that number.');
    return show('grants/not-given-back.njk', { application, money, values: visit.form });
  }
}

/** Reads how much of each payment is given back; what is left empty is not. @throws input_refused */
function partsIn(form: Form, { award }: ApplicationDetail): PartGivenBack[] {
  const parts = (award?.payments ?? []).flatMap(({ orderId }) => {
    const field = `part-${orderId}`;
    const typed = form[field];
    if (typeof typed !== 'string' || !typed.trim()) return [];
    const amount = pounds.safeParse(typed);
    if (!amount.success || amount.data.isZero())
      throw inputRefused('An amount is not right.', [
        { field, reason: 'Enter pounds and pence above nought, such as 12.50.' },
      ]);
    return [{ paymentId: orderId, amount: amount.data }];
  });
  const [first] = award?.payments ?? [];
  if (parts.length === 0)
    throw inputRefused('No amount is given.', [
      { field: `part-${first?.orderId ?? ''}`, reason: 'Say how much of a payment is given back.' },
    ]);
  return parts;
}
