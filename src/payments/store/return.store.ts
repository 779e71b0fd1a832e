import { type Money, nextState, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchReturn } from '../file-problems.ts';
import { type ReturnCommand, returnStates, type ReturnState } from '../returned-payment.states.ts';

/** A payment that came back. `paidId` is the number of the payment order, or of the reissue, that it was. */
export interface ReturnRow {
  readonly id: string;
  readonly version: number;
  readonly state: ReturnState;
  readonly paidId: string;
  readonly reportId: string | null;
  readonly fileId: string;
  readonly familyId: string;
  readonly instrumentId: string;
  readonly amount: string;
  readonly code: string;
  readonly arrivedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly noticeId: string | null;
  readonly closedBy: string | null;
  readonly closedBecause: string | null;
  readonly reissueId: string | null;
}

const ROWS = `select r.id, r.version, r.state, coalesce(r.order_id, r.reissue_id, r.voucher_id) as "paidId", r.report_id as "reportId",
    r.file_id as "fileId", r.family_id as "familyId", r.instrument_id as "instrumentId", r.amount::numeric(14,2)::text as amount,
    r.code, r.arrived_on as "arrivedOn", r.due_on as "dueOn", r.notice_id as "noticeId", r.closed_by as "closedBy",
    r.closed_because as "closedBecause", x.id as "reissueId"
  from payments.returned_payment r left join payments.reissue x on x.return_id = r.id`;

/** Reads one returned payment. @throws no_such_return */
export async function readReturn(tx: Transaction, id: string): Promise<ReturnRow> {
  const row = await tx.maybe<ReturnRow>(`${ROWS} where r.id = $1`, [id]);
  if (!row) throw noSuchReturn('No returned payment of this council has that number.');
  return row;
}

/** Locks returned payments in one order for everyone. @throws no_such_return when one is missing */
export async function lockReturns(tx: Transaction, ids: readonly string[]): Promise<ReturnRow[]> {
  await tx.query(`select 1 from payments.returned_payment where id = any ($1::bigint[]) order by id for update`, [ids]);
  const rows = await tx.query<ReturnRow>(`${ROWS} where r.id = any ($1::bigint[]) order by r.id`, [ids]);
  if (rows.length !== new Set(ids).size) throw noSuchReturn('One of the numbers is of no returned payment here.');
  return rows;
}

/** Lists returned payments, those due first in front. */
export function listReturns(
  tx: Transaction,
  asked: { readonly state?: ReturnState; readonly familyIds?: readonly string[]; readonly limit: number },
): Promise<ReturnRow[]> {
  return tx.query(
    `${ROWS} where ($1::text is null or r.state = $1) and ($2::bigint[] is null or r.family_id = any ($2))
      order by r.state = 'open' desc, r.due_on, r.id limit $3`,
    [asked.state ?? null, asked.familyIds ?? null, asked.limit],
  );
}

/** A payment as a report may name it by its number, with its file as things stand. */
export interface PaidPayment {
  readonly id: string;
  readonly kind: 'order' | 'reissue' | 'voucher';
  readonly familyId: string;
  readonly instrumentId: string;
  readonly amount: string;
  readonly fileId: string;
  /** The return it already has. */
  readonly returnId: string | null;
}

/** Finds payments by their numbers, with the file each is in now: the one that replaced a lost one, where there is one. */
export async function paidPayments(tx: Transaction, ids: readonly string[]): Promise<Map<string, PaidPayment>> {
  const rows = await tx.query<PaidPayment>(
    `select p.id, p.kind, p.family_id as "familyId", p.instrument_id as "instrumentId", p.amount::numeric(14,2)::text as amount,
            payments.file_in_place_of(p.file_id) as "fileId",
            (select r.id from payments.returned_payment r where r.order_id = p.id or r.reissue_id = p.id) as "returnId"
       from (select o.id, 'order' as kind, o.family_id, o.instrument_id, o.amount, f.id as file_id from payments.payment_order o
               join payments.export_file f on f.run_id = o.run_id and f.rail = o.rail and f.purpose = 'run'
              where o.id = any ($1::bigint[])
             union all
             select x.id, 'reissue', x.family_id, x.instrument_id, x.amount, x.file_id from payments.reissue x
              where x.id = any ($1::bigint[])) p`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** A return to be written down. */
export interface NewReturn {
  readonly paid: PaidPayment;
  /** Left out for a voucher that expired: no bank reports it. */
  readonly reportId?: string;
  readonly line?: number;
  readonly code: string;
  readonly dueOn: PlainDate;
}

/** Writes returns down. @returns their numbers, in the order given */
export async function insertReturns(tx: Transaction, returns: readonly NewReturn[]): Promise<string[]> {
  const rows = returns.map(({ paid, reportId, line, code, dueOn }, index) => ({
    ...{ place: index, report_id: reportId ?? null, line_no: line ?? null, code, due_on: dueOn, file_id: paid.fileId },
    ...{ [`${paid.kind}_id`]: paid.id },
    ...{ family_id: paid.familyId, instrument_id: paid.instrumentId, amount: paid.amount },
  }));
  const written = await tx.query<{ id: string; paid: string }>(
    `insert into payments.returned_payment (authority_id, report_id, line_no, order_id, reissue_id, voucher_id, file_id, family_id, instrument_id, amount, code, due_on)
     select $1, n.report_id, n.line_no, n.order_id, n.reissue_id, n.voucher_id, n.file_id, n.family_id, n.instrument_id, n.amount, n.code, n.due_on
       from jsonb_to_recordset($2::jsonb) as n(place int, report_id bigint, line_no int, order_id bigint, reissue_id bigint, voucher_id bigint, file_id bigint,
         family_id bigint, instrument_id bigint, amount kernel.gbp, code text, due_on date) order by n.place
     returning id, coalesce(order_id, reissue_id, voucher_id) as paid`,
    [tx.actor.authorityId, JSON.stringify(rows)],
  );
  const numbers = new Map(written.map((row) => [row.paid, row.id]));
  return returns.map(({ paid }) => numbers.get(paid.id) as string);
}

/** Moves a locked return along one edge. @throws not_in_that_state */
export async function moveReturn(
  tx: Transaction,
  row: ReturnRow,
  command: ReturnCommand,
  closed: { readonly by: string; readonly because: string } | null = null,
): Promise<void> {
  const next = nextState('The returned payment', returnStates, row.state, command);
  await tx.because(closed?.because ?? '');
  await tx.query(
    `update payments.returned_payment set state = $2, version = version + 1, closed_by = $3, closed_because = $4 where id = $1`,
    [row.id, next, closed?.by ?? null, closed?.because ?? null],
  );
}

/** Who said that the details a payment came back from are right. */
export function confirmationsOf(
  tx: Transaction,
  returnIds: readonly string[],
): Promise<{ returnId: string; userId: string; reason: string; at: Date }[]> {
  return tx.query(
    `select return_id as "returnId", confirmed_by as "userId", reason, confirmed_at as at from payments.details_confirmation
      where return_id = any ($1::bigint[]) order by confirmed_at`,
    [returnIds],
  );
}

/** A payment to be made again. */
export interface NewReissue {
  readonly id: string;
  readonly returnId: string;
  readonly fileId: string;
  readonly familyId: string;
  readonly instrumentId: string;
  readonly rail: string;
  readonly amount: Money;
  readonly isUrgent: boolean;
  readonly requestedBy: string;
}

/** Writes down that a payment is made again, under its own number. */
export async function insertReissue(tx: Transaction, reissue: NewReissue): Promise<void> {
  const { id, returnId, fileId, familyId, instrumentId, rail, amount, isUrgent, requestedBy } = reissue;
  await tx.query(
    `insert into payments.reissue (id, authority_id, return_id, file_id, family_id, instrument_id, rail, amount, is_urgent, requested_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[id, tx.actor.authorityId, returnId, fileId, familyId, instrumentId, rail],
      ...[amount.toString(), isUrgent, requestedBy],
    ],
  );
}

/** The payment order behind something that came back, with how many parts of it were closed before. */
export interface OrderBehind {
  readonly id: string;
  readonly fundId: string;
  readonly closed: number;
}

/** Finds the payment order behind a return, however often it was paid again; closing another part of it waits. */
export async function lockOrderBehind(tx: Transaction, returnId: string): Promise<OrderBehind> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('payments.order_behind'), $1::int)`, [tx.actor.authorityId]);
  return tx.one(
    `select o.id, o.fund_id as "fundId", (select count(*)::int from payments.returned_payment r
         where r.family_id = o.family_id and r.state = 'closed' and payments.order_behind(r.id) = o.id) as closed
       from payments.payment_order o where o.id = payments.order_behind($1)`,
    [returnId],
  );
}
