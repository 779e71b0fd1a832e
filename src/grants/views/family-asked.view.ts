import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ApplicationState } from '../application.states.ts';
import { totalAsked } from '../domain/grant-application.ts';
import type { ReviewState } from '../review.states.ts';
import { answersOf } from '../store/answer.store.ts';
import { awardsOf, instalmentsOfAwards } from '../store/award.store.ts';
import { itemsOf } from '../store/item.store.ts';
import { reviewsOf } from '../store/review.store.ts';

/** One payment of a grant, as its family sees it. */
export interface FamilyInstalment {
  readonly id: string;
  readonly amount: string;
  readonly dueOn: PlainDate;
  readonly state: string;
}

/** Something a family asked for, and where it stands. */
export interface FamilyAsked {
  readonly id: string;
  readonly state: ApplicationState;
  /** What was asked for, in the worker's words. */
  readonly about: readonly string[];
  readonly asked: string;
  readonly awarded: string | null;
  readonly instalments: readonly FamilyInstalment[];
  /** The newest letter about it. */
  readonly noticeId: string | null;
  /** The last day to ask for a review; null where there is nothing to review. */
  readonly reviewBy: PlainDate | null;
  readonly review: { readonly state: ReviewState; readonly dueOn: PlainDate } | null;
}

/** Lists what a family asked for, the newest first: nothing that is still being written or was taken back. */
export async function askedByFamily(tx: Transaction, familyId: string, limit: number): Promise<FamilyAsked[]> {
  const rows = await tx.query<{ id: string; state: ApplicationState }>(
    `select id, state from grants.application where family_id = $1 and state not in ('draft', 'withdrawn') order by id desc limit $2`,
    [familyId, limit],
  );
  const ids = rows.map((row) => row.id);
  const [items, answers, reviews] = [await itemsOf(tx, ids), await answersOf(tx, ids), await reviewsOf(tx, ids)];
  const awards = await awardsOf(tx, ids);
  const awardIds = awards.map((award) => award.id);
  const instalments = await instalmentsOfAwards(tx, awardIds);
  return rows.map(({ id, state }) => {
    const own = items.filter((item) => item.applicationId === id);
    const told = answers.filter((each) => each.applicationId === id);
    const answer = told.findLast(({ what }) => what !== 'cancelled');
    const review = reviews.findLast((each) => each.applicationId === id && each.state !== 'withdrawn');
    const award = awards.find((each) => each.applicationId === id);
    return {
      ...{ id, state, about: own.map((item) => item.description), asked: totalAsked(own).toString() },
      ...{
        awarded: award?.amount ?? null,
        noticeId: told.at(-1)?.noticeId ?? null,
        reviewBy: answer?.reviewBy ?? null,
      },
      instalments: instalments.filter((each) => each.awardId === award?.id),
      review: review ? { state: review.state, dueOn: review.dueOn } : null,
    };
  });
}
