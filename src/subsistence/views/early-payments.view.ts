import { referencesOf } from '../../families/index.ts';
import { noticePolicy } from '../../identity/index.ts';
import { addDays, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** A pay date whose money comes early, and how many of its families were told. */
export interface EarlyDate {
  readonly payDate: PlainDate;
  readonly arrivesOn: PlainDate;
  /** The last day of receipt that leaves the notice families are owed. */
  readonly neededBy: PlainDate;
  readonly families: number;
  /** Told in so many days as the council owes; told, and later than that; not known to be told. */
  readonly inTime: number;
  readonly late: number;
  readonly untold: number;
}

/** A family that was not told in time of money that comes early. */
export interface ToldTooLate {
  readonly planId: string;
  readonly familyId: string;
  readonly family: string;
  readonly payDate: PlainDate;
  readonly arrivesOn: PlainDate;
  readonly neededBy: PlainDate;
  readonly receivedOn: PlainDate | null;
}

/** Promised early money with the best the family was told of it. */
const TOLD = `select d.plan_id, d.pay_date, d.arrives_on, d.arrives_on - $1::int - 1 as needed_by, t.received_on
    from subsistence.promised_date d
    left join lateral (select min(t.received_on) as received_on from subsistence.early_telling t
      where t.authority_id = d.authority_id and t.plan_id = d.plan_id and t.pay_date = d.pay_date and t.arrives_on = d.arrives_on) t on true
   where d.stands and d.arrives_on < d.pay_date`;

/** Counts, for each early pay date between two days, who was told in time, too late, or not at all as far as is known. */
export async function earlyDates(tx: Transaction, from: PlainDate, to: PlainDate): Promise<EarlyDate[]> {
  const { noticeDays } = await noticePolicy(tx);
  return tx.query(
    `select pay_date as "payDate", arrives_on as "arrivesOn", needed_by as "neededBy", count(*)::int as families,
            (count(*) filter (where received_on <= needed_by))::int as "inTime",
            (count(*) filter (where received_on > needed_by))::int as late,
            (count(*) filter (where received_on is null))::int as untold
       from (${TOLD} and d.pay_date between $2 and $3) told group by 1, 2, 3 order by 1, 2`,
    [noticeDays, from, to],
  );
}

/** What is asked of the list of families told too late. */
export interface TooLateAsked {
  readonly payDate?: PlainDate | undefined;
  readonly after: string;
  readonly limit: number;
}

const DAYS_BACK = 90;

/**
 * Lists families that were not told in time of an early payment, a page at a time: the last day for telling has passed and
 * nothing shows that they had the notice by then.
 */
export async function toldTooLate(tx: Transaction, { payDate, after, limit }: TooLateAsked): Promise<ToldTooLate[]> {
  const { noticeDays } = await noticePolicy(tx);
  const rows = await tx.query<Omit<ToldTooLate, 'family'>>(
    `select told.plan_id as "planId", p.family_id as "familyId", told.pay_date as "payDate", told.arrives_on as "arrivesOn",
            told.needed_by as "neededBy", told.received_on as "receivedOn"
       from (${TOLD} and d.pay_date >= $2 and ($3::date is null or d.pay_date = $3)
               and d.arrives_on - $1::int - 1 < $4::date) told
       join subsistence.plan p on p.id = told.plan_id
      where coalesce(told.received_on > told.needed_by, true) and (told.plan_id, told.pay_date) > ($5::bigint, $6::date)
      order by told.plan_id, told.pay_date limit $7`,
    [noticeDays, addDays(tx.today, -DAYS_BACK), payDate ?? null, tx.today, ...placeOf(after), limit],
  );
  const references = await referencesOf(
    tx,
    rows.map((row) => row.familyId),
  );
  return rows.map((row) => ({ ...row, family: references.get(row.familyId) ?? '' }));
}

/** Writes where a page of that list ended. */
export function placeAfter({ planId, payDate }: ToldTooLate): string {
  return `${planId}_${payDate}`;
}

function placeOf(after: string): [planId: string, payDate: string] {
  const [, planId = '0', payDate = '0001-01-01'] = /^(\d{1,18})_(\d{4}-\d{2}-\d{2})$/.exec(after) ?? [];
  return [planId, payDate];
}
