import type { ApplicationListed, OpenReview } from '../../grants/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Reopening } from '../../ledger/index.ts';
import type { WriteOffShown } from '../../payments/index.ts';
import type { waitingMoves, waitingPlanChanges, waitingPlans, WaitingRecovery } from '../../subsistence/index.ts';
import { payDayName } from '../pages/formats.ts';
import { moveUrl } from '../pay-days/pay-days.urls.ts';

/** What sort of thing waits. */
export type Kind =
  | 'grant'
  | 'review'
  | 'review-asked'
  | 'grants-run'
  | 'pay-day-move'
  | 'plan'
  | 'plan-change'
  | 'run'
  | 'bank-details'
  | 'overpayment'
  | 'recovery'
  | 'money'
  | 'write-off'
  | 'period-reopen';

/** One thing that waits for somebody. */
export interface Waiting {
  readonly id: string;
  readonly kind: Kind;
  readonly href: string;
  readonly name: string;
  /** Of a plan change: which kind it is. */
  readonly what: string;
  readonly amount: string | null;
  readonly proposedBy: string | null;
  readonly since: PlainDate | null;
  /** The day it was promised for, where there is one. */
  readonly due?: PlainDate;
  /** Who may not decide it though their role and limit would do. */
  readonly out?: readonly string[];
  /** Whether that day has passed. */
  readonly isLate?: boolean;
  /** What its request for approval is about, where that is another number. */
  readonly subjectId?: string;
}

export function grantWaiting({ id, family, asked, recommendedBy, submittedOn }: ApplicationListed): Waiting {
  const what = { kind: 'grant', what: 'grant', href: `/grants/${id}/decide` } as const;
  return { id, ...what, name: family, amount: asked, proposedBy: recommendedBy, since: submittedOn };
}

export function reviewWaiting(review: OpenReview, today: PlainDate): Waiting {
  const { id, applicationId, family, state, asked, passedOnBy, askedOn, dueOn, hadAPart } = review;
  const isAsked = state === 'asked';
  const kind = isAsked ? 'review-asked' : 'review';
  const href = isAsked ? `/grants/reviews/${id}` : `/grants/reviews/${id}/settle`;
  return {
    ...{ id, kind, what: kind, href, name: family, amount: asked, proposedBy: passedOnBy, since: askedOn },
    ...{ due: dueOn, isLate: dueOn < today, out: isAsked ? [] : hadAPart, subjectId: applicationId },
  };
}

type MoveWaiting = Awaited<ReturnType<typeof waitingMoves>>[number];

export function moveWaiting({ id, family, payDay, bridging, proposedBy, proposedOn }: MoveWaiting): Waiting {
  const what = { kind: 'pay-day-move', what: 'pay-day-move', href: moveUrl(id) } as const;
  const name = `${family ?? 'Several families'}, to ${payDayName(payDay)}`;
  return { id, ...what, name, amount: bridging, proposedBy, since: proposedOn };
}

type PlanWaiting = Awaited<ReturnType<typeof waitingPlans>>[number];
type ChangeWaiting = Awaited<ReturnType<typeof waitingPlanChanges>>[number];

export function planWaiting({ planId, family, weekly, proposedBy, proposedOn }: PlanWaiting): Waiting {
  const what = { kind: 'plan', what: 'plan' } as const;
  return { id: planId, ...what, href: `/plans/${planId}`, name: family, amount: weekly, proposedBy, since: proposedOn };
}

export function changeWaiting({ changeId, family, kind, weekly, proposedBy, proposedOn }: ChangeWaiting): Waiting {
  const what = { kind: 'plan-change', what: kind, href: `/plan-changes/${changeId}` } as const;
  return { id: changeId, ...what, name: family, amount: weekly || null, proposedBy, since: proposedOn };
}

export function recoveryWaiting({ id, family, weekly, proposedBy, proposedOn }: WaitingRecovery): Waiting {
  const what = { kind: 'recovery', what: 'recovery', href: `/recoveries/${id}` } as const;
  return { id, ...what, name: family, amount: weekly, proposedBy, since: proposedOn };
}

/** Something of the books that waits: since when is known by its request. */
export function writeOffWaiting({ id, category, amount, proposedBy }: WriteOffShown): Waiting {
  const what = { kind: 'write-off', what: 'write-off', href: `/reconciliation/write-offs/${id}` } as const;
  return { id, ...what, name: category, amount, proposedBy, since: null };
}

export function reopeningWaiting({ id, month, proposedBy }: Reopening): Waiting {
  const what = { kind: 'period-reopen', what: 'period-reopen', href: `/reconciliation/reopenings/${id}` } as const;
  return { id, ...what, name: month, amount: null, proposedBy, since: null };
}
