import { noSuchProposal } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** What always stays with a family that pays back, as it was proposed and agreed. Weekly pounds are text. */
export interface RecoveryFloorRow {
  readonly id: string;
  readonly percent: number;
  readonly weekly: string;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly state: 'open' | 'approved' | 'refused';
  readonly decidedBy: string | null;
  readonly isInForce: boolean;
}

const FLOOR = `select id, percent, weekly::numeric(14,2)::text as weekly, reason, proposed_by as "proposedBy", proposed_at as "proposedAt",
  state, decided_by as "decidedBy", id = subsistence.floor_in_force(authority_id) as "isInForce" from subsistence.recovery_floor`;

/** Reads the floor in force; absent until two people set one, and then nothing is recovered. */
export function floorInForce(tx: Transaction): Promise<RecoveryFloorRow | undefined> {
  return tx.maybe(`${FLOOR} where id = subsistence.floor_in_force($1)`, [tx.actor.authorityId]);
}

/** Lists floors, the newest first. */
export function listRecoveryFloors(tx: Transaction): Promise<RecoveryFloorRow[]> {
  return tx.query(`${FLOOR} order by id desc limit 100`);
}

/** Reads one, and locks it for whoever decides. @throws no_such_proposal */
export async function readRecoveryFloor(tx: Transaction, id: string, forUpdate = false): Promise<RecoveryFloorRow> {
  const row = await tx.maybe<RecoveryFloorRow>(`${FLOOR} where id = $1${forUpdate ? ' for update' : ''}`, [id]);
  if (!row) throw noSuchProposal('No proposal of this council has that number.');
  return row;
}
