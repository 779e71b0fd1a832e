import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { PlanChangeKind, PlanChangeTerms, UrgentChange } from '../domain/plan-change.ts';
import type { PlanChangeState } from '../plan-change.states.ts';
import { noSuchPlanChange } from '../plan-problems.ts';
import { withdrawPromises } from './promise.store.ts';
import { type Busy, waitingRows } from './waiting-rows.ts';

/** A change of an approved plan as the database has it. Amounts are text. */
export interface PlanChangeRow {
  readonly id: string;
  readonly planId: string;
  readonly state: PlanChangeState;
  readonly kind: PlanChangeKind;
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
  readonly weekly: string | null;
  readonly reason: string;
  readonly memberId: string | null;
  readonly topUpId: string | null;
  readonly standard: 'subsistence' | 'welfare' | null;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  /** What the family is told; absent of what was settled before notices were. */
  readonly noticeId: string | null;
  /** Whether it takes effect only once its notice was received in time. */
  readonly waits: boolean;
  readonly weeklyBefore: string | null;
  readonly weeklyAfter: string | null;
  readonly urgent: UrgentChange | null;
  readonly keptBecause: string | null;
}

const COLUMNS = `id, plan_id as "planId", state, kind, from_day as "from", to_day as "to", weekly::numeric(14,2)::text as weekly,
  reason, member_id as "memberId", top_up_id as "topUpId", standard, proposed_by as "proposedBy", proposed_at as "proposedAt",
  decided_by as "decidedBy", notice_id as "noticeId", waits, weekly_before::numeric(14,2)::text as "weeklyBefore",
  weekly_after::numeric(14,2)::text as "weeklyAfter", kept_because as "keptBecause",
  case when urgent_reason is not null then jsonb_build_object('reason', urgent_reason, 'apology', apology) end as urgent`;

/** What a change is told of with: its notice, whether it waits for that, and the week without and with it. */
export interface ChangeNoticed {
  readonly noticeId: string;
  readonly waits: boolean;
  readonly weeklyBefore: string;
  readonly weeklyAfter: string;
}

/** Gives what a change says, as it was proposed. */
export function termsOf(row: PlanChangeRow): PlanChangeTerms {
  const { kind, from, to, weekly, reason, memberId, topUpId, standard, urgent } = row;
  return { kind, from, to, weekly, reason, memberId, topUpId, standard, urgent } as PlanChangeTerms;
}

/** Writes a proposed change. @returns its number */
export async function insertPlanChange(
  tx: Transaction,
  planId: string,
  terms: PlanChangeTerms,
  told: ChangeNoticed,
  proposedBy: string,
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into subsistence.plan_change (authority_id, plan_id, kind, from_day, to_day, weekly, reason, member_id, top_up_id, standard,
       proposed_by, notice_id, waits, weekly_before, weekly_after, urgent_reason, apology)
     select $1, $2, c.kind, c."from", c."to", c.weekly, c.reason, c."memberId", c."topUpId", c.standard,
            $4, c."noticeId", c.waits, c."weeklyBefore", c."weeklyAfter", c.urgent ->> 'reason', c.urgent ->> 'apology'
       from jsonb_to_record($3::jsonb) as c(kind text, "from" date, "to" date, weekly kernel.gbp, reason text, "memberId" bigint,
         "topUpId" bigint, standard text, "noticeId" bigint, waits boolean, "weeklyBefore" kernel.gbp, "weeklyAfter" kernel.gbp,
         urgent jsonb) returning id`,
    [tx.actor.authorityId, planId, JSON.stringify({ ...terms, ...told }), proposedBy],
  );
  return id;
}

/** Reads one change. @throws no_such_plan_change */
export async function readPlanChange(tx: Transaction, id: string): Promise<PlanChangeRow> {
  const row = await tx.maybe<PlanChangeRow>(`select ${COLUMNS} from subsistence.plan_change where id = $1`, [id]);
  if (!row) throw noSuchPlanChange('No change of a plan of this council has that number.');
  return row;
}

/** Reads one change, and keeps others from deciding about it meanwhile. @throws no_such_plan_change */
export async function lockPlanChange(tx: Transaction, id: string): Promise<PlanChangeRow> {
  await tx.query(`select 1 from subsistence.plan_change where id = $1 for update`, [id]);
  return readPlanChange(tx, id);
}

/** Lists the changes of some plans, the newest first. */
export function changesOfPlans(tx: Transaction, planIds: readonly string[]): Promise<PlanChangeRow[]> {
  return tx.query(
    `select ${COLUMNS} from subsistence.plan_change where plan_id = any ($1::bigint[]) order by id desc`,
    [planIds],
  );
}

/** Lists changes in some state, the oldest first. @param after the last number of the page before */
export function changesIn(
  tx: Transaction,
  states: readonly PlanChangeState[],
  after: string,
  limit: number,
  proposedBy: string | null,
): Promise<PlanChangeRow[]> {
  return tx.query(
    `select ${COLUMNS} from subsistence.plan_change where state = any ($1::text[]) and id > $2
      and ($4::bigint is null or proposed_by = $4) order by id limit $3`,
    [states, after, limit, proposedBy],
  );
}

/** Moves a change to another state; the database knows which steps there are. */
export async function moveChange(tx: Transaction, id: string, to: PlanChangeState): Promise<void> {
  await tx.query(`update subsistence.plan_change set state = $2, version = version + 1 where id = $1`, [id, to]);
}

/** Proposes a change again, in the name of the person acting, with the notice it would be told with now. */
export async function proposeChangeAgain(
  tx: Transaction,
  id: string,
  { noticeId, waits, weeklyBefore, weeklyAfter }: ChangeNoticed,
  proposedBy: string,
): Promise<void> {
  await tx.query(
    `update subsistence.plan_change set state = 'proposed', proposed_by = $2, proposed_at = now(), notice_id = $3, waits = $4,
            weekly_before = $5, weekly_after = $6, version = version + 1 where id = $1`,
    [id, proposedBy, noticeId, waits, weeklyBefore, weeklyAfter],
  );
}

/** Lets an approved change wait for its notice. */
export async function letChangeWait(tx: Transaction, id: string, approved: Approved): Promise<void> {
  await tx.query(
    `update subsistence.plan_change set state = 'waiting', decided_by = $2, approval_id = $3, version = version + 1 where id = $1`,
    [id, approved.by, approved.requestId],
  );
}

/** Finds and locks the changes that wait for some notices. */
export function lockChangesInNotice(
  tx: Transaction,
  noticeIds: readonly string[],
  busy: Busy,
): Promise<PlanChangeRow[]> {
  return tx.query(waitingRows(COLUMNS, 'subsistence.plan_change', busy), [noticeIds]);
}

/** Keeps the plan as it is: the family was not told of the change in time. */
export async function keepPlan(tx: Transaction, id: string, because: string): Promise<void> {
  await tx.query(
    `update subsistence.plan_change set state = 'kept', kept_because = $2, version = version + 1 where id = $1`,
    [id, because],
  );
}

/** Counts urgent changes that were approved. */
export async function countUrgentChanges(tx: Transaction): Promise<number> {
  const { n } = await tx.one<{ n: number }>(
    `select count(*)::int as n from subsistence.plan_change where urgent_reason is not null and state = 'approved'`,
  );
  return n;
}

/** Lists urgent changes that were approved, the newest first. @param before the last number of the page before */
export function urgentChanges(tx: Transaction, before: string | null, limit: number): Promise<PlanChangeRow[]> {
  return tx.query(
    `select ${COLUMNS} from subsistence.plan_change
      where urgent_reason is not null and state = 'approved' and ($1::bigint is null or id < $1) order by id desc limit $2`,
    [before, limit],
  );
}

/** Who approved a change, and by which request. */
export interface Approved {
  readonly by: string;
  readonly requestId: string;
}

/** Puts a change into effect, exactly and once: the guards refuse anything else. @param approved null when it was before */
export async function applyChange(tx: Transaction, change: PlanChangeRow, approved: Approved | null): Promise<void> {
  await tx.query(
    `update subsistence.plan_change set state = 'approved', decided_by = coalesce($2, decided_by), approval_id = coalesce($3, approval_id),
            effect_no = nextval('kernel.document_number'), version = version + 1 where id = $1`,
    [change.id, approved?.by ?? null, approved?.requestId ?? null],
  );
  await tx.query(
    `update subsistence.plan p set version = p.version + 1, last_change_id = c.id,
            support_to = case when c.kind = 'end' then c.from_day else p.support_to end,
            standard = case when c.kind = 'standard' then c.standard else p.standard end,
            standard_reason = case when c.kind = 'standard' then c.reason else p.standard_reason end
       from subsistence.plan_change c where c.id = $1 and p.id = c.plan_id`,
    [change.id],
  );
  if (change.kind === 'end' && change.from) await withdrawPromises(tx, change.planId, change.from, change.id);
  if (change.kind === 'top-up') await addTopUpOf(tx, change.id);
  if (change.kind === 'end-top-up') await endTopUpOf(tx, change.id);
}

async function addTopUpOf(tx: Transaction, changeId: string): Promise<void> {
  await tx.query(
    `insert into subsistence.top_up (authority_id, plan_id, member_id, weekly, reason, from_day, to_day, from_change)
     select authority_id, plan_id, member_id, weekly, reason, from_day, to_day, id from subsistence.plan_change where id = $1`,
    [changeId],
  );
}

async function endTopUpOf(tx: Transaction, changeId: string): Promise<void> {
  await tx.query(
    `update subsistence.top_up t set to_day = c.from_day, ended_by_change = c.id
       from subsistence.plan_change c where c.id = $1 and t.id = c.top_up_id`,
    [changeId],
  );
}
