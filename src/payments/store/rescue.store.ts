import { nextState, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchRescue } from '../file-problems.ts';
import type { RailName } from '../rails/rail-names.ts';
import { type RescueCommand, rescueStates, type RescueState } from '../rescue.states.ts';
import type { ToPay } from '../rails/to-pay.ts';

/** That a lost file is to go again. */
export interface RescueRow {
  readonly id: string;
  readonly fileId: string;
  readonly rail: RailName;
  readonly reason: string;
  readonly state: RescueState;
  readonly proposedBy: string;
  readonly proposedOn: PlainDate;
  readonly decidedBy: string | null;
}

const ROWS = `select id, file_id as "fileId", rail, reason, state, proposed_by as "proposedBy", proposed_on as "proposedOn",
    decided_by as "decidedBy" from payments.rescue`;

/** Writes down that somebody proposes to send a lost file again. @returns its number */
export async function insertRescue(
  tx: Transaction,
  rescue: Pick<RescueRow, 'fileId' | 'rail' | 'reason' | 'proposedBy'>,
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into payments.rescue (authority_id, file_id, rail, reason, proposed_by) values ($1, $2, $3, $4, $5) returning id`,
    [tx.actor.authorityId, rescue.fileId, rescue.rail, rescue.reason, rescue.proposedBy],
  );
  return id;
}

/** Locks one proposal. @throws no_such_rescue */
export async function lockRescue(tx: Transaction, id: string): Promise<RescueRow> {
  const row = await tx.maybe<RescueRow>(`${ROWS} where id = $1 for update`, [id]);
  if (!row) throw noSuchRescue('No such proposal of this council has that number.');
  return row;
}

/** Lists the proposals about a file, the newest first. */
export function rescuesOf(tx: Transaction, fileId: string): Promise<RescueRow[]> {
  return tx.query(`${ROWS} where file_id = $1 order by id desc`, [fileId]);
}

/** Decides a locked proposal. @throws not_in_that_state */
export async function moveRescue(tx: Transaction, row: RescueRow, command: RescueCommand, by: string): Promise<void> {
  const next = nextState('The proposal', rescueStates, row.state, command);
  await tx.query(`update payments.rescue set state = $2, decided_by = $3, decided_on = $4 where id = $1`, [
    ...[row.id, next, by, tx.today],
  ]);
}

/** Finds the payments a file carries: of its run by its rail, or made again; those of a file in place of another are that one's. */
export function paymentsIn(tx: Transaction, fileId: string): Promise<ToPay[]> {
  return tx.query(
    `with recursive back as (
       select f.id, f.run_id, f.rail, f.purpose, f.replaces_id from payments.export_file f where f.id = $1
       union all
       select f.id, f.run_id, f.rail, f.purpose, f.replaces_id from back b join payments.export_file f on f.id = b.replaces_id),
     root as (select * from back where purpose <> 'rescue')
     select o.id, o.family_id as "familyId", o.instrument_id as "instrumentId", (o.amount * 100)::bigint as pence
       from root r join payments.payment_order o on o.run_id = r.run_id and o.rail = r.rail where r.purpose = 'run'
     union all
     select x.id, x.family_id, x.instrument_id, (x.amount * 100)::bigint
       from root r join payments.reissue x on x.file_id = r.id
     order by 1`,
    [fileId],
  );
}
