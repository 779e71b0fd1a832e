import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { PayDayChangeState } from '../pay-day-move.states.ts';
import { insertKeptDays } from './kept-day.store.ts';
import { type Busy, waitingRows } from './waiting-rows.ts';

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

const CHANGE = `id, move_id as "moveId", plan_id as "planId", notice_id as "noticeId", state, old_date as "oldDate",
  new_date as "newDate", pay_day as "payDay", frequency_days as "frequencyDays", kept_because as "keptBecause"`;

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

/** Finds and locks the changes that wait for some notices. */
export function lockWaitingChanges(
  tx: Transaction,
  noticeIds: readonly string[],
  busy: Busy,
): Promise<PayDayChangeRow[]> {
  return tx.query(waitingRows(CHANGE, 'subsistence.pay_day_change', busy), [noticeIds]);
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

/** Reads changes by number. */
export function changesByIds(tx: Transaction, ids: readonly string[]): Promise<PayDayChangeRow[]> {
  return tx.query(`select ${CHANGE} from subsistence.pay_day_change where id = any ($1::bigint[]) order by id`, [ids]);
}

/** Lists every change of some plans' pay days, the newest first. */
export function payDayChangesOf(tx: Transaction, planIds: readonly string[]): Promise<PayDayChangeRow[]> {
  return tx.query(
    `select ${CHANGE} from subsistence.pay_day_change where plan_id = any ($1::bigint[]) order by id desc limit 200`,
    [planIds],
  );
}

/** Marks changes kept: the families' day stays as it is, and a person is to see to each. */
export async function markKept(tx: Transaction, changes: readonly PayDayChangeRow[], because: string): Promise<void> {
  await tx.query(
    `update subsistence.pay_day_change set state = 'kept', kept_because = $2, version = version + 1
      where id = any ($1::bigint[]) and state = 'waiting'`,
    [changes.map((change) => change.id), because],
  );
  const kept = changes.map(({ id: changeId, moveId, planId }) => ({
    changeId,
    moveId,
    planId,
    because: 'not-told' as const,
  }));
  await insertKeptDays(tx, kept);
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
