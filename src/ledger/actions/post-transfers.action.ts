import type { Money, PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import {
  type CouncilAccountKind,
  type FundAccountKind,
  type TransferKind,
  transferKinds,
} from '../domain/transfer-kinds.ts';

/** One side of a transfer: an account of a fund, or one of the council's own. */
export type Side = { readonly fundId: string; readonly kind: FundAccountKind } | { readonly kind: CouncilAccountKind };

/** One posting: money from one account to another, balanced by being one row. */
export interface Transfer {
  /** The document it is about; with the kind and leg this is its identity, so posting it twice is refused. */
  readonly documentId: string;
  readonly kind: TransferKind;
  readonly leg?: number;
  readonly runId?: string;
  readonly debit: Side;
  readonly credit: Side;
  readonly amount: Money;
  readonly effectiveDate: PlainDate;
}

/** A question over the calling room's own tables, to be posted as it stands. */
export interface Source {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What belongs to a closed month is posted in the open one, with a link; in the same statement. */
const LATER = `later as (
  insert into ledger.posted_later (document_id, kind, leg, authority_id, meant_for)
  select document_id, kind, leg, $1::smallint, effective_date from t where posts_on <> effective_date)`;

/**
 * Posts some transfers for an action, all or nothing. What belongs to a closed month is posted in the open one, with a link.
 * @throws fund_overspent (from the balance itself), Error when an account is missing
 */
export async function postTransfers(tx: Transaction, transfers: readonly Transfer[]): Promise<void> {
  const rows = transfers.map((each, index) => ({
    ...{ ord: index, document_id: each.documentId, kind: transferKinds[each.kind], leg: each.leg ?? 0 },
    ...{ run_id: each.runId ?? null, amount: each.amount.toString(), effective_date: each.effectiveDate },
    ...{ debit_kind: each.debit.kind, debit_fund: 'fundId' in each.debit ? each.debit.fundId : null },
    ...{ credit_kind: each.credit.kind, credit_fund: 'fundId' in each.credit ? each.credit.fundId : null },
  }));
  const posted = await tx.execute(
    `with t as materialized (
       select *, ledger.open_day($1::smallint, effective_date) as posts_on
         from jsonb_to_recordset($2::jsonb) as t(ord int, document_id bigint, run_id bigint, kind smallint, leg smallint,
              amount kernel.gbp, effective_date date, debit_kind text, debit_fund bigint, credit_kind text, credit_fund bigint)
     ), ${LATER}
     insert into ledger.transfer (document_id, run_id, debit_account, credit_account, effective_date, kind, leg, authority_id, amount)
     select t.document_id, t.run_id, d.id, c.id, t.posts_on, t.kind, t.leg, $1::smallint, t.amount from t
       join ledger.account d on d.kind = t.debit_kind and d.fund_id is not distinct from t.debit_fund
       join ledger.account c on c.kind = t.credit_kind and c.fund_id is not distinct from t.credit_fund
      order by t.ord`,
    [tx.actor.authorityId, JSON.stringify(rows)],
  );
  if (posted !== transfers.length)
    throw new Error(`${transfers.length - posted} transfers name an account that is not open`);
}

/**
 * Posts one "pay" transfer for each row of a question: spent of its fund to payable.
 *
 * The question gives `document_id, run_id, fund_id, effective_date, amount`. Set-based: 100,000 rows are one statement.
 * @returns how many were posted, for the caller to compare
 */
export async function postPayments(tx: Transaction, source: Source): Promise<number> {
  return tx.execute(
    // The accounts once, not for each payment.
    `with accounts as materialized (
       select spent.fund_id, spent.id as spent, payable.id as payable, spent.authority_id from ledger.account spent
         join ledger.account payable on payable.kind = 'payable' and payable.authority_id = spent.authority_id
        where spent.kind = 'spent')
     insert into ledger.transfer (document_id, run_id, debit_account, credit_account, effective_date, kind, leg, authority_id, amount)
     select s.document_id, s.run_id, a.spent, a.payable, s.effective_date, ${transferKinds.pay}, 0, a.authority_id, s.amount
       from (${source.sql}) s join accounts a on a.fund_id = s.fund_id
      order by s.document_id`,
    [...source.parameters],
  );
}

/**
 * Posts one transfer of a kind between a council's own accounts for each row of a question, for whoever posts many at once.
 *
 * The question gives `document_id, leg, effective_date, amount`, its parameters from $2 on; the kind says which accounts.
 * @returns how many were posted, for the caller to compare
 */
export async function postEach(tx: Transaction, kind: TransferKind, source: Source): Promise<number> {
  return tx.execute(
    // The open day once for each day, not for each row.
    `with asked as materialized (${source.sql}),
     days as materialized (select day, ledger.open_day($1::smallint, day) as posts_on from (select distinct effective_date as day from asked) d),
     t as materialized (
       select s.document_id, s.leg::smallint as leg, s.effective_date, s.amount, d.posts_on, ${transferKinds[kind]}::smallint as kind
         from asked s join days d on d.day = s.effective_date
     ), ${LATER}, accounts as materialized (
       select d.id as debit, c.id as credit from ledger.transfer_kind k
         join ledger.account d on d.kind = k.debit_kind and d.fund_id is null
         join ledger.account c on c.kind = k.credit_kind and c.fund_id is null
        where k.code = ${transferKinds[kind]})
     insert into ledger.transfer (document_id, debit_account, credit_account, effective_date, kind, leg, authority_id, amount)
     select t.document_id, a.debit, a.credit, t.posts_on, t.kind, t.leg, $1::smallint, t.amount from t cross join accounts a
      order by t.document_id, t.leg`,
    [tx.actor.authorityId, ...source.parameters],
  );
}
