import { referencesOf } from '../../families/index.ts';
import { namesOf } from '../../identity/index.ts';
import { type DecisionFacts, type NoticeRow, noticesByIds } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { reviewContent } from '../actions/ask-for-review.action.ts';
import { type AnswerRow, answersOf } from '../store/answer.store.ts';
import { itemsOf } from '../store/item.store.ts';
import { partsIn, readReview, type ReviewRow, reviewsIn, reviewsOf, whoHadAPart } from '../store/review.store.ts';
import { totalAsked } from '../domain/grant-application.ts';
import { type ApplicationDetail, applicationDetail } from './application.view.ts';

/** What a family was told of a decision, with how far the telling is. */
export interface AnswerShown extends AnswerRow {
  readonly notice: Pick<NoticeRow, 'state' | 'receivedOn' | 'facts'>;
}

/** What a family was told of an application, and the reviews it asked for. */
export interface AnswersShown {
  readonly answers: readonly AnswerShown[];
  readonly reviews: readonly ReviewRow[];
  /** Whether a review can still be asked for: the last answer, where there is something to review. */
  readonly reviewable: AnswerShown | null;
}

/** A review as whoever settles it sees it: the decision, what was told of it, and what the family says. */
export interface ReviewDetail extends ReviewRow {
  readonly application: ApplicationDetail;
  readonly answer: AnswerShown | undefined;
  /** What a decision on it is on, in hexadecimal. */
  readonly fingerprint: string;
  /** Everybody who had a part in the decision: none of them reviews it. */
  readonly hadAPart: readonly { readonly id: string; readonly name: string }[];
  readonly names: Readonly<Record<string, string>>;
}

/** A review that is open, as a list shows it. */
export interface OpenReview extends ReviewRow {
  readonly family: string;
  readonly asked: string;
  /** Who had a part in the decision, and so does not review it. */
  readonly hadAPart: readonly string[];
}

/** Shows what a family was told of an application, and which reviews there are. */
export async function answersShown(tx: Transaction, applicationId: string): Promise<AnswersShown> {
  const rows = await answersOf(tx, [applicationId]);
  const noticeIds = rows.map((row) => row.noticeId);
  const notices = new Map((await noticesByIds(tx, noticeIds)).map((notice) => [notice.id, notice]));
  const answers = rows.flatMap((row) => {
    const notice = notices.get(row.noticeId);
    return notice ? [{ ...row, notice }] : [];
  });
  const reviews = await reviewsOf(tx, [applicationId]);
  const last = answers.findLast(({ what }) => what !== 'cancelled');
  const isReviewed = reviews.some(({ answerId, state }) => answerId === last?.id && state !== 'withdrawn');
  return { answers, reviews, reviewable: last?.reviewBy && !isReviewed ? last : null };
}

/** Shows one review with everything its outcome rests on. The look is on record. @throws no_such_review */
export async function reviewDetail(tx: Transaction, id: string): Promise<ReviewDetail> {
  const review = await readReview(tx, id);
  const { answers } = await answersShown(tx, review.applicationId);
  tx.audit({ action: 'grants.review-seen', subjectKind: 'review', subjectId: id });
  const had = await whoHadAPart(tx, review.applicationId);
  const names = await namesOf(tx, [...had, review.askedBy, review.passedOnBy, review.reviewedBy]);
  return {
    ...review,
    application: await applicationDetail(tx, review.applicationId),
    answer: answers.find((answer) => answer.id === review.answerId),
    fingerprint: (await reviewContent(tx, review)).fingerprint.toString('hex'),
    hadAPart: had.map((one) => ({ id: one, name: names.get(one) ?? '' })),
    names: Object.fromEntries(names),
  };
}

/** Lists the reviews that are not settled, those due first first. */
export async function openReviews(tx: Transaction, limit: number): Promise<OpenReview[]> {
  const reviews = await reviewsIn(tx, ['asked', 'in_review'], limit);
  const familyIds = reviews.map((review) => review.familyId);
  const references = await referencesOf(tx, familyIds);
  const applicationIds = reviews.map((review) => review.applicationId);
  const items = await itemsOf(tx, applicationIds);
  const had = await partsIn(tx, applicationIds);
  return reviews.map((review) => ({
    ...review,
    family: references.get(review.familyId) ?? '',
    asked: totalAsked(items.filter((item) => item.applicationId === review.applicationId)).toString(),
    hadAPart: had.get(review.applicationId) ?? [],
  }));
}

/** Says what a family was told of a refusal, for pages: nothing where it was told of an award. */
export function refusalTold(answer: AnswerShown | undefined): DecisionFacts | null {
  return answer?.notice.facts.kind === 'decision' ? answer.notice.facts : null;
}
