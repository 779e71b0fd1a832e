import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** A month of the books. */
export interface MonthRow {
  /** Its first day. */
  readonly month: PlainDate;
  readonly postings: string;
  readonly isClosed: boolean;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
}

/** Something that belongs to a closed month and was posted in an open one. */
export interface LaterPosting {
  readonly document: string;
  readonly kind: string;
  readonly leg: number;
  readonly meantFor: PlainDate;
  readonly postedOn: PlainDate;
  readonly amount: string;
}

/** Lists the months something was posted in, the newest first, with whether each is closed. */
export function monthsOfTheBooks(tx: Transaction, limit: number): Promise<MonthRow[]> {
  return tx.query(
    `select m.month, m.postings, c.id is not null as "isClosed", c.closed_by as "closedBy", c.closed_at as "closedAt"
       from (select date_trunc('month', day)::date as month, (sum(n) / 2)::bigint as postings from ledger.day_rollup group by 1) m
       left join ledger.month_close c on c.month = m.month
         and not exists (select from ledger.month_reopening r where r.close_id = c.id and r.state = 'approved')
      order by m.month desc limit $1`,
    [limit],
  );
}

/** Says whether a month is closed. @param month its first day */
export async function isMonthClosed(tx: Transaction, month: PlainDate): Promise<boolean> {
  const { closed } = await tx.one<{ closed: boolean }>(`select ledger.is_closed($1::smallint, $2::date) as closed`, [
    tx.actor.authorityId,
    month,
  ]);
  return closed;
}

/** Lists what belongs to a month and was posted after it closed. @param month its first day */
export function laterPostings(tx: Transaction, month: PlainDate, limit: number): Promise<LaterPosting[]> {
  return tx.query(
    `select t.document_id as document, k.name as kind, t.leg, p.meant_for as "meantFor", t.effective_date as "postedOn",
            t.amount::numeric(14,2)::text as amount
       from ledger.posted_later p join ledger.transfer t on (t.document_id, t.kind, t.leg) = (p.document_id, p.kind, p.leg)
       join ledger.transfer_kind k on k.code = t.kind
      where date_trunc('month', p.meant_for) = $1::date order by t.effective_date, t.document_id, t.kind, t.leg limit $2`,
    [month, limit],
  );
}

/** Says what stood on a council's own account at the end of a day: debits less credits. */
export async function standsOn(tx: Transaction, kind: string, day: PlainDate): Promise<string> {
  const { net } = await tx.one<{ net: string }>(
    `select coalesce(sum(r.debits - r.credits), 0)::numeric(16,2)::text as net
       from ledger.day_rollup r join ledger.account a on a.id = r.account_id where a.kind = $1 and r.day <= $2`,
    [kind, day],
  );
  return net;
}
