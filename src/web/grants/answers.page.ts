import { Controller } from '@nestjs/common';
import { payeesOf } from '../../families/index.ts';
import { catalogueList, categories, WriteApplication } from '../../grants/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { lookAt } from './application.page.ts';
import { answerOf, filledWith } from './answers-read.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';

/** The questions of an application, one a page. Each answer is kept as it is given. */
@Controller()
export class AnswerPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly write: WriteApplication,
  ) {}

  @Page({
    ...{ method: 'GET', path: grantUrls.answer, title: 'A question about a grant', allowed: WriteApplication.allowed },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.answer, title: 'Answer a question about a grant' },
    ...{ allowed: WriteApplication.allowed, audit: 'grants.application-written' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { id = '', step = '' } = visit.params;
        const { application } = await this.unitOfWork.read(visit.actor, (tx) => lookAt(tx, visit));
        const { answers, stays } = answerOf(step, visit.form, application.items);
        if (answers) {
          const seen = Number(visit.form.seen) || application.version;
          await this.write.change(visit.actor, number(id), { ...answers, seen });
        }
        return goTo(stays ? visit.path : grantUrl(id));
      },
      () => this.#page(visit, visit.form),
    );
  }

  async #page(visit: Visit, typed?: Visit['form']): Promise<View> {
    const { step = '' } = visit.params;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const looked = await lookAt(tx, visit);
      const catalogue = (await catalogueList(tx)).filter((item) => item.active);
      return { ...looked, catalogue, payees: await payeesOf(tx, looked.family.id) };
    });
    const values = typed ?? filledWith(step, data.application);
    return show(`grants/${step}.njk`, { ...data, values, categories, step });
  }
}
