import { referencesOf } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchLine } from '../payment-problems.ts';
import { readRun } from '../store/run.store.ts';

/** A line as a list shows it, with how it was worked out. */
export interface LineRow {
  readonly id: string;
  readonly sourceId: string;
  readonly familyId: string;
  readonly family: string;
  readonly status: 'payable' | 'held' | 'void';
  readonly holdCode: string | null;
  readonly amount: string;
  readonly coversFrom: PlainDate;
  readonly coversTo: PlainDate;
  readonly explanation: unknown;
}

/** Lists the lines of a run a page at a time. @param after the last number of the page before @throws no_such_run */
export async function listLines(
  tx: Transaction,
  runId: string,
  asked: { status?: string; after: string; limit: number },
): Promise<LineRow[]> {
  await readRun(tx, runId);
  const rows = await tx.query<Omit<LineRow, 'family'>>(
    `select id, source_id as "sourceId", family_id as "familyId", status, hold_code as "holdCode",
            amount::numeric(14,2)::text as amount, covers_from as "coversFrom", covers_to as "coversTo", explanation
       from payments.line where run_id = $1 and id > $2 and status <> 'void' and ($3::text is null or status = $3)
      order by id limit $4`,
    [runId, asked.after, asked.status ?? null, asked.limit],
  );
  const references = await referencesOf(
    tx,
    rows.map((row) => row.familyId),
  );
  return rows.map((row) => ({ ...row, family: references.get(row.familyId) ?? '' }));
}

/** A payment as a family's page lists it. */
export interface FamilyPayment {
  readonly id: string;
  readonly runId: string;
  readonly payDate: PlainDate;
  readonly runState: string;
  readonly status: 'payable' | 'held';
  readonly holdCode: string | null;
  readonly amount: string;
  readonly coversFrom: PlainDate;
  readonly coversTo: PlainDate;
}

const PAYMENT = `l.id, l.run_id as "runId", r.pay_date as "payDate", r.state as "runState", l.status,
  l.hold_code as "holdCode", l.amount::numeric(14,2)::text as amount, l.covers_from as "coversFrom", l.covers_to as "coversTo"`;

/** Lists what some plans were paid or are about to be, the newest first. */
export function paymentsOf(tx: Transaction, sourceIds: readonly string[], limit: number): Promise<FamilyPayment[]> {
  return tx.query(
    `select ${PAYMENT} from payments.line l join payments.run r on r.id = l.run_id
      where l.source_id = any ($1::bigint[]) and l.status <> 'void' and r.state <> 'cancelled'
      order by r.pay_date desc, l.id desc limit $2`,
    [sourceIds, limit],
  );
}

/** Shows one payment with how it was worked out. @throws no_such_line */
export async function paymentDetail<Explanation>(
  tx: Transaction,
  id: string,
): Promise<FamilyPayment & { familyId: string; explanation: Explanation }> {
  const row = await tx.maybe<FamilyPayment & { familyId: string; explanation: Explanation }>(
    `select ${PAYMENT}, l.family_id as "familyId", l.explanation from payments.line l join payments.run r on r.id = l.run_id
      where l.id = $1`,
    [id],
  );
  if (!row) throw noSuchLine('No payment of this council has that number.');
  return row;
}
