import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { AskForReview, type ReviewAsked } from '../actions/ask-for-review.action.ts';
import { seeGrants } from '../actions/see-grants.ts';
import { SettleReview, type ReviewSettled } from '../actions/settle-review.action.ts';
import {
  type AnswersShown,
  answersShown,
  type OpenReview,
  openReviews,
  type ReviewDetail,
  reviewDetail,
} from '../views/review.view.ts';
import { readApplication } from '../store/application.store.ts';
import { deciding, saying } from './inputs.ts';

const asking = z.object({ words: z.string().trim().max(2000).default(''), lateReason: words(500).optional() });
const passing = z.object({ note: z.string().trim().max(2000).default('') });
const settling = deciding.extend({ outcome: z.enum(['upheld', 'overturned']) });
const listQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });

/** What families were told of decisions, and their reviews, over HTTP. */
@Controller()
export class ReviewsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly askForReview: AskForReview,
    private readonly settleReview: SettleReview,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/grant-applications/:id/answers', allowed: seeGrants },
    summary: 'What the family was told, and the reviews it asked for',
  })
  answers(@AskedBy() asked: Asked, @Param('id') applicationId: string): Promise<AnswersShown> {
    const id = number(applicationId);
    return this.unitOfWork.run({ name: 'grants.see-answers', actor: asked.actor }, async (tx) => {
      await readApplication(tx, id);
      tx.audit({ action: 'grants.answers-seen', subjectKind: 'application', subjectId: id });
      return answersShown(tx, id);
    });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/grant-applications/:id/reviews', status: 201 },
    ...{ summary: 'Write down that the family asks for a review', allowed: AskForReview.allowed, body: asking },
  })
  ask(@AskedBy() asked: Asked, @Param('id') applicationId: string): Promise<ReviewAsked> {
    const body = asked.body as z.output<typeof asking>;
    return this.askForReview.byWorker(asked.actor, number(applicationId), body, asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/grant-reviews', summary: 'Reviews that are not settled, those due first' },
    ...{ allowed: seeGrants, query: listQuery },
  })
  async list(@AskedBy() asked: Asked): Promise<{ reviews: OpenReview[] }> {
    const { limit } = asked.query as z.output<typeof listQuery>;
    return { reviews: await this.unitOfWork.read(asked.actor, (tx) => openReviews(tx, limit)) };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/grant-reviews/:id', allowed: seeGrants },
    summary: 'One review, with the decision it is about',
  })
  show(@AskedBy() asked: Asked, @Param('id') reviewId: string): Promise<ReviewDetail> {
    const look = { name: 'grants.see-review', actor: asked.actor };
    return this.unitOfWork.run(look, (tx) => reviewDetail(tx, number(reviewId)));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/grant-reviews/:id/pass-on', summary: 'Pass it on to whoever reviews' },
    ...{ allowed: AskForReview.allowed, body: passing },
  })
  passOn(@AskedBy() asked: Asked, @Param('id') reviewId: string): Promise<{ state: string }> {
    return this.askForReview.passOn(asked.actor, number(reviewId), (asked.body as z.output<typeof passing>).note);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/grant-reviews/:id/withdraw', summary: 'Take a review back' },
    ...{ allowed: AskForReview.allowed, body: saying },
  })
  withdraw(@AskedBy() asked: Asked, @Param('id') reviewId: string): Promise<{ state: string }> {
    return this.askForReview.withdraw(asked.actor, number(reviewId), (asked.body as z.output<typeof saying>).reason);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/grant-reviews/:id/outcome', summary: 'Uphold the decision, or overturn it' },
    ...{ allowed: SettleReview.allowed, body: settling, movesMoney: true },
  })
  settle(@AskedBy() asked: Asked, @Param('id') reviewId: string): Promise<ReviewSettled> {
    const body = asked.body as z.output<typeof settling>;
    return this.settleReview.run(asked.actor, number(reviewId), body, asked.idempotency);
  }
}
