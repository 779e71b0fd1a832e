import { Injectable } from '@nestjs/common';
import { changedSinceSeen, decide, type Declaration, declareConflict } from '../../approvals/index.ts';
import { Calendars } from '../../calendar/index.ts';
import { type Actor, type Allowed, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { reasonNeeded } from '../../payments/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import type { ItemAwarded } from '../domain/award-decision.ts';
import { type DecisionWords, linesOf } from '../domain/decision-words.ts';
import { hadAPart } from '../grant-problems.ts';
import { reviewStates } from '../review.states.ts';
import { type ApplicationRow, lockApplication, moveApplication } from '../store/application.store.ts';
import { moveReview, readReview, type ReviewRow, whoHadAPart } from '../store/review.store.ts';
import { insertSecondLook } from '../store/second-look.store.ts';
import { reviewContent } from './ask-for-review.action.ts';
import { awardEach, mustPassItsChecks, nextWorkingDay, reserve } from './decide-application.action.ts';
import { putRestForward } from './put-rest-forward.ts';
import { mustExplainItself, tellOfAward, tellOfOverturned, tellOfRefusal } from './tell-of-decision.ts';

/** What a reviewer decides about a decision of somebody else. */
export interface ReviewDecision extends DecisionWords {
  readonly outcome: 'upheld' | 'overturned';
  /** The fingerprint the reviewer saw, in hexadecimal: another one is refused. */
  readonly fingerprint: string;
  /** What the reviewer says about their own interest; needed first. */
  readonly interest?: Declaration;
  /** Of a refusal that is overturned: where an item is awarded less than was asked. */
  readonly awarded?: readonly ItemAwarded[];
}

/** What became of a review. */
export interface ReviewSettled {
  readonly state: string;
  readonly awardId: string | null;
  readonly amount: string | null;
  /** Of an award of less that is overturned: the top-up that waits for another manager. */
  readonly topUpId: string | null;
}

const commands = { upheld: 'uphold', overturned: 'overturn' } as const;

/**
 * Settles a review as a senior person who had no part in the decision. A refusal that is overturned is awarded at once; the
 * family is told in the same transaction, and the first decision stays on record as it was. The rest of an award of less is put
 * forward as a top-up at once, for another manager.
 */
@Injectable()
export class SettleReview {
  static readonly allowed: Allowed = { roles: ['manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  /**
   * @throws had_a_part_in_the_decision, review_above_your_limit, above_delegated_limit, own_proposal, changed_since_seen,
   *   refusal_unexplained, reason_needed, checks_not_passed, award_refused, fund_overspent
   */
  async run(
    actor: Actor,
    id: string,
    decision: ReviewDecision,
    idempotency?: Command['idempotency'],
  ): Promise<ReviewSettled> {
    mustBeAllowed(actor, SettleReview.allowed);
    if (decision.interest?.declared !== 'conflict') mustSayWhy(decision);
    return this.unitOfWork.run({ name: 'grants.settle-review', actor, idempotency }, async (tx) => {
      const review = await readReview(tx, id, true);
      const application = await lockApplication(tx, review.applicationId);
      nextState('The review', reviewStates, review.state, commands[decision.outcome]);
      await mustHaveHadNoPart(tx, review, personActing(actor));
      const approvalId = review.approvalId as string;
      if (decision.interest) await declareConflict(tx, approvalId, decision.interest);
      const undecided = { state: review.state, awardId: null, amount: null, topUpId: null };
      if (decision.interest?.declared === 'conflict') return undecided;
      if ((await signed(tx, review, application, decision)) === 'signed') return undecided;
      const reviewed = { ...application, approvalId, isReview: true };
      const set = { reviewed_by: personActing(actor), reasons: decision.reason };
      await moveReview(tx, review, commands[decision.outcome], set, decision.reason);
      const award = await follow(tx, reviewed, decision, personActing(actor));
      if (award.awardId && application.emergencyReason !== null)
        await insertSecondLook(tx, award.awardId, await nextWorkingDay(tx, this.calendars));
      const detail = { review: id, request: approvalId, award: award.awardId, amount: award.amount };
      const action = `grants.review-${decision.outcome}`;
      tx.audit({ action, subjectKind: 'application', subjectId: application.id, detail });
      return { state: decision.outcome, ...award };
    });
  }
}

type Reviewed = ApplicationRow & { readonly approvalId: string; readonly isReview: boolean };

type Followed = Omit<ReviewSettled, 'state'>;

/** Does what the outcome means for the family: told why not, awarded, or told that the rest is put right, and put forward. */
async function follow(
  tx: Transaction,
  reviewed: Reviewed,
  decision: ReviewDecision,
  reviewer: string,
): Promise<Followed> {
  if (decision.outcome === 'upheld') {
    await tellOfRefusal(tx, reviewed, decision);
    return { awardId: null, amount: null, topUpId: null };
  }
  if (reviewed.state !== 'declined') {
    await tellOfOverturned(tx, reviewed, decision);
    return { awardId: null, amount: null, topUpId: await putRestForward(tx, reviewed, decision.reason) };
  }
  await awardEach(tx, reviewed, decision.awarded ?? []);
  const set = { decided_by: reviewer, decision_reason: decision.reason, approval_id: reviewed.approvalId };
  await moveApplication(tx, reviewed, 'overturn', set, decision.reason);
  const award = await reserve(tx, reviewed, reviewer);
  await tellOfAward(tx, reviewed, award.amount, decision);
  return { ...award, topUpId: null };
}

/** @throws refusal_unexplained, reason_needed */
function mustSayWhy(decision: ReviewDecision): void {
  if (decision.outcome === 'upheld') mustExplainItself(decision);
  else if (linesOf(decision.reason).length === 0)
    throw reasonNeeded('Say why it is decided otherwise.', [
      { field: 'reason', reason: 'Say why, in words the family understands.' },
    ]);
}

async function mustHaveHadNoPart(tx: Transaction, { applicationId }: ReviewRow, me: string): Promise<void> {
  if ((await whoHadAPart(tx, applicationId)).includes(me))
    throw hadAPart('Whoever wrote on it, recommended, signed or decided it does not review it.');
}

async function signed(
  tx: Transaction,
  review: ReviewRow,
  application: ApplicationRow,
  decision: ReviewDecision,
): Promise<'settled' | 'signed'> {
  const { fingerprint } = await reviewContent(tx, review);
  if (fingerprint.toString('hex') !== decision.fingerprint) throw changedSinceSeen('The review is not as you saw it.');
  if (decision.outcome === 'overturned' && application.state === 'declined') await mustPassItsChecks(tx, application);
  return decide(tx, {
    ...{ kind: 'grant-review', requestId: review.approvalId as string, fingerprint, reason: decision.reason },
    outcome: decision.outcome === 'overturned' ? 'approved' : 'declined',
  });
}
