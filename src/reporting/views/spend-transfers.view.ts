import { type JournalPlace, type TransferKind } from '../../ledger/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { daysAsked, type SpendFilter } from '../domain/spend-asked.ts';
import { narrowing, neededBy, spentSql } from '../store/spent-sql.ts';

/** A transfer behind a figure; the amount is decimal text, below nought where money came back. */
export interface SpentTransfer {
  readonly day: PlainDate;
  readonly document: string;
  readonly kind: TransferKind;
  readonly leg: number;
  readonly amount: string;
  readonly fundId: string;
  readonly category: string;
  /** The family's reference, never its name. */
  readonly family: string | null;
  readonly team: string | null;
  readonly ward: string | null;
  readonly standard: string | null;
}

/** A page of the transfers behind a figure, and what all of them come to. */
export interface SpentTransfers {
  readonly count: number;
  readonly total: string;
  readonly transfers: readonly SpentTransfer[];
}

/** Lists the transfers that make up a figure, the newest day first, a page after a place. */
export async function spentTransfers(
  tx: Transaction,
  { year, filter }: { year: string; filter: SpendFilter },
  after: JournalPlace | undefined,
  limit: number,
): Promise<SpentTransfers> {
  const { from, to } = daysAsked({ year, filter });
  const { sql, values } = narrowing(filter, [from, to]);
  const spent = `with all_spent as (${spentSql(neededBy(filter))}), spent as (select * from all_spent where ${sql})`;
  const sums = await tx.one<{ count: number; total: string }>(
    `${spent} select count(*)::int as count, coalesce(sum(amount), 0)::numeric(16,2)::text as total from spent`,
    values,
  );
  const n = values.length;
  const beyond = after
    ? `where (day, document_id, kind, leg) < ($${n + 1}::date, $${n + 2}::bigint, $${n + 3}::text, $${n + 4}::smallint)`
    : '';
  const place = after ? [after.day, after.document, after.kind, after.leg] : [];
  // The page is found first: what else is told of a transfer is looked up for those on it alone.
  const transfers = await tx.query<SpentTransfer>(
    `${spent}, page as materialized (select * from spent ${beyond} order by day desc, document_id desc, kind desc, leg desc limit ${limit})
     select s.day, s.document_id::text as document, s.kind, s.leg, s.amount::numeric(14,2)::text as amount, s.fund_id::text as "fundId",
            coalesce(o.category, 'other') as category, f.reference as family, f.team, f.ward, p.standard
       from page s
       left join payments.v_paid o on o.id = s.document_id
       left join families.v_family f on f.id = o.family_id
       left join subsistence.v_standard p on p.plan_id = o.source_id and o.category = 'section-17'
      order by s.day desc, s.document_id desc, s.kind desc, s.leg desc`,
    [...values, ...place],
  );
  return { ...sums, transfers };
}
