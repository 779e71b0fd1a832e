import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { AskForReview, refusalTold, reviewDetail, seeGrants, SettleReview } from '../../grants/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { standingOf } from '../decisions/standing.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { may } from '../runs/stage.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';
import { elsewhereFor } from './why-not.ts';

const free = z.string().trim().max(2000, 'Write at most 2000 characters.').default('');
const asking = z.object({ words: free, lateReason: words(500).optional() });
const passing = z.object({ note: free });
const withdrawing = z.object({ withdrawal: words(500) });

/** A review: asked for by a family over the telephone, passed on, looked at. */
@Controller()
export class ReviewPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly askForReview: AskForReview,
  ) {}

  @Page({
    ...{ method: 'GET', path: grantUrls.review, title: 'A review', allowed: seeGrants },
    ...{ audit: 'grants.review-seen', subject: 'review' },
  })
  look(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.askReview, title: 'Ask for a review', allowed: AskForReview.allowed },
    audit: null,
  })
  ask(@Visiting() visit: Visit): View {
    return show('grants/ask-review.njk', { id: number(visit.params.id ?? ''), values: visit.form });
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.askReview, title: 'Ask for a review', allowed: AskForReview.allowed },
    audit: 'grants.review-asked',
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const written = read(asking, visit.form);
        const { reviewId } = await this.askForReview.byWorker(visit.actor, id, written, visit.idempotency);
        return goTo(grantUrl(reviewId, 'review'), 'The request is on record. Pass it on to a senior person now.');
      },
      ({ code }) => show('grants/ask-review.njk', { id, values: visit.form, isLate: code === 'review_asked_late' }),
    );
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.passOn, title: 'Pass a review on', allowed: AskForReview.allowed },
    audit: 'grants.review-passed-on',
  })
  passOn(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        await this.askForReview.passOn(visit.actor, id, read(passing, visit.form).note);
        return goTo(grantUrl(id, 'review'), 'It waits for a senior person who had no part in the decision.');
      },
      () => this.#page(visit),
    );
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.withdrawReview, title: 'Take a review back', allowed: AskForReview.allowed },
    audit: 'grants.review-withdrawn',
  })
  withdraw(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        await this.askForReview.withdraw(visit.actor, id, read(withdrawing, visit.form).withdrawal);
        return goTo(grantUrl(id, 'review'), 'The review is taken back. The family can ask again until the last day.');
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    return show('grants/review.njk', { ...(await reviewData(this.unitOfWork, visit)), values: visit.form });
  }
}

/** Reads everything the pages of a review show. @throws no_such_review */
export function reviewData(unitOfWork: UnitOfWork, visit: Visit) {
  return unitOfWork.read(visit.actor, async (tx) => {
    const review = await reviewDetail(tx, number(visit.params.id ?? ''));
    const { application, answer } = review;
    const standing = await standingOf(tx, visit, 'grant-review', application.id, SettleReview.allowed.roles);
    const hadAPart = review.hadAPart.some(({ id }) => id === visit.person.id);
    return {
      ...{ review, application, standing, hadAPart, today: tx.today, refused: refusalTold(answer) },
      elsewhere: await elsewhereFor(tx, application.items),
      mayPassOn: may(visit, AskForReview.allowed),
      maySettle: may(visit, SettleReview.allowed) && standing.mayDecide && !hadAPart,
    };
  });
}
