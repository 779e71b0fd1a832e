import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** An early payment its family is to be told of now. */
export interface EarlyToTell {
  readonly planId: string;
  readonly payDate: PlainDate;
  readonly arrivesOn: PlainDate;
  /** The day it would have arrived otherwise. */
  readonly usualDate: PlainDate;
  /** What is said where there is less time than the family is owed: only when a new holiday brought the money forward. */
  readonly apology: string | null;
}

/** When an early payment is told by a notice of its own. */
export interface EarlyTerms {
  /** How long before its arrival, at the earliest. */
  readonly daysAhead: number;
  /** How long before the last day in time a calendar that is still on its way is waited for, no longer. */
  readonly daysToSpare: number;
}

/**
 * Lists early payments whose family was not told in time by a calendar and has no notice of them yet, the nearest first.
 * One that a new holiday brought forward is told at once, however far ahead it is.
 */
export function earlyToTell(
  tx: Transaction,
  { daysAhead, daysToSpare }: EarlyTerms,
  limit: number,
): Promise<EarlyToTell[]> {
  return tx.query(
    `select d.plan_id as "planId", d.pay_date as "payDate", d.arrives_on as "arrivesOn", r.apology,
            coalesce(w.arrives_on, d.pay_date) as "usualDate"
       from subsistence.promised_date d
       left join subsistence.holiday_replan r on r.id = d.made_by_holiday
       left join subsistence.promised_date w on w.plan_id = d.plan_id and w.pay_date = d.pay_date and w.withdrawn_by_holiday = r.id
      where d.stands and d.arrives_on < d.pay_date and d.pay_date > $1::date and d.arrives_on > $1::date
        and (d.made_by_holiday is not null or d.arrives_on <= $1::date + $2::int)
        and not exists (select from subsistence.early_telling t
          where t.plan_id = d.plan_id and t.pay_date = d.pay_date and t.arrives_on = d.arrives_on
            and (t.is_own or t.received_on <= t.needed_by or (t.received_on is null and t.needed_by - $3::int > $1::date
              and subsistence.is_on_its_way(t.authority_id, t.notice_id))))
      order by d.pay_date, d.plan_id limit $4`,
    [tx.today, daysAhead, daysToSpare, limit],
  );
}

/** That a notice tells a family of an early payment, to be written. */
export interface NewEarlyTelling {
  readonly planId: string;
  readonly payDate: PlainDate;
  readonly arrivesOn: PlainDate;
  readonly noticeId: string;
  readonly neededBy: PlainDate;
}

/** Writes which early payments some notices tell, in one statement. @param isOwn whether each notice is about that one alone */
export async function insertEarlyTellings(
  tx: Transaction,
  tellings: readonly NewEarlyTelling[],
  isOwn: boolean,
): Promise<void> {
  await tx.query(
    `insert into subsistence.early_telling (authority_id, plan_id, pay_date, arrives_on, notice_id, needed_by, is_own)
     select $1, t."planId", t."payDate", t."arrivesOn", t."noticeId", t."neededBy", $3
       from jsonb_to_recordset($2::jsonb) as t("planId" bigint, "payDate" date, "arrivesOn" date, "noticeId" bigint, "neededBy" date)`,
    [tx.actor.authorityId, JSON.stringify(tellings), isOwn],
  );
}

/** Marks what a received notice told: the day it was received, as the notice proves it. */
export async function markDatesTold(tx: Transaction, noticeId: string, receivedOn: PlainDate): Promise<void> {
  await tx.query(
    `update subsistence.early_telling t set received_on = told.day
       from (select subsistence.told_of_dates_on($2, $1) as day) told
      where t.notice_id = $1 and told.day is not null and t.received_on is distinct from told.day`,
    [noticeId, tx.actor.authorityId],
  );
  await tx.query(
    `update subsistence.calendar_sent set received_on = $2 where notice_id = $1 and received_on is distinct from $2`,
    [noticeId, receivedOn],
  );
}
