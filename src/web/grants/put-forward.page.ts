import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { approvalKindOf, PutForward } from '../../grants/index.ts';
import { whoMayDecide } from '../../identity/index.ts';
import { Money } from '../../kernel/index.ts';
import { number, paragraphs, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { ableToDecide } from '../decisions/standing.ts';
import { lookAt } from './application.page.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';

const words = z.object({ recommendation: paragraphs(2000) });

/** Putting an application forward: the answers checked and handed in, then recommended to a manager. */
@Controller()
export class PutForwardPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly putForward: PutForward,
  ) {}

  @Page({
    ...{ method: 'GET', path: grantUrls.check, title: 'Check your answers', allowed: PutForward.allowed },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  check(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit, 'check');
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.check, title: 'Hand in an application', allowed: PutForward.allowed },
    audit: 'grants.application-submitted',
  })
  submit(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        await this.putForward.submit(visit.actor, id, Number(visit.form.seen) || undefined);
        return goTo(grantUrl(id), 'The application is handed in and checked. Look at the checks, then recommend it.');
      },
      () => this.#page(visit, 'check'),
    );
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.recommend, title: 'Recommend an application', allowed: PutForward.allowed },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit, 'recommend');
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.recommend, title: 'Recommend an application', allowed: PutForward.allowed },
    audit: 'grants.application-recommended',
  })
  recommend(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        const { recommendation } = read(words, visit.form);
        const options = { seen: Number(visit.form.seen) || undefined, idempotency: visit.idempotency };
        await this.putForward.recommend(visit.actor, id, recommendation, options);
        return goTo(grantUrl(id), 'A manager decides now.');
      },
      () => this.#page(visit, 'recommend'),
    );
  }

  async #page(visit: Visit, template: 'check' | 'recommend'): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const looked = await lookAt(tx, visit);
      const { asked } = looked.application;
      const deciders = await whoMayDecide(tx, approvalKindOf(looked.application), Money.zero, ['manager']);
      return { ...looked, able: ableToDecide(deciders, asked, visit.person.id) };
    });
    return show(`grants/${template}.njk`, { ...data, values: visit.form });
  }
}
