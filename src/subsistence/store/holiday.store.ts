import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Arrival, BroughtForward } from '../domain/holiday-effect.ts';

/** How many families are promised a pay date to arrive on a day. */
export interface PromisedArrival extends Arrival {
  readonly families: number;
}

/** Finds promises that would arrive later than the calendar says, by pay date; most days none, at the price of a look. */
export function promisesAfter(tx: Transaction, calendar: readonly Arrival[]): Promise<PromisedArrival[]> {
  return tx.query(
    // Day by day to the last arrival of each: one look into an index, however many families there are.
    `with upset as materialized (
       select c.pay_date, c.arrives_on from unnest($1::date[], $2::date[]) as c(pay_date, arrives_on)
        cross join lateral (select 1 from subsistence.promised_date p
          where p.pay_date = c.pay_date and p.stands and p.arrives_on > c.arrives_on order by p.arrives_on desc limit 1) found)
     select p.pay_date as "payDate", p.arrives_on as "arrivesOn", count(*)::int as families
       from upset c join subsistence.promised_date p on p.pay_date = c.pay_date and p.stands and p.arrives_on > c.arrives_on
      group by 1, 2 order by 1, 2`,
    [calendar.map((each) => each.payDate), calendar.map((each) => each.arrivesOn)],
  );
}

/** A going-over of the promises, as it is put on record. */
export interface NewReplan {
  readonly oneOffId: string | null;
  readonly promises: number;
  readonly families: number;
  readonly apology: string;
}

/** Puts a going-over of the promises on record. @returns its number */
export async function insertReplan(tx: Transaction, replan: NewReplan): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into subsistence.holiday_replan (authority_id, one_off_id, made_by, promises, families, apology)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [
      ...[tx.actor.authorityId, replan.oneOffId, tx.actor.userId ?? null],
      ...[replan.promises, replan.families, replan.apology],
    ],
  );
  return id;
}

/** Counts the families some changed arrivals are promised to: a family paid twice in that time counts once. */
export async function familiesPromised(tx: Transaction, changed: readonly Arrival[]): Promise<number> {
  const { n } = await tx.one<{ n: number }>(
    `select count(distinct p.plan_id)::int as n from unnest($1::date[], $2::date[]) as c(pay_date, arrives_on)
       join subsistence.promised_date p on p.pay_date = c.pay_date and p.arrives_on = c.arrives_on and p.stands`,
    [changed.map((each) => each.payDate), changed.map((each) => each.arrivesOn)],
  );
  return n;
}

/** Takes promises back and makes earlier ones in their place; the database refuses any that is not. */
export async function bringForward(
  tx: Transaction,
  replanId: string,
  changed: readonly BroughtForward[],
): Promise<void> {
  const dates = [changed.map((each) => each.payDate), changed.map((each) => each.arrivesOn)];
  await tx.query(
    `update subsistence.promised_date p set withdrawn_by_holiday = $1
       from unnest($2::date[], $3::date[]) as c(pay_date, arrives_on)
      where p.pay_date = c.pay_date and p.arrives_on = c.arrives_on and p.stands`,
    [replanId, ...dates],
  );
  await tx.query(
    `insert into subsistence.promised_date (plan_id, pay_date, arrives_on, authority_id, made_by_holiday)
     select p.plan_id, p.pay_date, c.earlier, p.authority_id, $1
       from unnest($2::date[], $3::date[], $4::date[]) as c(pay_date, arrives_on, earlier)
       join subsistence.promised_date p on p.pay_date = c.pay_date and p.arrives_on = c.arrives_on and p.withdrawn_by_holiday = $1`,
    [replanId, ...dates, changed.map((each) => each.earlier)],
  );
}

/** Lists the families a going-over touched, each with the first day its money comes now. */
export function familiesTouched(
  tx: Transaction,
  replanId: string,
): Promise<{ familyId: string; arrivesOn: PlainDate }[]> {
  return tx.query(
    `select p.family_id as "familyId", min(d.arrives_on) as "arrivesOn" from subsistence.promised_date d
       join subsistence.plan p on p.id = d.plan_id where d.made_by_holiday = $1 group by 1`,
    [replanId],
  );
}

/** Keeps others from telling families of dates meanwhile, until this transaction ends. */
export async function oneAtATime(tx: Transaction): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('subsistence.dates-told'), $1::int)`, [tx.actor.authorityId]);
}
