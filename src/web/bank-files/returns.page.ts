import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { kindsBesideAccounts } from '../../families/index.ts';
import { familiesOfOwner } from '../../notices/index.ts';
import {
  CloseReturn,
  ConfirmDetails,
  railNames,
  railsFor,
  railWords,
  readyAgain,
  ReissueReturns,
  returnDetail,
  type ReturnShown,
  returnsShown,
  seeReturns,
  wrongDetailsShown,
} from '../../payments/index.ts';
import { number, type Transaction, UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { bankFileUrls, pageOf } from './bank-files.urls.ts';

const confirming = z.object({ how: words(500) });
const reissuing = z.object({ rail: z.enum(railNames, 'Choose one.') });
const closing = z.object({ because: words(500) });
const MOST_SHOWN = 300;

/** Payments that came back: what to do about each, by when, and doing it. */
@Controller()
export class ReturnPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly confirmDetails: ConfirmDetails,
    private readonly reissueReturns: ReissueReturns,
    private readonly closeReturn: CloseReturn,
  ) {}

  @Page({
    ...{ method: 'GET', path: bankFileUrls.returns, title: 'Payments that came back' },
    ...{ allowed: seeReturns, audit: 'payments.returns-seen' },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const mine = visit.query.whose === 'mine';
    const state = visit.query.state === 'all' ? undefined : ('open' as const);
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const familyIds = mine ? await familiesOfOwner(tx, visit.person.id) : undefined;
      const wrong = (await wrongDetailsShown(tx, MOST_SHOWN)).filter(
        ({ familyId, isPutRight }) => (!isPutRight || !state) && (!familyIds || familyIds.includes(familyId)),
      );
      const asked = { ...(state && { state }), ...(familyIds && { familyIds }), limit: MOST_SHOWN };
      const returns = await returnsShown(tx, asked);
      return { returns, wrong, ready: await readyAmong(tx, returns) };
    });
    const mayPayAgain = ReissueReturns.allowed.roles.some((role) => visit.person.roles.includes(role));
    return show('bank-files/returns.njk', { ...data, mine, all: state === undefined, mayPayAgain });
  }

  @Page({
    ...{ method: 'GET', path: bankFileUrls.returned, title: 'A payment that came back' },
    ...{ allowed: seeReturns, audit: 'payments.return-seen', subject: 'return' },
  })
  show(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: bankFileUrls.confirm, title: 'The details are right after all' },
    ...{ allowed: ConfirmDetails.allowed, audit: 'payments.details-confirmed' },
  })
  confirm(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#step(visit, async (id) => {
      await this.confirmDetails.run(visit.actor, id, read(confirming, visit.form).how, visit.idempotency);
      return goTo(pageOf('returned', id), 'Written down. It takes two people besides whoever pays it again.');
    });
  }

  @Page({
    ...{ method: 'POST', path: bankFileUrls.reissue, title: 'Pay it again' },
    ...{ allowed: ReissueReturns.allowed, audit: 'payments.payment-reissued' },
  })
  reissue(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#step(visit, async (id) => {
      const { rail } = read(reissuing, visit.form);
      const isUrgent = visit.form.isUrgent === 'yes';
      const made = await this.reissueReturns.run(visit.actor, { returnIds: [id], rail, isUrgent }, visit.idempotency);
      return goTo(pageOf('file', made.fileId), 'Its file is ready, under a new reference. Submit it.');
    });
  }

  @Page({
    ...{ method: 'POST', path: bankFileUrls.close, title: 'Do not pay it again' },
    ...{ allowed: CloseReturn.allowed, audit: 'payments.return-closed' },
  })
  close(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#step(visit, async (id) => {
      await this.closeReturn.run(visit.actor, id, read(closing, visit.form).because, visit.idempotency);
      return goTo(pageOf('returned', id), 'Closed. Its fund has the money again.');
    });
  }

  #step(visit: Visit, act: (id: string) => Promise<PageAnswer>): Promise<PageAnswer> {
    return attempt(
      () => act(number(visit.params.id ?? '')),
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const back = await returnDetail(tx, id);
      const kinds = await kindsBesideAccounts(tx, [back.instrumentId]);
      return { returned: back, rails: railsFor(kinds.get(back.instrumentId)) };
    });
    const may = (allowed: { readonly roles: readonly string[] }) =>
      visit.person.roles.some((role) => allowed.roles.includes(role));
    return show('bank-files/returned.njk', {
      ...{ ...data, railWords, values: visit.form },
      may: {
        confirm: may(ConfirmDetails.allowed),
        reissue: may(ReissueReturns.allowed),
        close: may(CloseReturn.allowed),
      },
    });
  }
}

/** Which of the open ones have details that are known to be right, by number. */
async function readyAmong(tx: Transaction, returns: readonly ReturnShown[]): Promise<Record<string, true>> {
  const open = returns.filter((each) => each.state === 'open');
  return Object.fromEntries([...(await readyAgain(tx, open)).keys()].map((id): [string, true] => [id, true]));
}
