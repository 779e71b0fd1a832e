import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { referencesOf } from '../../families/index.ts';
import { fundPositions } from '../../funds/index.ts';
import {
  catalogueList,
  readFamilyRequest,
  referralDetail,
  seeGrants,
  TakeUp,
  type WhoseReferral,
} from '../../grants/index.ts';
import { inputRefused, number, type Transaction, UnitOfWork, words } from '../../platform/index.ts';
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
import { grantUrl } from '../grants/grants.urls.ts';
import { may } from '../runs/stage.ts';
import { askedForUrls } from './asked-for.urls.ts';

const fund = z.object({ fundCode: z.string('Choose a fund.') });
const whose = z.object({
  whose: z.string('Choose which family it is.').regex(/^(known|new|\d{1,18})$/, 'Choose which family it is.'),
  ...{ reference: words(35).optional(), newReference: words(35).optional() },
});
const closing = z.object({ reason: words(500) });

/** Taking up a referral or a family's request: whose it is, and from which fund; an application begins with it. */
@Controller()
export class TakeUpPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly takeUp: TakeUp,
  ) {}

  @Page({
    ...{ method: 'GET', path: askedForUrls.referral, title: 'A referral', allowed: seeGrants },
    ...{ audit: 'grants.referral-seen', subject: 'referral' },
  })
  referral(@Visiting() visit: Visit): Promise<View> {
    return this.#referral(visit);
  }

  @Page({
    ...{ method: 'POST', path: askedForUrls.referral, title: 'Take up a referral', allowed: TakeUp.allowed },
    audit: 'grants.referral-taken-up',
  })
  takeReferral(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = { whose: whoseIn(visit.form), fundCode: read(fund, visit.form).fundCode };
        const options = { idempotency: visit.idempotency };
        const id = number(visit.params.id ?? '');
        const { applicationId } = await this.takeUp.referral(visit.actor, id, given, options);
        return goTo(grantUrl(applicationId), 'The application has begun, with what the agency sent.');
      },
      () => this.#referral(visit),
    );
  }

  @Page({
    ...{ method: 'POST', path: askedForUrls.closeReferral, title: 'Close a referral', allowed: TakeUp.allowed },
    audit: 'grants.referral-closed',
  })
  closeReferral(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { reason } = read(closing, visit.form);
        await this.takeUp.closeReferral(visit.actor, number(visit.params.id ?? ''), reason);
        return goTo(askedForUrls.list, 'The referral is closed, with your reason. It stays on record.');
      },
      () => this.#referral(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: askedForUrls.request, title: 'What a family asked for', allowed: seeGrants },
    ...{ audit: 'grants.request-seen', subject: 'family_request' },
  })
  request(@Visiting() visit: Visit): Promise<View> {
    return this.#request(visit);
  }

  @Page({
    ...{ method: 'POST', path: askedForUrls.request, title: 'Take up what a family asked for' },
    ...{ allowed: TakeUp.allowed, audit: 'grants.request-taken-up' },
  })
  takeRequest(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { fundCode } = read(fund, visit.form);
        const options = { idempotency: visit.idempotency };
        const id = number(visit.params.id ?? '');
        const { applicationId } = await this.takeUp.request(visit.actor, id, fundCode, options);
        return goTo(grantUrl(applicationId), 'The application has begun, with what the family asked for.');
      },
      () => this.#request(visit),
    );
  }

  @Page({
    ...{ method: 'POST', path: askedForUrls.answerRequest, title: 'Answer a family’s request' },
    ...{ allowed: TakeUp.allowed, audit: 'grants.request-answered' },
  })
  answerRequest(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { reason } = read(closing, visit.form);
        await this.takeUp.answerRequest(visit.actor, number(visit.params.id ?? ''), reason);
        return goTo(askedForUrls.list, 'What you did is on record.');
      },
      () => this.#request(visit),
    );
  }

  async #referral(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const referral = await referralDetail(tx, number(visit.params.id ?? ''));
      const isClosed = referral.state !== 'received';
      return { referral, isClosed, ...(await choices(tx, referral.codes)) };
    });
    return show('asked-for/referral.njk', { ...data, values: visit.form, mayTake: may(visit, TakeUp.allowed) });
  }

  async #request(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const request = await readFamilyRequest(tx, number(visit.params.id ?? ''));
      const family = (await referencesOf(tx, [request.familyId])).get(request.familyId) ?? '';
      return { request, family, ...(await choices(tx, request.codes)) };
    });
    return show('asked-for/request.njk', { ...data, values: visit.form, mayTake: may(visit, TakeUp.allowed) });
  }
}

async function choices(tx: Transaction, codes: readonly string[]) {
  const needed = (await catalogueList(tx)).filter((item) => codes.includes(item.code)).map((item) => item.name);
  const funds = (await fundPositions(tx)).filter((each) => each.pays.includes('grant'));
  return { needed, funds };
}

/** Reads which family a referral is about. @throws input_refused */
function whoseIn(form: Form): WhoseReferral {
  const { whose: chosen, reference, newReference } = read(whose, form);
  const missing = (field: string): never => {
    throw inputRefused('One answer needs another look.', [{ field, reason: 'Enter the reference.' }]);
  };
  if (chosen === 'known') return { reference: reference ?? missing('reference') };
  if (chosen === 'new') return { newReference: newReference ?? missing('newReference') };
  return { familyId: chosen };
}
