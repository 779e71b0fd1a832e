import type { Transaction } from '../../platform/index.ts';

/** After how many days a worker's part of an application is past its target: from handed in to recommended. */
export const WORKER_TARGET_DAYS = 5;
/** After how many days a follow-up that nobody answered is a manager's to see to. */
export const FOLLOW_UP_ESCALATES_DAYS = 14;

/** What of grants waits for somebody, counted: all of it, and what is past its day. */
export interface GrantTasks {
  readonly askedFor: number;
  readonly askedForLate: number;
  /** Handed in and checked, to be recommended. */
  readonly toRecommend: number;
  readonly toRecommendLate: number;
  /** Sent back to the person asking. */
  readonly changesAsked: number;
  readonly toDecide: number;
  readonly followUps: number;
  /** Of those, what shows how money was spent. */
  readonly evidenceDue: number;
  readonly followUpsLate: number;
  readonly reviews: number;
  readonly reviewsLate: number;
  readonly secondLooks: number;
  readonly secondLooksLate: number;
}

/** Counts, for the page people see first, what of grants waits and what is late. @param me whose own work is told apart */
export function grantTasks(tx: Transaction, me: string): Promise<GrantTasks> {
  const days = [WORKER_TARGET_DAYS, FOLLOW_UP_ESCALATES_DAYS];
  return tx.one(
    `select asked.n as "askedFor", asked.late as "askedForLate", apps.*, after.*, again.*, looks.* from
       (select count(*)::int as n, count(*) filter (where by_day < $1)::int as late from
          (select answer_by as by_day from grants.family_request where state = 'open'
           union all select received_on + $3::int from grants.referral where state = 'received') a) asked,
       (select count(*) filter (where state = 'submitted')::int as "toRecommend",
               count(*) filter (where state = 'submitted' and submitted_on < $1::date - $3::int)::int as "toRecommendLate",
               count(*) filter (where state = 'changes_asked' and opened_by = $2)::int as "changesAsked",
               count(*) filter (where state = 'recommended')::int as "toDecide"
          from grants.application where state in ('submitted', 'changes_asked', 'recommended')) apps,
       (select count(*)::int as "followUps", count(*) filter (where f.kind = 'spend')::int as "evidenceDue",
               count(*) filter (where f.due_on < $1::date - $4::int)::int as "followUpsLate"
          from grants.follow_up f join grants.award w on w.id = f.award_id and w.state <> 'cancelled'
         where f.done_on is null and f.due_on <= $1) after,
       (select count(*)::int as reviews, count(*) filter (where due_on < $1)::int as "reviewsLate"
          from grants.review where state in ('asked', 'in_review')) again,
       (select count(*)::int as "secondLooks", count(*) filter (where due_on < $1)::int as "secondLooksLate"
          from grants.second_look where looked_by is null) looks`,
    [tx.today, me, ...days],
  );
}
