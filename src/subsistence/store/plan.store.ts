import { defineProblem, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { RhythmMove } from '../domain/pay-rhythm.ts';
import type { PlanState } from '../plan.states.ts';

export const noSuchPlan = defineProblem('no_such_plan', {
  status: 404,
  title: 'There is no such support plan here',
  whatToDo: 'Use the number of a plan of this council; GET /api/v1/plans/waiting lists those that wait for approval.',
});

/** A support plan as the database has it. Amounts are text. */
export interface PlanRow {
  readonly id: string;
  readonly familyId: string;
  readonly fundId: string;
  readonly rateTable: string;
  readonly version: number;
  readonly state: PlanState;
  readonly standard: 'subsistence' | 'welfare';
  readonly standardReason: string | null;
  readonly overrideWeekly: string | null;
  readonly overrideReason: string | null;
  /** The plan's own frequency and pay day, as approved; moves in force come after. */
  readonly frequencyDays: number;
  readonly payDay: number;
  readonly moves: readonly RhythmMove[];
  readonly supportFrom: PlainDate;
  readonly supportTo: PlainDate | null;
  readonly paidUpTo: PlainDate;
  readonly proposedBy: string;
  /** What was decided about an override since the plan was approved, in order; null goes back to the rates. */
  readonly overridesDecided: readonly { from: PlainDate; weekly: string | null; reason: string }[];
}

/** A top-up as the database has it. */
export interface TopUpRow {
  readonly id: string;
  readonly planId: string;
  readonly memberId: string | null;
  readonly weekly: string;
  readonly reason: string;
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
}

const PLAN = `id, version, family_id as "familyId", fund_id as "fundId", rate_table as "rateTable", state, standard,
  standard_reason as "standardReason", override_weekly as "overrideWeekly", override_reason as "overrideReason",
  frequency_days as "frequencyDays", pay_day as "payDay", support_from as "supportFrom", support_to as "supportTo",
  paid_up_to as "paidUpTo", proposed_by as "proposedBy"`;
const OVERRIDES = `jsonb_agg(jsonb_build_object('from', c.from_day, 'weekly', c.weekly::text, 'reason', c.reason) order by c.effect_no)`;
const MOVES = `jsonb_agg(jsonb_build_object('oldDate', m.old_date, 'newDate', m.new_date, 'payDay', m.pay_day,
  'frequencyDays', m.frequency_days) order by m.effect_no)`;
const COLUMNS = `${PLAN},
  (select coalesce(${MOVES}, '[]') from subsistence.pay_day_change m where m.plan_id = plan.id and m.state = 'in_force') as moves,
  (select coalesce(${OVERRIDES}, '[]')
     from subsistence.plan_change c where c.plan_id = plan.id and c.state = 'approved' and c.kind = 'override') as "overridesDecided"`;

/** A plan to be written. */
export interface NewPlan {
  readonly familyId: string;
  readonly fundId: string;
  readonly standard: 'subsistence' | 'welfare';
  readonly standardReason: string | null;
  readonly overrideWeekly?: string | null;
  readonly overrideReason?: string | null;
  readonly frequencyDays: number;
  readonly payDay: number;
  readonly supportFrom: PlainDate;
  readonly supportTo: PlainDate | null;
  readonly paidUpTo: PlainDate;
}

/** Writes plans in one statement. @returns their numbers in the order given */
export async function insertPlans(tx: Transaction, plans: readonly NewPlan[], proposedBy: string): Promise<string[]> {
  const rows = await tx.query<{ id: string; family_id: string }>(
    `insert into subsistence.plan (authority_id, family_id, fund_id, standard, standard_reason, override_weekly, override_reason,
       frequency_days, pay_day, support_from, support_to, paid_up_to, proposed_by)
     select $1, p."familyId", p."fundId", p.standard, p."standardReason", p."overrideWeekly", p."overrideReason",
       p."frequencyDays", p."payDay", p."supportFrom", p."supportTo", p."paidUpTo", $3
       from jsonb_to_recordset($2::jsonb) as p("familyId" bigint, "fundId" bigint, standard text, "standardReason" text,
         "overrideWeekly" kernel.gbp, "overrideReason" text, "frequencyDays" smallint, "payDay" smallint, "supportFrom" date,
         "supportTo" date, "paidUpTo" date) returning id, family_id`,
    [tx.actor.authorityId, JSON.stringify(plans), proposedBy],
  );
  const byFamily = new Map(rows.map((row) => [row.family_id, row.id]));
  return plans.map((plan) => byFamily.get(plan.familyId) as string);
}

/** Writes top-ups in one statement. */
export async function insertTopUps(
  tx: Transaction,
  topUps: readonly Omit<TopUpRow, 'id' | 'from' | 'to'>[],
): Promise<void> {
  await tx.query(
    `insert into subsistence.top_up (authority_id, plan_id, member_id, weekly, reason)
     select $1, t."planId", t."memberId", t.weekly, t.reason
       from jsonb_to_recordset($2::jsonb) as t("planId" bigint, "memberId" bigint, weekly kernel.gbp, reason text)`,
    [tx.actor.authorityId, JSON.stringify(topUps)],
  );
}

/** Reads approved plans of a pay day (1 = Monday), and those that ever moved, in a range of numbers. */
export function plansOfPayDay(tx: Transaction, payDay: number, from: string, to: string): Promise<PlanRow[]> {
  return tx.query(
    // The overrides and moves of a whole batch at once: plan by plan, asking for them took longer than reading the plans.
    `with overrides as materialized (
       select c.plan_id, ${OVERRIDES} as decided from subsistence.plan_change c
        where c.plan_id between $2 and $3 and c.state = 'approved' and c.kind = 'override' group by 1),
     moved as materialized (
       select m.plan_id, ${MOVES} as moves from subsistence.pay_day_change m
        where m.plan_id between $2 and $3 and m.state = 'in_force' group by 1)
     select ${PLAN}, coalesce(o.decided, '[]') as "overridesDecided", coalesce(d.moves, '[]') as moves
       from subsistence.plan left join overrides o on o.plan_id = plan.id left join moved d on d.plan_id = plan.id
      where state = 'approved' and (pay_day = $1 or d.plan_id is not null) and id between $2 and $3 order by id`,
    [payDay, from, to],
  );
}

/** Reads plans by number. */
export function plansByIds(tx: Transaction, ids: readonly string[]): Promise<PlanRow[]> {
  return tx.query(`select ${COLUMNS} from subsistence.plan where id = any ($1::bigint[]) order by id`, [ids]);
}

/** Lists approved plans whose support is not over, by number. @param after the last number of those before */
export async function plansInForce(tx: Transaction, after: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from subsistence.plan where state = 'approved' and id > $1 and (support_to is null or support_to > $2)
      order by id limit $3`,
    [after, tx.today, limit],
  );
  return rows.map((row) => row.id);
}

/** Keeps others from holding anything about these plans meanwhile, always in the same order. */
export async function lockPlans(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query(`select 1 from subsistence.plan where id = any ($1::bigint[]) order by id for no key update`, [ids]);
}

/** Reads the plans of a family, the newest first. */
export function plansOfFamily(tx: Transaction, familyId: string): Promise<PlanRow[]> {
  return tx.query(`select ${COLUMNS} from subsistence.plan where family_id = $1 order by id desc`, [familyId]);
}

/** Reads one plan. @throws no_such_plan */
export async function readPlan(tx: Transaction, id: string): Promise<PlanRow> {
  const [plan] = await plansByIds(tx, [id]);
  if (!plan) throw noSuchPlan('No plan of this council has that number.');
  return plan;
}

/** Lists plans that wait for approval, oldest first. @param after the last number of the page before */
export function proposedPlans(tx: Transaction, limit: number, after = '0'): Promise<PlanRow[]> {
  return tx.query(`select ${COLUMNS} from subsistence.plan where state = 'proposed' and id > $2 order by id limit $1`, [
    ...[limit, after],
  ]);
}

/** Lists plans that were sent back to one proposer, oldest first. */
export function plansWithChangesAsked(tx: Transaction, proposedBy: string): Promise<PlanRow[]> {
  return tx.query(
    `select ${COLUMNS} from subsistence.plan where state = 'changes_asked' and proposed_by = $1 order by id limit 100`,
    [proposedBy],
  );
}

/** Reads the top-ups of many plans. */
export function topUpsOf(tx: Transaction, planIds: readonly string[]): Promise<TopUpRow[]> {
  return tx.query(
    `select id, plan_id as "planId", member_id as "memberId", weekly, reason, from_day as "from", to_day as "to"
       from subsistence.top_up where plan_id = any ($1::bigint[]) order by id`,
    [planIds],
  );
}

/** Cuts the approved plans of a pay day, and those that ever moved, into batches of about `size`, by number. */
export function planBatches(tx: Transaction, payDay: number, size: number): Promise<{ from: string; to: string }[]> {
  return tx.query(
    `select min(id) as "from", max(id) as "to" from (
       select id, (row_number() over (order by id) - 1) / $2 as batch from (
         select id from subsistence.plan where state = 'approved' and pay_day = $1
         union select p.id from subsistence.pay_day_change m join subsistence.plan p on p.id = m.plan_id and p.state = 'approved'
          where m.state = 'in_force') due) p
      group by batch order by batch`,
    [payDay, size],
  );
}

/** Marks plans approved, each with its request, in one statement. */
export async function markApproved(
  tx: Transaction,
  plans: readonly { id: string; requestId: string }[],
  approvedBy: string,
): Promise<void> {
  await tx.query(
    `update subsistence.plan p set state = 'approved', approved_by = $2, approval_id = a."requestId", version = p.version + 1
       from jsonb_to_recordset($1::jsonb) as a(id bigint, "requestId" bigint) where p.id = a.id and p.state = 'proposed'`,
    [JSON.stringify(plans), approvedBy],
  );
}
