import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { JournalPlace } from '../domain/journal-place.ts';
import { type TransferKind, transferKinds } from '../domain/transfer-kinds.ts';

/** One side of a transfer as a journal shows it. */
export interface JournalSide {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly fundId: string | null;
}

/** A transfer as a journal shows it; the amount is decimal text. */
export interface JournalRow {
  readonly document: string;
  readonly kind: TransferKind;
  readonly leg: number;
  readonly runId: string | null;
  readonly day: PlainDate;
  readonly postedAt: Date;
  readonly amount: string;
  readonly debit: JournalSide;
  readonly credit: JournalSide;
}

/** What a journal is narrowed to; nothing given, it is all of it. */
export interface JournalFilter {
  readonly kind?: TransferKind;
  readonly accountIds?: readonly string[];
  readonly from?: PlainDate;
  readonly to?: PlainDate;
  readonly runId?: string;
  /** Documents of that run besides its payments: its reservations. */
  readonly runDocuments?: readonly string[];
}

/** Some days, both counted. */
export interface Days {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

const ROW = `t.document_id as document, k.name as kind, t.leg, t.run_id as "runId", t.effective_date as day, t.posted_at as "postedAt",
  t.amount::numeric(14,2)::text as amount,
  json_build_object('id', d.id::text, 'code', d.code, 'kind', d.kind, 'fundId', d.fund_id::text) as debit,
  json_build_object('id', c.id::text, 'code', c.code, 'kind', c.kind, 'fundId', c.fund_id::text) as credit`;
const SIDES = `join ledger.account d on d.id = t.debit_account join ledger.account c on c.id = t.credit_account
  join ledger.transfer_kind k on k.code = t.kind`;

/** Finds one transfer; nothing when there is none. */
export function findTransfer(
  tx: Transaction,
  { document, kind, leg }: { document: string; kind: string; leg: number },
): Promise<JournalRow | undefined> {
  return tx.maybe(
    `select ${ROW} from ledger.transfer t ${SIDES} where t.document_id = $1 and k.name = $2 and t.leg = $3`,
    [document, kind, leg],
  );
}

/** Says whether no payment can be among the transfers: by their kind, or because payments pass none of the accounts. */
export async function isBesidePayments(tx: Transaction, { kind, accountIds }: JournalFilter): Promise<boolean> {
  if (kind) return kind !== 'pay';
  if (!accountIds) return false;
  const paid = await tx.maybe(
    `select 1 from ledger.account a join ledger.transfer_kind k on a.kind in (k.debit_kind, k.credit_kind)
      where a.id = any ($1::int[]) and k.code = ${transferKinds.pay} limit 1`,
    [accountIds],
  );
  return !paid;
}

/** Gives the first of the latest days that may hold so many transfers; nothing when no day is left. */
export async function daysThatHold(
  tx: Transaction,
  { kind, accountIds }: JournalFilter,
  { from, to }: Days,
  sought: number,
): Promise<PlainDate | null> {
  const which = accountIds ? 'a.id = any ($4::int[])' : kind === 'pay' ? `a.kind = 'spent'` : 'true';
  const { day } = await tx.one<{ day: PlainDate | null }>(
    `select min(day) as day from (
       select day, n, sum(n) over (order by day desc) as so_far from (
         select r.day, sum(r.n) as n from ledger.day_rollup r join ledger.account a on a.id = r.account_id
          where r.day between $1 and $2 and ${which} group by r.day) by_day) counted
      where so_far - n < $3`,
    // Among all accounts, each transfer is counted on both its sides.
    [from, to, which === 'true' ? sought * 2 : sought, ...(accountIds ? [accountIds] : [])],
  );
  return day;
}

/** Lists transfers of some days, the newest first. @param besidePayments none of them can be a payment */
export function transfersOf(
  tx: Transaction,
  { kind, accountIds, runId, runDocuments }: JournalFilter,
  { from, to }: Days,
  after: JournalPlace | undefined,
  limit: number,
  besidePayments: boolean,
): Promise<JournalRow[]> {
  const conditions = ['effective_date between $1 and $2'];
  const values: unknown[] = [from, to];
  const given = (...next: unknown[]): string[] => next.map((value) => `$${values.push(value)}`);
  if (besidePayments) conditions.push(`kind <> ${transferKinds.pay}`);
  if (kind) conditions.push(`kind = ${given(transferKinds[kind])[0]}`);
  if (accountIds) {
    const [of] = given(accountIds);
    conditions.push(`(debit_account = any (${of}::int[]) or credit_account = any (${of}::int[]))`);
  }
  if (runId) {
    const [run, documents] = given(runId, runDocuments ?? []);
    conditions.push(`(run_id = ${run} or document_id = any (${documents}::bigint[]))`);
  }
  if (after) {
    const place = given(after.day, after.document, transferKinds[after.kind], after.leg);
    conditions.push(`(effective_date, document_id, kind, leg) < (${place.join(', ')})`);
  }
  const order = 'effective_date desc, document_id desc, kind desc, leg desc';
  // The page first, then the names of its accounts.
  return tx.query(
    `select ${ROW} from (select * from ledger.transfer where ${conditions.join(' and ')} order by ${order} limit ${given(limit)[0]}) t
       ${SIDES} order by ${order.replaceAll(/(\w+) desc/g, 't.$1 desc')}`,
    values,
  );
}
