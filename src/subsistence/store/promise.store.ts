import { bacsDays, type CouncilCalendars } from '../../calendar/index.ts';
import { addDays, daysBetween, payDayOf, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { payDatesFrom, type Rhythm } from '../domain/pay-rhythm.ts';
import { grouped } from './plan-facts.ts';
import { plansByIds, readPlan } from './plan.store.ts';

/** How many pay dates ahead each plan is promised. */
export const DATES_AHEAD = 8;

/** Promises an approved plan its coming pay dates: from the first pay day not yet paid. Early when that is no working day. */
export async function promiseDates(
  tx: Transaction,
  planIds: readonly string[],
  calendars: CouncilCalendars,
): Promise<void> {
  const span = await tx.maybe<{ first: PlainDate; last: PlainDate }>(
    `select min(paid_up_to) as first, max(paid_up_to + 7 + frequency_days * ${DATES_AHEAD}) as last
       from subsistence.plan where id = any ($1::bigint[])`,
    [planIds],
  );
  if (!span?.first) return;
  const days = arrivals(span.first, span.last, calendars);
  await tx.query(
    `insert into subsistence.promised_date (plan_id, pay_date, arrives_on, authority_id)
     select p.id, a.pay_date, a.arrives_on, p.authority_id
       from subsistence.plan p cross join generate_series(0, ${DATES_AHEAD - 1}) k
       join unnest($2::date[], $3::date[]) as a(pay_date, arrives_on)
         on a.pay_date = p.paid_up_to + ((p.pay_day - extract(isodow from p.paid_up_to)::int + 7) % 7) + k * p.frequency_days
      where p.id = any ($1::bigint[]) and p.state = 'approved' and (p.support_to is null or a.pay_date < p.support_to)
     on conflict (plan_id, pay_date) where stands do nothing`,
    [planIds, days.map((each) => each.payDate), days.map((each) => each.arrivesOn)],
  );
}

/** Promises each plan just paid on a pay date one date further ahead, so that there are always as many. */
export async function promiseFurther(
  tx: Transaction,
  planIds: readonly string[],
  payDate: PlainDate,
  calendars: CouncilCalendars,
): Promise<void> {
  const moved = await rhythmsOfMoved(tx, planIds);
  const further = [...moved].map(([planId, rhythm]) => ({
    planId,
    payDate: payDatesFrom(rhythm, payDate, DATES_AHEAD + 1).at(-1) as PlainDate,
  }));
  await promise(tx, further, calendars);
  // Past the last known holidays nothing is promised yet: a refreshed calendar and the next run catch up.
  const promised = [7, 14, 28]
    .map((frequency) => ({ frequency, ahead: addDays(payDate, frequency * DATES_AHEAD) }))
    .filter(({ ahead }) => calendars.bacs.knows(ahead))
    .map((each) => ({ ...each, arrivesOn: bacsDays(each.ahead, calendars.council, calendars.bacs).entryDay }));
  await tx.query(
    `insert into subsistence.promised_date (plan_id, pay_date, arrives_on, authority_id)
     select p.id, a.pay_date, a.arrives_on, p.authority_id
       from subsistence.plan p
       join unnest($2::smallint[], $3::date[], $4::date[]) as a(frequency, pay_date, arrives_on) on a.frequency = p.frequency_days
      where p.id = any ($1::bigint[]) and p.id <> all ($5::bigint[]) and (p.support_to is null or a.pay_date < p.support_to)
     on conflict (plan_id, pay_date) where stands do nothing`,
    [
      planIds,
      promised.map((each) => each.frequency),
      promised.map((each) => each.ahead),
      promised.map((each) => each.arrivesOn),
      [...moved.keys()],
    ],
  );
}

/** Promises dates of plans that moved: each as its day of arrival stands, inside the support. */
export async function promise(
  tx: Transaction,
  dates: readonly { readonly planId: string; readonly payDate: PlainDate; readonly madeByMove?: string }[],
  calendars: CouncilCalendars,
): Promise<void> {
  const rows = dates
    .filter(({ payDate }) => calendars.bacs.knows(payDate))
    .map((each) => ({ ...each, arrivesOn: bacsDays(each.payDate, calendars.council, calendars.bacs).entryDay }));
  if (rows.length === 0) return;
  await tx.query(
    `insert into subsistence.promised_date (plan_id, pay_date, arrives_on, authority_id, made_by_move)
     select p.id, d."payDate", d."arrivesOn", p.authority_id, d."madeByMove"
       from jsonb_to_recordset($1::jsonb) as d("planId" bigint, "payDate" date, "arrivesOn" date, "madeByMove" bigint)
       join subsistence.plan p on p.id = d."planId"
      where p.state = 'approved' and (p.support_to is null or d."payDate" < p.support_to)
     on conflict (plan_id, pay_date) where stands do nothing`,
    [JSON.stringify(rows)],
  );
}

/** Reads when plans that moved are paid; few did. */
async function rhythmsOfMoved(tx: Transaction, planIds: readonly string[]): Promise<Map<string, Rhythm>> {
  const ids = await tx.query<{ id: string }>(
    `select distinct plan_id as id from subsistence.pay_day_change where state = 'in_force' and plan_id = any ($1::bigint[])`,
    [planIds],
  );
  const plans = await plansByIds(
    tx,
    ids.map((row) => row.id),
  );
  return new Map(plans.map((plan) => [plan.id, plan]));
}

/** Gives the pay dates promised to anybody around now, each with its first promised arrival: four weeks back, six ahead. */
export function promisedPayDates(tx: Transaction): Promise<{ payDate: PlainDate; arrivesOn: PlainDate }[]> {
  return tx.query(
    `select d::date as "payDate", p.arrives_on as "arrivesOn"
       from generate_series($1::date - 28, $1::date + 42, interval '1 day') d
       cross join lateral (select arrives_on from subsistence.promised_date p
         where p.pay_date = d::date and p.stands order by p.arrives_on limit 1) p order by 1`,
    [tx.today],
  );
}

/** Lists what one plan was promised from a day on. @throws no_such_plan */
export async function promisesOf(
  tx: Transaction,
  planId: string,
  from: PlainDate,
): Promise<{ payDate: PlainDate; arrivesOn: PlainDate }[]> {
  await readPlan(tx, planId);
  return tx.query(
    `select pay_date as "payDate", arrives_on as "arrivesOn" from subsistence.promised_date
      where plan_id = $1 and pay_date >= $2 and stands order by pay_date`,
    [planId, from],
  );
}

/** Withdraws what was promised for the end of support and later. The dates stay on record, with the change that ended them. */
export async function withdrawPromises(
  tx: Transaction,
  planId: string,
  end: PlainDate,
  changeId: string,
): Promise<void> {
  await tx.query(
    `update subsistence.promised_date set withdrawn_by_change = $3
      where plan_id = $1 and pay_date >= $2 and stands`,
    [planId, end, changeId],
  );
}

function arrivals(
  first: PlainDate,
  last: PlainDate,
  calendars: CouncilCalendars,
): { payDate: PlainDate; arrivesOn: PlainDate }[] {
  const days: { payDate: PlainDate; arrivesOn: PlainDate }[] = [];
  for (let ahead = 0; ahead <= daysBetween(first, last); ahead += 1) {
    const payDate = addDays(first, ahead);
    if (payDayOf(payDate) && calendars.bacs.knows(payDate))
      days.push({ payDate, arrivesOn: bacsDays(payDate, calendars.council, calendars.bacs).entryDay });
  }
  return days;
}

/** Lists the dates that stand for some plans from a day on, in order. */
export async function standingDates(
  tx: Transaction,
  planIds: readonly string[],
  from: PlainDate,
): Promise<Map<string, { payDate: PlainDate; arrivesOn: PlainDate }[]>> {
  const rows = await tx.query<{ planId: string; payDate: PlainDate; arrivesOn: PlainDate }>(
    `select plan_id as "planId", pay_date as "payDate", arrives_on as "arrivesOn" from subsistence.promised_date
      where plan_id = any ($1::bigint[]) and pay_date >= $2 and stands order by plan_id, pay_date`,
    [planIds, from],
  );
  return grouped(rows, (row) => row.planId);
}

/** A promised date with its place among those of its plan, which stays the same when its day moves. */
export interface PromiseSlot {
  readonly planId: string;
  readonly payDate: PlainDate;
  readonly slot: string;
}

/** Numbers the dates that stand for some plans. A date kept as a bridging payment is named by its move and takes no number. */
export function promiseSlots(tx: Transaction, planIds: readonly string[]): Promise<PromiseSlot[]> {
  return tx.query(
    `select "planId", "payDate", "planId" || '-' || coalesce('b' || bridging, place::text) as slot from (
       select d.plan_id as "planId", d.pay_date as "payDate", b.bridging,
              count(*) filter (where b.bridging is null) over (partition by d.plan_id order by d.pay_date) as place
         from subsistence.promised_date d
         left join lateral (select c.id as bridging from subsistence.pay_day_change c
                             where c.plan_id = d.plan_id and c.state = 'in_force' and c.old_date = d.pay_date
                               and c.new_date > c.old_date limit 1) b on true
        where d.plan_id = any ($1::bigint[]) and d.stands) s order by 1, 2`,
    [planIds],
  );
}
