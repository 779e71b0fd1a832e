import { Controller } from '@nestjs/common';
import { SettleReview } from '../../grants/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';
import { reviewData } from './review.page.ts';
import { CONFLICT_NOTED, signedIn } from './signed-decision.ts';
import { chosenIn } from './why-not.ts';

const outcomes = { all: ['upheld', 'overturned'], inConflict: 'upheld', awards: 'overturned' } as const;
const told = {
  upheld: 'The decision stands. The family is told, with your reasons.',
  overturned: 'The decision is overturned, and the family is told.',
} as const;

/** The outcome of a review, by a senior person who had no part in the decision. */
@Controller()
export class SettleReviewPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settleReview: SettleReview,
  ) {}

  @Page({
    ...{ method: 'GET', path: grantUrls.settle, title: 'Decide on a review', allowed: SettleReview.allowed },
    ...{ audit: 'grants.review-seen', subject: 'review' },
  })
  look(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.settle, title: 'Decide on a review', allowed: SettleReview.allowed },
    audit: 'grants.review-overturned',
  })
  settle(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        const said = signedIn(visit.form, outcomes);
        const { state, topUpId } = await this.settleReview.run(visit.actor, id, said, visit.idempotency);
        if (said.interest?.declared === 'conflict') return goTo(grantUrl(id, 'review'), CONFLICT_NOTED);
        if (state === 'in_review') return goTo(grantUrl(id, 'review'), 'You have signed. Another person signs too.');
        if (topUpId) return goTo(grantUrl(topUpId), 'The rest is put forward here. Another manager decides on it.');
        return goTo(grantUrl(id, 'review'), told[said.outcome]);
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await reviewData(this.unitOfWork, visit);
    return show('grants/settle-review.njk', { ...data, values: visit.form, chosen: chosenIn(visit.form) });
  }
}
