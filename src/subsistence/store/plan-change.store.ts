import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { PlanChangeKind, PlanChangeTerms } from '../domain/plan-change.ts';
import type { PlanChangeState } from '../plan-change.states.ts';
import { noSuchPlanChange } from '../plan-problems.ts';
import { withdrawPromises } from './promise.store.ts';

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
}

const COLUMNS = `id, plan_id as "planId", state, kind, from_day as "from", to_day as "to", weekly::numeric(14,2)::text as weekly,
  reason, member_id as "memberId", top_up_id as "topUpId", standard, proposed_by as "proposedBy", proposed_at as "proposedAt",
  decided_by as "decidedBy"`;

/** Gives what a change says, as it was proposed. */
export function termsOf(row: PlanChangeRow): PlanChangeTerms {
  const { kind, from, to, weekly, reason, memberId, topUpId, standard } = row;
  return { kind, from, to, weekly, reason, memberId, topUpId, standard } as PlanChangeTerms;
}

/** Writes a proposed change. @returns its number */
export async function insertPlanChange(
  tx: Transaction,
  planId: string,
  terms: PlanChangeTerms,
  proposedBy: string,
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into subsistence.plan_change (authority_id, plan_id, kind, from_day, to_day, weekly, reason, member_id, top_up_id, standard, proposed_by)
     select $1, $2, c.kind, c."from", c."to", c.weekly, c.reason, c."memberId", c."topUpId", c.standard, $4
       from jsonb_to_record($3::jsonb) as c(kind text, "from" date, "to" date, weekly kernel.gbp, reason text, "memberId" bigint,
         "topUpId" bigint, standard text) returning id`,
    [tx.actor.authorityId, planId, JSON.stringify(terms), proposedBy],
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

/** Proposes a change again, in the name of the person acting. */
export async function proposeChangeAgain(tx: Transaction, id: string, proposedBy: string): Promise<void> {
  await tx.query(
    `update subsistence.plan_change set state = 'proposed', proposed_by = $2, proposed_at = now(), version = version + 1 where id = $1`,
    [id, proposedBy],
  );
}

/** Marks a change approved and applies it, exactly and once: the guards refuse anything else. */
export async function applyChange(
  tx: Transaction,
  change: PlanChangeRow,
  approved: { by: string; requestId: string },
): Promise<void> {
  await tx.query(
    `update subsistence.plan_change set state = 'approved', decided_by = $2, approval_id = $3, version = version + 1 where id = $1`,
    [change.id, approved.by, approved.requestId],
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
