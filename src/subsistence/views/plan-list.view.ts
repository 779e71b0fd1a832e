import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Where a family stands with its support plan. */
export const planStatuses = ['approved', 'waiting', 'ended', 'none'] as const;
/** One of the ways a family stands with its support plan. */
export type PlanStatus = (typeof planStatuses)[number];

/** A family's plan as a list of families shows it. */
export interface PlanGlance {
  readonly familyId: string;
  readonly planId: string;
  readonly status: Exclude<PlanStatus, 'none'>;
  /** 1 = Monday. */
  readonly payDay: number;
  readonly frequencyDays: number;
  /** The next pay date promised, and the day the money arrives. */
  readonly payDate: PlainDate | null;
  readonly arrivesOn: PlainDate | null;
}

/** Shows the plan of each of some families: the one in force, else the one that waits, else the one that ended. */
export async function planGlances(tx: Transaction, familyIds: readonly string[]): Promise<Map<string, PlanGlance>> {
  const rows = await tx.query<PlanGlance>(
    `select p.*, d.pay_date as "payDate", d.arrives_on as "arrivesOn" from (
       select distinct on (family_id) family_id as "familyId", id as "planId",
              case when state in ('proposed', 'changes_asked') then 'waiting' when support_to <= $2 then 'ended' else 'approved' end as status,
              subsistence.pay_day_on(id, pay_day, $2) as "payDay", subsistence.frequency_on(id, frequency_days, $2) as "frequencyDays"
         from subsistence.plan where family_id = any ($1::bigint[]) and state in ('approved', 'proposed', 'changes_asked')
        order by family_id, state = 'approved' and coalesce(support_to > $2, true) desc, state <> 'approved' desc, id desc) p
       left join lateral (select pay_date, arrives_on from subsistence.promised_date
         where plan_id = p."planId" and pay_date >= $2 and stands order by pay_date limit 1) d on p.status = 'approved'`,
    [familyIds, tx.today],
  );
  return new Map(rows.map((row) => [row.familyId, row]));
}

/**
 * Lists the families whose plan waits or has ended, for a list that is narrowed to them.
 * @returns nothing when there are more than `most`: then most families are like that, and looking at each is quicker
 */
export async function familiesOfStatus(
  tx: Transaction,
  status: 'waiting' | 'ended',
  most: number,
): Promise<string[] | undefined> {
  const rows = await tx.query<{ id: string }>(
    status === 'waiting'
      ? `select family_id as id from subsistence.plan where state in ('proposed', 'changes_asked') limit $1`
      : `select family_id as id from subsistence.plan where state = 'approved' and support_to <= $2 limit $1`,
    status === 'waiting' ? [most + 1] : [most + 1, tx.today],
  );
  if (rows.length > most) return undefined;
  const ids = rows.map((row) => row.id);
  const glances = await planGlances(tx, ids);
  return ids.filter((id) => glances.get(id)?.status === status);
}

/** A place in the list of families by the pay date promised next. */
export interface NextDate {
  readonly payDate: PlainDate;
  /** Orders families of one day. */
  readonly planId: string;
}

/** Lists families by the pay date promised next, the soonest first, going on after a place or back before it. */
export async function familiesByNextDate(
  tx: Transaction,
  place: { readonly after?: NextDate; readonly before?: NextDate; readonly payDay?: number; readonly limit: number },
): Promise<(NextDate & { familyId: string })[]> {
  const from = place.before ?? place.after;
  const [beyond, order] = place.before ? ['<', 'desc'] : ['>', 'asc'];
  const rows = await tx.query<NextDate & { familyId: string }>(
    `select p.family_id as "familyId", d.plan_id as "planId", d.pay_date as "payDate"
       from subsistence.promised_date d join subsistence.plan p on p.id = d.plan_id and p.state = 'approved'
      where d.pay_date >= $1 and d.stands and ($2::smallint is null or subsistence.pay_day_on(p.id, p.pay_day, d.pay_date) = $2)
        and not exists (select from subsistence.promised_date e
              where e.plan_id = d.plan_id and e.pay_date >= $1 and e.pay_date < d.pay_date and e.stands)
        and ($3::date is null or (d.pay_date, d.plan_id) ${beyond} ($3::date, $4::bigint))
      order by d.pay_date ${order}, d.plan_id ${order} limit $5`,
    [tx.today, place.payDay ?? null, from?.payDate ?? null, from?.planId ?? null, place.limit],
  );
  return place.before ? rows.toReversed() : rows;
}

/** A plan somebody proposed that a second person declined, and nobody has proposed another since. */
export interface DeclinedPlan {
  readonly planId: string;
  readonly familyId: string;
}

/** Lists the declined plans a person may want to propose again, the newest first. */
export function declinedPlansOf(tx: Transaction, userId: string, limit: number): Promise<DeclinedPlan[]> {
  return tx.query(
    `select p.id as "planId", p.family_id as "familyId" from subsistence.plan p
      where p.state = 'declined' and p.proposed_by = $1
        and not exists (select from subsistence.plan o where o.family_id = p.family_id and o.id > p.id)
      order by p.id desc limit $2`,
    [userId, limit],
  );
}

/** Counts plans that wait for a second person, up to `most`, and those of them somebody proposed. */
export function plansWaiting(tx: Transaction, userId: string, most: number): Promise<{ all: number; mine: number }> {
  return tx.one(
    `select count(*)::int as all, count(*) filter (where proposed_by = $1)::int as mine
       from (select proposed_by from subsistence.plan where state = 'proposed' limit $2) p`,
    [userId, most],
  );
}
