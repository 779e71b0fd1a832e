import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Money } from '../../kernel/index.ts';
import {
  railNames,
  railWords,
  type ReadyAgain,
  readyAgain,
  ReissueReturns,
  type ReturnShown,
  returnsShown,
} from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { bankFileUrls, pageOf } from './bank-files.urls.ts';

const reissuing = z.object({ rail: z.enum(railNames, 'Choose one.') });
const MOST_SHOWN = 300;

/** Paying several payments again in one file: what was ticked, by which way, and what it comes to. */
@Controller()
export class PayAgainPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reissueReturns: ReissueReturns,
  ) {}

  @Page({
    ...{ method: 'POST', path: bankFileUrls.payAgain, title: 'Pay several payments again' },
    ...{ allowed: ReissueReturns.allowed, audit: 'payments.payment-reissued' },
  })
  payAgain(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        if (visit.form.do !== 'pay') return this.#page(visit);
        const { rail } = read(reissuing, visit.form);
        const asked = { returnIds: tickedIn(visit), rail, isUrgent: visit.form.isUrgent === 'yes' };
        const made = await this.reissueReturns.run(visit.actor, asked, visit.idempotency);
        return goTo(pageOf('file', made.fileId), 'Their file is ready, each under a new reference. Submit it.');
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const ids = tickedIn(visit);
    const { returns, ready } = await this.unitOfWork.read(visit.actor, async (tx) => {
      const open = await returnsShown(tx, { state: 'open', limit: MOST_SHOWN });
      const ticked = open.filter(({ id }) => ids.includes(id));
      return { returns: ticked, ready: await readyAgain(tx, ticked) };
    });
    return show('bank-files/pay-again.njk', {
      ...{ returns, isTicked: ids.length > 0, rails: railsForAll(returns, ready), railWords, values: visit.form },
      total: Money.sum(returns.map(({ amount }) => Money.gbp(amount))).toString(),
      notReady: returns.filter(({ id }) => !ready.has(id)),
    });
  }
}

function tickedIn(visit: Visit): string[] {
  return [visit.form.return ?? []].flat().filter((each) => /^\d{1,18}$/.test(each));
}

/** The ways all of them can go by: one file goes one way. */
function railsForAll(returns: readonly ReturnShown[], ready: ReadonlyMap<string, ReadyAgain>) {
  return railNames.filter((rail) => returns.every(({ id }) => ready.get(id)?.rails.includes(rail)));
}
