import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type ReviewDecision, SettleReview } from '../../grants/index.ts';
import { inputRefused, number, paragraphs, UnitOfWork, words } from '../../platform/index.ts';
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
import { awardedOf } from './decide.page.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';
import { reviewData } from './review.page.ts';
import { chosenIn, whyNotAnswers } from './why-not.ts';

const decision = z.object({
  outcome: z.enum(['upheld', 'overturned'], 'Choose what you decide.').optional(),
  interest: z.enum(['none', 'conflict'], 'Say first whether you know the family or a payee.'),
  about: words(500).optional(),
  reason: paragraphs(2000).optional(),
  ...whyNotAnswers,
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});
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
        const said = decisionIn(visit.form);
        const { state } = await this.settleReview.run(visit.actor, id, said, visit.idempotency);
        if (said.interest?.declared === 'conflict')
          return goTo(grantUrl(id, 'review'), 'Your conflict of interest is on record. Somebody else decides.');
        if (state === 'in_review') return goTo(grantUrl(id, 'review'), 'You have signed. Another person signs too.');
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

/** Reads an outcome. Whoever has a conflict of interest says so, and decides nothing. @throws input_refused */
function decisionIn(form: Form): ReviewDecision {
  const { outcome, interest, about = '', reason = '', ...given } = read(decision, form);
  const { fingerprint, wouldChange = '', signposts = [] } = given;
  const refuse = (field: string, why: string): never => {
    throw inputRefused('One answer needs another look.', [{ field, reason: why }]);
  };
  const declared = { declared: interest, about };
  if (interest === 'conflict' && !about) return refuse('about', 'Say how you know them.');
  if (interest === 'conflict') return { outcome: 'upheld', reason: about, fingerprint, interest: declared };
  if (!outcome) return refuse('outcome', 'Choose what you decide.');
  const awarded = outcome === 'overturned' ? awardedOf(form) : [];
  return { outcome, reason, wouldChange, signposts, fingerprint, awarded, interest: declared };
}
