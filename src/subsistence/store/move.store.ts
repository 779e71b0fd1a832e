import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { PayDayMoveState } from '../pay-day-move.states.ts';
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

const MOVE = `id, state, pay_day as "payDay", frequency_days as "frequencyDays", from_day as "from", reason,
  urgent_reason as "urgentReason", urgent_bridging as "urgentBridging", apology, chosen, kept, proposed_by as "proposedBy",
  proposed_on as "proposedOn", decided_by as "decidedBy"`;

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

/** Counts emergency moves that were approved since a day: they are reported. */
export async function urgentMovesSince(tx: Transaction, since: PlainDate): Promise<number> {
  const { n } = await tx.one<{ n: number }>(
    `select count(*)::int as n from subsistence.pay_day_move
      where urgent_reason is not null and state = 'approved' and proposed_on >= $1`,
    [since],
  );
  return n;
}
