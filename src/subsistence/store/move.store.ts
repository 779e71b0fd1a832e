import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { PayDayChangeState, PayDayMoveState } from '../pay-day-move.states.ts';
import { noSuchPayDayMove } from '../plan-problems.ts';

/** A move of pay days as the database has it. */
export interface MoveRow {
  readonly id: string;
  readonly state: PayDayMoveState;
  readonly payDay: number;
  readonly frequencyDays: 7 | 14 | 28 | null;
  readonly from: PlainDate;
  readonly reason: string;
  readonly urgentReason: string | null;
  readonly urgentBridging: 'paid' | 'not-needed' | null;
  readonly apology: string | null;
  /** How many families were chosen, and how many of them keep their day from the start. */
  readonly chosen: number;
  readonly kept: number;
  readonly proposedBy: string;
  readonly proposedOn: PlainDate;
  readonly decidedBy: string | null;
}

/** One family's part of a move. */
export interface PayDayChangeRow {
  readonly id: string;
  readonly moveId: string;
  readonly planId: string;
  readonly noticeId: string;
  readonly state: PayDayChangeState;
  readonly oldDate: PlainDate;
  readonly newDate: PlainDate;
  readonly payDay: number;
  readonly frequencyDays: number;
  readonly keptBecause: string | null;
}

const MOVE = `id, state, pay_day as "payDay", frequency_days as "frequencyDays", from_day as "from", reason,
  urgent_reason as "urgentReason", urgent_bridging as "urgentBridging", apology, chosen, kept, proposed_by as "proposedBy",
  proposed_on as "proposedOn", decided_by as "decidedBy"`;
const CHANGE = `id, move_id as "moveId", plan_id as "planId", notice_id as "noticeId", state, old_date as "oldDate",
  new_date as "newDate", pay_day as "payDay", frequency_days as "frequencyDays", kept_because as "keptBecause"`;

/** A move to be written. */
export type NewMove = Pick<
  MoveRow,
  'payDay' | 'frequencyDays' | 'from' | 'reason' | 'urgentReason' | 'urgentBridging' | 'apology' | 'chosen' | 'kept'
>;

/** Writes a proposed move. @returns its number */
export async function insertMove(tx: Transaction, move: NewMove, proposedBy: string): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into subsistence.pay_day_move (authority_id, pay_day, frequency_days, from_day, reason, urgent_reason, urgent_bridging,
       apology, chosen, kept, proposed_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      ...[tx.actor.authorityId, move.payDay, move.frequencyDays, move.from, move.reason, move.urgentReason],
      ...[move.urgentBridging, move.apology, move.chosen, move.kept, proposedBy],
    ],
  );
  return id;
}

/** Writes each family's part of a move, in one statement. */
export async function insertPayDayChanges(
  tx: Transaction,
  moveId: string,
  changes: readonly Pick<PayDayChangeRow, 'planId' | 'noticeId' | 'oldDate' | 'newDate' | 'payDay' | 'frequencyDays'>[],
): Promise<void> {
  await tx.query(
    `insert into subsistence.pay_day_change (authority_id, move_id, plan_id, notice_id, old_date, new_date, pay_day, frequency_days)
     select $1, $2, c."planId", c."noticeId", c."oldDate", c."newDate", c."payDay", c."frequencyDays"
       from jsonb_to_recordset($3::jsonb) as c("planId" bigint, "noticeId" bigint, "oldDate" date, "newDate" date, "payDay" smallint,
         "frequencyDays" smallint)`,
    [tx.actor.authorityId, moveId, JSON.stringify(changes)],
  );
}

/** Reads one move. @throws no_such_pay_day_move */
export async function readMove(tx: Transaction, id: string): Promise<MoveRow> {
  const row = await tx.maybe<MoveRow>(`select ${MOVE} from subsistence.pay_day_move where id = $1`, [id]);
  if (!row) throw noSuchPayDayMove('No move of pay days of this council has that number.');
  return row;
}

/** Reads one move, and keeps others from deciding about it meanwhile. @throws no_such_pay_day_move */
export async function lockMove(tx: Transaction, id: string): Promise<MoveRow> {
  await tx.query(`select 1 from subsistence.pay_day_move where id = $1 for update`, [id]);
  return readMove(tx, id);
}

/** Lists moves, the newest first. @param states only those in these @param isUrgent only emergencies */
export function movesIn(
  tx: Transaction,
  states: readonly PayDayMoveState[],
  before: string | null,
  limit: number,
  isUrgent?: true,
): Promise<MoveRow[]> {
  return tx.query(
    `select ${MOVE} from subsistence.pay_day_move where state = any ($1::text[]) and ($2::bigint is null or id < $2)
        and ($4::boolean is null or urgent_reason is not null) order by id desc limit $3`,
    [states, before, limit, isUrgent ?? null],
  );
}

/** Counts the families whose pay day was moved in an emergency. */
export async function countMovedUrgently(tx: Transaction): Promise<number> {
  const { n } = await tx.one<{ n: number }>(
    `select coalesce(sum(chosen - kept), 0)::int as n from subsistence.pay_day_move where urgent_reason is not null and state = 'approved'`,
  );
  return n;
}

/** Lists urgent moves that were approved, the newest first. @param before the last number of the page before */
export function urgentMoves(tx: Transaction, before: string | null, limit: number): Promise<MoveRow[]> {
  return tx.query(
    `select ${MOVE} from subsistence.pay_day_move
      where urgent_reason is not null and state = 'approved' and ($1::bigint is null or id < $1) order by id desc limit $2`,
    [before, limit],
  );
}

/** Moves a move to its decided state. */
export async function settleMove(
  tx: Transaction,
  id: string,
  to: PayDayMoveState,
  decided: { by: string; requestId: string } | null,
): Promise<void> {
  await tx.query(
    `update subsistence.pay_day_move set state = $2, decided_by = $3, approval_id = $4, version = version + 1 where id = $1`,
    [id, to, decided?.by ?? null, decided?.requestId ?? null],
  );
}

/** Lists the families' parts of a move, going on after one. */
export function changesOfMove(
  tx: Transaction,
  moveId: string,
  states: readonly PayDayChangeState[],
  after = '0',
  limit = 100_000,
): Promise<PayDayChangeRow[]> {
  return tx.query(
    `select ${CHANGE} from subsistence.pay_day_change where move_id = $1 and state = any ($2::text[]) and id > $3 order by id limit $4`,
    [moveId, states, after, limit],
  );
}

/** Counts a move's families by what became of them. */
export async function countsOfMove(tx: Transaction, moveId: string): Promise<Record<PayDayChangeState, number>> {
  const rows = await tx.query<{ state: PayDayChangeState; n: number }>(
    `select state, count(*)::int as n from subsistence.pay_day_change where move_id = $1 group by 1`,
    [moveId],
  );
  const none = { proposed: 0, waiting: 0, in_force: 0, kept: 0, withdrawn: 0 };
  return Object.assign(none, Object.fromEntries(rows.map((row) => [row.state, row.n])));
}

/** Moves all of a move's families that are in one state to another, in one statement. */
export async function moveChanges(
  tx: Transaction,
  moveId: string,
  from: PayDayChangeState,
  to: PayDayChangeState,
): Promise<void> {
  await tx.query(
    `update subsistence.pay_day_change set state = $3, version = version + 1 where move_id = $1 and state = $2`,
    [moveId, from, to],
  );
}

/** Finds and locks the change that waits for a notice. */
export function lockChangeOfNotice(tx: Transaction, noticeId: string): Promise<PayDayChangeRow | undefined> {
  return tx.maybe(
    `select ${CHANGE} from subsistence.pay_day_change where notice_id = $1 and state = 'waiting' for update`,
    [noticeId],
  );
}

/** Lists the changes that wait for their notices. */
export function waitingChanges(tx: Transaction): Promise<PayDayChangeRow[]> {
  return tx.query(`select ${CHANGE} from subsistence.pay_day_change where state = 'waiting' order by id`);
}

/** Locks those of some changes that wait still: one that is being settled meanwhile is left to whoever settles it. */
export function lockWaitingChanges(tx: Transaction, ids: readonly string[]): Promise<PayDayChangeRow[]> {
  return tx.query(
    `select ${CHANGE} from subsistence.pay_day_change where id = any ($1::bigint[]) and state = 'waiting'
      order by id for update skip locked`,
    [ids],
  );
}

/** Why a family keeps its day although it was told of another. */
export type KeepsDay = 'past' | 'not-promised' | 'on-its-way';

/** Asks the database whether a move can still come about, and keeps the plan and its runs as they are meanwhile. */
export async function keepsDay(tx: Transaction, change: PayDayChangeRow): Promise<KeepsDay | null> {
  await tx.query(`select 1 from subsistence.plan where id = $1 for update`, [change.planId]);
  const { because } = await tx.one<{ because: KeepsDay | null }>(
    `select subsistence.keeps_day_because($1, $2, $3) as because`,
    [change.planId, change.oldDate, change.newDate],
  );
  return because;
}

/** Lists every change of some plans' pay days, the newest first. */
export function payDayChangesOf(tx: Transaction, planIds: readonly string[]): Promise<PayDayChangeRow[]> {
  return tx.query(
    `select ${CHANGE} from subsistence.pay_day_change where plan_id = any ($1::bigint[]) order by id desc limit 200`,
    [planIds],
  );
}

/** Counts emergency moves that were approved since a day: they are reported. */
export async function urgentMovesSince(tx: Transaction, since: PlainDate): Promise<number> {
  const { n } = await tx.one<{ n: number }>(
    `select count(*)::int as n from subsistence.pay_day_move
      where urgent_reason is not null and state = 'approved' and proposed_on >= $1`,
    [since],
  );
  return n;
}

/** Lists kept pay days nobody has proposed again since: somebody is to see to each. The newest first. */
export function keptToSee(tx: Transaction, limit: number): Promise<PayDayChangeRow[]> {
  return tx.query(
    `select ${CHANGE} from subsistence.pay_day_change c
      where state = 'kept' and old_date >= $1::date - 28
        and not exists (select from subsistence.pay_day_change l where l.plan_id = c.plan_id and l.id > c.id)
      order by id desc limit $2`,
    [tx.today, limit],
  );
}

/** Marks a change kept: the family's day stays as it is. */
export async function markKept(tx: Transaction, ids: readonly string[], because: string): Promise<void> {
  await tx.query(
    `update subsistence.pay_day_change set state = 'kept', kept_because = $2, version = version + 1
      where id = any ($1::bigint[]) and state = 'waiting'`,
    [ids, because],
  );
}

/** Puts a change into force and takes back the promises it replaces; the guards refuse it untold. */
export async function markInForce(tx: Transaction, change: PayDayChangeRow): Promise<void> {
  await tx.query(
    `update subsistence.pay_day_change set state = 'in_force', effect_no = nextval('kernel.document_number'), version = version + 1
      where id = $1`,
    [change.id],
  );
  // The old date stays, as a bridging payment, when the new one is later.
  await tx.query(
    `update subsistence.promised_date set withdrawn_by_move = $2
      where plan_id = $1 and stands and (pay_date > $3::date or (pay_date = $3::date and $4::date <= $3::date))`,
    [change.planId, change.id, change.oldDate, change.newDate],
  );
}
