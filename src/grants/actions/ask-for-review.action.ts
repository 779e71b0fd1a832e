import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { propose, voidRequest } from '../../approvals/index.ts';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf, noticePolicy } from '../../identity/index.ts';
import {
  type Actor,
  type Allowed,
  mustBeAllowed,
  nextState,
  personActing,
  type PlainDate,
} from '../../kernel/index.ts';
import type { FamilyGuest } from '../../notices/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { noSuchApplication, nothingToReview, reviewAskedLate } from '../grant-problems.ts';
import { reviewStates } from '../review.states.ts';
import { type AnswerRow, answersOf } from '../store/answer.store.ts';
import { lockApplication, readApplication } from '../store/application.store.ts';
import { insertReview, moveReview, readReview, type ReviewRow, reviewsOf, whoHadAPart } from '../store/review.store.ts';
import { contentOf } from './put-forward.action.ts';

/** What a worker writes down when a family asks for a review. */
export interface ReviewWritten {
  /** What the family says. */
  readonly words: string;
  /** Why it is taken in after the last day. */
  readonly lateReason?: string;
}

/** A review that is asked for: a different person answers by the day. */
export interface ReviewAsked {
  readonly reviewId: string;
  readonly dueOn: PlainDate;
}

/** Asks for a review of a decision, for a family on its own page or the worker it called; passes it on to whoever reviews. */
@Injectable()
export class AskForReview {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  /** Takes in what a family sends from its page. @throws nothing_to_review, review_asked_late, no_such_application */
  async byFamily(
    { actor, familyId }: Pick<FamilyGuest, 'actor' | 'familyId'>,
    applicationId: string,
    words: string,
    idempotency?: Command['idempotency'],
  ): Promise<ReviewAsked> {
    return this.unitOfWork.run({ name: 'grants.ask-for-review', actor, idempotency }, async (tx) => {
      const application = await lockApplication(tx, applicationId);
      if (application.familyId !== familyId) throw noSuchApplication('It is not one of yours.');
      return this.#ask(tx, applicationId, { words });
    });
  }

  /** Writes down what a family asked a worker for, in person. @throws nothing_to_review, review_asked_late */
  async byWorker(
    actor: Actor,
    applicationId: string,
    written: ReviewWritten,
    idempotency?: Command['idempotency'],
  ): Promise<ReviewAsked> {
    mustBeAllowed(actor, AskForReview.allowed);
    personActing(actor);
    return this.unitOfWork.run({ name: 'grants.ask-for-review', actor, idempotency }, async (tx) => {
      await lockApplication(tx, applicationId);
      return this.#ask(tx, applicationId, written);
    });
  }

  /** Passes it on to a senior person who had no part in the decision. @throws not_in_that_state, no_such_review */
  async passOn(actor: Actor, id: string, note: string): Promise<{ state: string; requestId: string }> {
    mustBeAllowed(actor, AskForReview.allowed);
    return this.unitOfWork.run({ name: 'grants.pass-on-review', actor }, async (tx) => {
      const review = await readReview(tx, id, true);
      nextState('The review', reviewStates, review.state, 'pass_on');
      const { fingerprint, amount } = await reviewContent(tx, { ...review, note });
      const about = { subjectId: review.applicationId, familyId: review.familyId };
      const touchedBy = await whoHadAPart(tx, review.applicationId);
      const requestId = await propose(tx, { kind: 'grant-review', ...about, touchedBy, fingerprint, amount });
      await moveReview(tx, review, 'pass_on', { passed_on_by: personActing(actor), note, approval_id: requestId });
      tx.audit({ action: 'grants.review-passed-on', subjectKind: 'application', subjectId: review.applicationId });
      return { state: 'in_review', requestId };
    });
  }

  /** Takes a review back because the family does not want it any more; another can be asked for. @throws not_in_that_state */
  async withdraw(actor: Actor, id: string, reason: string): Promise<{ state: string }> {
    mustBeAllowed(actor, AskForReview.allowed);
    return this.unitOfWork.run({ name: 'grants.withdraw-review', actor }, async (tx) => {
      const review = await readReview(tx, id, true);
      nextState('The review', reviewStates, review.state, 'withdraw');
      if (review.approvalId) await voidRequest(tx, review.approvalId, reason);
      await moveReview(tx, review, 'withdraw', {}, reason);
      tx.audit({ action: 'grants.review-withdrawn', subjectKind: 'application', subjectId: review.applicationId });
      return { state: 'withdrawn' };
    });
  }

  async #ask(tx: Transaction, applicationId: string, { words, lateReason = '' }: ReviewWritten): Promise<ReviewAsked> {
    const answer = await reviewable(tx, applicationId);
    const isLate = answer.reviewBy !== null && answer.reviewBy < tx.today;
    if (isLate && !lateReason.trim())
      throw reviewAskedLate(`It was ${answer.reviewBy}.`, [
        { field: 'lateReason', reason: 'Say why it is taken in after the last day.' },
      ]);
    const { council } = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const dueOn = council.addWorkingDays(tx.today, (await noticePolicy(tx)).reviewAnswerDays);
    const { familyId, id: answerId } = answer;
    const reviewId = await insertReview(tx, {
      ...{ applicationId, familyId, answerId, words, dueOn },
      lateReason: isLate ? lateReason : null,
    });
    tx.audit({
      action: 'grants.review-asked',
      subjectKind: 'application',
      subjectId: applicationId,
      detail: { dueOn },
    });
    return { reviewId, dueOn };
  }
}

/** Finds the answer of an application that can still be reviewed. @throws nothing_to_review */
async function reviewable(tx: Transaction, applicationId: string): Promise<AnswerRow> {
  const answer = (await answersOf(tx, [applicationId])).findLast(({ what }) => what !== 'cancelled');
  const reviews = await reviewsOf(tx, [applicationId]);
  if (!answer?.reviewBy) throw nothingToReview('Nothing was refused, or it was reviewed already.');
  if (reviews.some(({ answerId, state }) => answerId === answer.id && state !== 'withdrawn'))
    throw nothingToReview('A review of this decision was asked for already.');
  return answer;
}

/** Digests what a reviewer sees: the application as it stands, the answer, what the family says and what the worker adds. */
export async function reviewContent(
  tx: Transaction,
  { applicationId, answerId, words, note }: Pick<ReviewRow, 'applicationId' | 'answerId' | 'words' | 'note'>,
): Promise<Omit<Awaited<ReturnType<typeof contentOf>>, 'content'>> {
  const { fingerprint: application, amount } = await contentOf(tx, await readApplication(tx, applicationId));
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([application.toString('hex'), answerId, words, note]))
    .digest();
  return { fingerprint, amount };
}
