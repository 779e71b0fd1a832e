import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { GivenBackState } from '../given-back.states.ts';

/** Who gives money back. */
export const givers = ['family', 'payee', 'other'] as const;
/** How it comes to the council's account. */
export const waysBack = ['transfer', 'cheque', 'cash'] as const;

/** How money comes back, as finance writes it down. */
export interface GivenBackTerms {
  readonly givenBy: (typeof givers)[number];
  readonly way: (typeof waysBack)[number];
  /** The day the bank should show it. */
  readonly expectedOn: PlainDate;
  readonly reason: string;
}

/** Money of a payment that is given back. */
export interface GivenBackRow extends GivenBackTerms {
  readonly id: string;
  readonly state: GivenBackState;
  readonly orderId: string;
  readonly leg: number;
  readonly amount: string;
  readonly recordedBy: string;
  readonly recordedOn: PlainDate;
  readonly withdrawnBecause: string | null;
  /** What a bank statement shows of it so far. */
  readonly shown: string;
}

/** A payment that reached somebody, and what of it can still be given back. */
export interface ReachedPayment {
  readonly orderId: string;
  /** What it paid: the number of an instalment. */
  readonly sourceId: string;
  readonly fundId: string;
  readonly amount: string;
  readonly left: string;
}

const GIVEN = `select g.id, g.state, g.order_id as "orderId", g.leg, g.amount::numeric(14,2)::text as amount, g.given_by as "givenBy",
    g.way, g.reason, g.expected_on as "expectedOn", g.recorded_by as "recordedBy", g.recorded_on as "recordedOn",
    g.withdrawn_because as "withdrawnBecause", (select coalesce(sum(c.amount), 0)::numeric(14,2)::text from payments.bank_claim c
      where c.source = 'given-back' and c.document_id = g.id) as shown
  from payments.given_back g`;

/** Lists what of some sources' payments reached somebody, with what is left to give back. */
export function reachedPayments(tx: Transaction, sourceIds: readonly string[]): Promise<ReachedPayment[]> {
  return tx.query(
    `select o.id as "orderId", l.source_id as "sourceId", o.fund_id as "fundId", o.amount::numeric(14,2)::text as amount,
            (payments.reached(o.id) - (select coalesce(sum(g.amount), 0) from payments.given_back g
              where g.order_id = o.id and g.state = 'expected'))::numeric(14,2)::text as left
       from payments.line l join payments.payment_order o on o.id = l.id
      where l.source_id = any ($1::bigint[]) and l.reserved_by is not null and l.status = 'payable' order by o.id`,
    [sourceIds],
  );
}

/** Lists what was given back of the payments of some sources, the newest last. */
export function givenBackOf(tx: Transaction, sourceIds: readonly string[]): Promise<GivenBackRow[]> {
  return tx.query(
    `${GIVEN} join payments.line l on l.id = g.order_id where l.source_id = any ($1::bigint[]) and l.reserved_by is not null order by g.id`,
    [sourceIds],
  );
}

/** Writes money down that is given back of one payment. @returns the row, with its leg */
export async function insertGivenBack(
  tx: Transaction,
  orderId: string,
  amount: string,
  terms: GivenBackTerms & { readonly recordedBy: string },
): Promise<{ id: string; leg: number }> {
  // One at a time for a payment, so that the next leg is free.
  await tx.query(`select pg_advisory_xact_lock(hashtext('payments.given_back'), hashint8($1::bigint))`, [orderId]);
  return tx.one(
    `insert into payments.given_back (authority_id, order_id, leg, amount, given_by, way, reason, expected_on, recorded_by)
     select $1, $2, (select count(*) from payments.given_back where order_id = $2), $3, $4, $5, $6, $7, $8 returning id, leg`,
    [
      ...[tx.actor.authorityId, orderId, amount, terms.givenBy, terms.way, terms.reason, terms.expectedOn],
      terms.recordedBy,
    ],
  );
}

/** Writes down that money did not come. */
export async function withdrawGivenBack(tx: Transaction, id: string, by: string, because: string): Promise<void> {
  await tx.because(because);
  await tx.query(
    `update payments.given_back set state = 'withdrawn', version = version + 1, withdrawn_by = $2, withdrawn_because = $3 where id = $1`,
    [id, by, because],
  );
}

/** Says of which fund a payment was, for postings. */
export async function fundOfOrder(tx: Transaction, orderId: string): Promise<string> {
  const row = await tx.one<{ fundId: string }>(`select fund_id as "fundId" from payments.payment_order where id = $1`, [
    orderId,
  ]);
  return row.fundId;
}
