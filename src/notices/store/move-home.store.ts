import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { MoveHomeAsked, TravelAnswer } from '../domain/move-home.ts';
import type { MoveHomeState } from '../move-home.states.ts';
import { noSuchMoveHome } from '../notice-problems.ts';

/** A family's move to another home, as the database has it. */
export interface MoveHomeRow extends Omit<MoveHomeAsked, 'travel'> {
  readonly id: string;
  readonly version: number;
  readonly familyId: string;
  readonly noticeId: string;
  readonly state: MoveHomeState;
  readonly travel: TravelAnswer;
  /** The manager who lets an emergency happen without the notice. */
  readonly urgentBy: string | null;
  readonly plannedBy: string;
  readonly plannedOn: PlainDate;
}

const COLUMNS = `id, version, family_id as "familyId", notice_id as "noticeId", state, moves_on as "movesOn", address_line_1 as line1,
  address_line_2 as line2, town, postcode, travel, travel_says as "travelSays", reason,
  case when urgent_reason is not null then jsonb_build_object('reason', urgent_reason, 'apology', apology) end as urgent,
  urgent_by as "urgentBy", planned_by as "plannedBy", planned_on as "plannedOn"`;

/** Writes a planned move. @returns its number */
export async function insertMoveHome(
  tx: Transaction,
  familyId: string,
  noticeId: string,
  asked: MoveHomeAsked,
  plannedBy: string,
): Promise<string> {
  const { movesOn, line1, line2, town, postcode, travel, travelSays, reason, urgent } = asked;
  const { id } = await tx.one<{ id: string }>(
    `insert into notices.accommodation_move (authority_id, family_id, notice_id, moves_on, address_line_1, address_line_2, town,
       postcode, travel, travel_says, reason, urgent_reason, apology, planned_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id`,
    [
      ...[tx.actor.authorityId, familyId, noticeId, movesOn, line1, line2, town, postcode, travel, travelSays, reason],
      ...[urgent?.reason ?? null, urgent?.apology ?? null, plannedBy],
    ],
  );
  return id;
}

/** Reads one move. @throws no_such_move_home */
export async function readMoveHome(tx: Transaction, id: string): Promise<MoveHomeRow> {
  const row = await tx.maybe<MoveHomeRow>(`select ${COLUMNS} from notices.accommodation_move where id = $1`, [id]);
  if (!row) throw noSuchMoveHome('No move of a family of this council has that number.');
  return row;
}

/** Reads one move, and keeps others from settling it meanwhile. @throws no_such_move_home */
export async function lockMoveHome(tx: Transaction, id: string): Promise<MoveHomeRow> {
  await tx.query(`select 1 from notices.accommodation_move where id = $1 for update`, [id]);
  return readMoveHome(tx, id);
}

/** Lists the moves of some families, the newest first. */
export function moveHomesOf(tx: Transaction, familyIds: readonly string[]): Promise<MoveHomeRow[]> {
  return tx.query(
    `select ${COLUMNS} from notices.accommodation_move where family_id = any ($1::bigint[]) order by id desc limit 200`,
    [familyIds],
  );
}

/** Lists planned moves, the earliest day first. @param until only those of this day and before */
export function plannedMoveHomes(tx: Transaction, until: PlainDate | null, limit: number): Promise<MoveHomeRow[]> {
  return tx.query(
    `select ${COLUMNS} from notices.accommodation_move
      where state = 'planned' and ($1::date is null or moves_on <= $1) order by moves_on, id limit $2`,
    [until, limit],
  );
}

/** Counts moves that were allowed without the notice. */
export async function countUrgentMoveHomes(tx: Transaction): Promise<number> {
  const { n } = await tx.one<{ n: number }>(
    `select count(*)::int as n from notices.accommodation_move where urgent_by is not null`,
  );
  return n;
}

/** Lists moves that were allowed without the notice, the newest first. */
export function urgentMoveHomes(tx: Transaction, before: string | null, limit: number): Promise<MoveHomeRow[]> {
  return tx.query(
    `select ${COLUMNS} from notices.accommodation_move
      where urgent_by is not null and ($1::bigint is null or id < $1) order by id desc limit $2`,
    [before, limit],
  );
}

/** Moves a move to its settled state; the guards refuse it untold and before its day. */
export async function settleMoveHomeRow(tx: Transaction, id: string, to: MoveHomeState): Promise<void> {
  await tx.query(`update notices.accommodation_move set state = $2, version = version + 1 where id = $1`, [id, to]);
}

/** Notes the manager who lets a move happen without the notice. */
export async function noteUrgentBy(tx: Transaction, id: string, userId: string): Promise<void> {
  await tx.query(`update notices.accommodation_move set urgent_by = $2, version = version + 1 where id = $1`, [
    id,
    userId,
  ]);
}
