import { personActing, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchMonth } from '../ledger-problems.ts';

/** A proposal to open a closed month again. */
export interface Reopening {
  readonly id: string;
  readonly closeId: string;
  readonly month: PlainDate;
  readonly reason: string;
  readonly state: 'open' | 'approved' | 'refused';
  readonly proposedBy: string;
  readonly proposedAt: Date;
}

const REOPENING = `select r.id, r.close_id as "closeId", c.month, r.reason, r.state, r.proposed_by as "proposedBy", r.proposed_at as "proposedAt"
  from ledger.month_reopening r join ledger.month_close c on c.id = r.close_id`;

/**
 * Closes a month for the person acting: nothing is posted into it from now on.
 * @param month its first day
 * @returns the number of the closing @throws month_not_ready, month_closed
 */
export async function closeMonth(tx: Transaction, month: PlainDate, note: string): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into ledger.month_close (authority_id, month, closed_by, note) values ($1, $2, $3, $4) returning id`,
    [tx.actor.authorityId, month, personActing(tx.actor), note],
  );
  return id;
}

/** Proposes for the person acting to open a closed month again. @returns the proposal's number @throws no_such_month */
export async function proposeReopening(tx: Transaction, month: PlainDate, reason: string): Promise<string> {
  const close = await tx.maybe<{ id: string }>(
    `select c.id from ledger.month_close c where c.month = $1
        and not exists (select from ledger.month_reopening r where r.close_id = c.id and r.state = 'approved')`,
    [month],
  );
  if (!close) throw noSuchMonth('It is not closed.');
  const { id } = await tx.one<{ id: string }>(
    `insert into ledger.month_reopening (authority_id, close_id, reason, proposed_by) values ($1, $2, $3, $4) returning id`,
    [tx.actor.authorityId, close.id, reason, personActing(tx.actor)],
  );
  return id;
}

/** Locks a proposal for the second person. @throws no_such_month */
export async function lockReopening(tx: Transaction, id: string): Promise<Reopening> {
  const row = await tx.maybe<Reopening>(`${REOPENING} where r.id = $1 for update of r`, [id]);
  if (!row) throw noSuchMonth('No proposal of this council has that number.');
  return row;
}

/** Finds a proposal to open a month again. @throws no_such_month */
export async function reopeningById(tx: Transaction, id: string): Promise<Reopening> {
  const row = await tx.maybe<Reopening>(`${REOPENING} where r.id = $1`, [id]);
  if (!row) throw noSuchMonth('No proposal of this council has that number.');
  return row;
}

/** Writes down what the second person said. */
export async function settleReopening(
  tx: Transaction,
  id: string,
  { outcome, reason }: { readonly outcome: 'approved' | 'refused'; readonly reason: string },
): Promise<void> {
  await tx.query(
    `update ledger.month_reopening set state = $2, decided_by = $3, decided_at = now(), decided_because = $4 where id = $1`,
    [id, outcome, personActing(tx.actor), reason],
  );
}

/** Lists proposals that wait for a second person. */
export function reopeningsWaiting(tx: Transaction): Promise<Reopening[]> {
  return tx.query(`${REOPENING} where r.state = 'open' order by r.id`);
}
