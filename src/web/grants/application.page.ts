import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail } from '../../families/index.ts';
import {
  answersShown,
  applicationDetail,
  aroundApplication,
  AskForReview,
  categories,
  ChangeAward,
  DecideApplication,
  FollowAward,
  PutForward,
  seeGrants,
  unanswered,
  WriteApplication,
} from '../../grants/index.ts';
import { number, type Transaction, UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { may } from '../runs/stage.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';
import { tasksOf } from './tasks.ts';

const withdrawing = z.object({ withdrawal: words(500) });
const finding = z.object({ note: words(500) });

/** One application: what is still to be answered, what is asked for, its checks, its award, its history. */
@Controller()
export class ApplicationPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly putForward: PutForward,
  ) {}

  @Page({
    ...{ method: 'GET', path: grantUrls.application, title: 'An application', allowed: seeGrants },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  application(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.withdraw, title: 'Withdraw an application', allowed: PutForward.allowed },
    audit: 'grants.application-withdrawn',
  })
  withdraw(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        await this.putForward.withdraw(visit.actor, id, read(withdrawing, visit.form).withdrawal);
        return goTo(grantUrl(id), 'The application is withdrawn. It stays on record.');
      },
      () => this.#page(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.found, title: 'What a check needs', allowed: PutForward.resolvers },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  check(@Visiting() visit: Visit): Promise<View> {
    return this.#checkPage(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.found, title: 'Write down what was found', allowed: PutForward.resolvers },
    audit: 'grants.check-resolved',
  })
  found(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        await this.putForward.resolve(visit.actor, id, visit.params.kind ?? '', read(finding, visit.form).note);
        return goTo(grantUrl(id), 'What you found is on record.');
      },
      () => this.#checkPage(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const looked = await lookAt(tx, visit);
      return {
        ...looked,
        ...{ answered: await answersShown(tx, looked.application.id), today: tx.today },
        around: await aroundApplication(tx, looked.application.id),
      };
    });
    const { application } = data;
    const missing = unanswered(application, application.items);
    return show('grants/application.njk', {
      ...{ ...data, missing, tasks: tasksOf(missing), categories, values: visit.form },
      mayRecord: may(visit, FollowAward.recorders),
      mayWrite: may(visit, WriteApplication.allowed),
      mayDecide: may(visit, DecideApplication.allowed),
      mayResolve: may(visit, PutForward.resolvers),
      mayAskReview: may(visit, AskForReview.allowed),
      mayCancel: may(visit, ChangeAward.allowed),
      mayPay: may(visit, ChangeAward.payers),
    });
  }

  async #checkPage(visit: Visit): Promise<View> {
    const { application } = await this.unitOfWork.read(visit.actor, (tx) => lookAt(tx, visit));
    const check = application.checks.find((each) => each.kind === visit.params.kind);
    return show('grants/check-found.njk', { application, check, values: visit.form });
  }
}

/** Reads an application and its family, for a page. @throws no_such_application */
export async function lookAt(
  tx: Transaction,
  visit: Visit,
): Promise<{
  application: Awaited<ReturnType<typeof applicationDetail>>;
  family: Awaited<ReturnType<typeof familyDetail>>;
}> {
  const application = await applicationDetail(tx, number(visit.params.id ?? ''));
  return { application, family: await familyDetail(tx, application.familyId) };
}
