import { type AmongFamilies, amongFamilies, referencesOf } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchLine } from '../payment-problems.ts';
import { readRun } from '../store/run.store.ts';
import type { VarianceKind } from '../store/variance.store.ts';

/** A line as a list shows it. */
export interface LineRow {
  readonly id: string;
  readonly sourceId: string;
  readonly familyId: string;
  readonly family: string;
  readonly fundId: string;
  readonly status: 'payable' | 'held';
  readonly holdCode: string | null;
  readonly amount: string;
  readonly coversFrom: PlainDate;
  readonly coversTo: PlainDate;
  /** How it differs from the family's last payment, and what that was; null when it does not differ. */
  readonly changes: readonly VarianceKind[] | null;
  readonly before: string | null;
}

/** Which lines are asked for, in which order, and from where on. */
export interface LinesAsked {
  readonly status?: 'payable' | 'held';
  /** Why it is held: a person's category, or pricing's cause. */
  readonly cause?: string;
  readonly fundId?: string;
  readonly change?: VarianceKind;
  readonly team?: string;
  /** The beginning of a family's reference. */
  readonly reference?: string;
  readonly ids?: readonly string[];
  /** By the family's reference; the largest amount first; or by number. */
  readonly sort?: 'family' | 'amount' | 'number';
  /** The last number of the page before. */
  readonly after?: string;
  readonly limit: number;
}

const LINES = `select l.id, l.source_id as "sourceId", l.family_id, l.family_id as "familyId", l.fund_id as "fundId", l.status,
    l.hold_code as "holdCode", l.amount::numeric(14,2) as amount, l.covers_from as "coversFrom", l.covers_to as "coversTo",
    v.kinds as changes, v.before_amount::numeric(14,2)::text as before
  from payments.run r join payments.line l on l.run_id = r.id and l.status <> 'void'
  left join payments.variance v on v.run_id = r.id and v.round = r.pricing_round and v.source_id = l.source_id
 where r.id = $1 and ($2::text is null or l.status = $2) and ($3::text is null or l.hold_code = $3)
   and ($4::bigint is null or l.fund_id = $4) and ($5::text is null or $5 = any (v.kinds))
   and ($6::bigint[] is null or l.id = any ($6))`;

const orders = { family: 'family', amount: 'amount', number: 'id' } as const;

/** Lists the lines of a run a page at a time, narrowed and in order as asked. @throws no_such_run */
export async function listLines(tx: Transaction, runId: string, asked: LinesAsked): Promise<LineRow[]> {
  await readRun(tx, runId);
  const { status, cause, fundId, change, ids, team, reference, limit } = asked;
  const parameters = [runId, status ?? null, cause ?? null, fundId ?? null, change ?? null, ids ?? null];
  const order = orders[asked.sort ?? 'number'];
  const after = await placeOf(tx, runId, asked.after);
  return amongFamilies(tx, { sql: LINES, parameters }, { team, reference, order, after, limit });
}

/** Finds where the page before ended; a number that is no line of the run begins at the beginning. */
async function placeOf(tx: Transaction, runId: string, after?: string): Promise<AmongFamilies['after']> {
  const line = await tx.maybe<{ id: string; familyId: string; amount: string }>(
    `select id, family_id as "familyId", amount from payments.line where id = $1 and run_id = $2`,
    [after ?? null, runId],
  );
  if (!line) return undefined;
  const references = await referencesOf(tx, [line.familyId]);
  return { id: line.id, amount: line.amount, family: references.get(line.familyId) ?? '' };
}

/** Lists lines with how each was worked out, for programs. @throws no_such_run */
export async function explainedLines(
  tx: Transaction,
  runId: string,
  asked: LinesAsked,
): Promise<(LineRow & { explanation: unknown })[]> {
  const lines = await listLines(tx, runId, asked);
  const rows = await tx.query<{ id: string; explanation: unknown }>(
    `select id, explanation from payments.line where id = any ($1::bigint[])`,
    [lines.map((line) => line.id)],
  );
  const explanations = new Map(rows.map((row) => [row.id, row.explanation]));
  return lines.map((line) => ({ ...line, explanation: explanations.get(line.id) }));
}

/** Why a person holds a line, and who. */
export interface HoldRow {
  readonly sourceId: string;
  readonly category: string;
  readonly reason: string;
  readonly heldBy: string | null;
  readonly heldAt: Date;
}

/** Reads why lines of a run are held by people, by source. */
export function holdsOf(tx: Transaction, runId: string, sourceIds: readonly string[]): Promise<HoldRow[]> {
  return tx.query(
    `select source_id as "sourceId", category, reason, held_by as "heldBy", held_at as "heldAt" from payments.hold
      where run_id = $1 and source_id = any ($2::bigint[]) and released_at is null`,
    [runId, sourceIds],
  );
}

/** A payment as a family's page lists it. */
export interface FamilyPayment {
  readonly id: string;
  readonly sourceId: string;
  readonly runId: string;
  readonly payDate: PlainDate;
  /** The day the money is in the account. */
  readonly arrivesOn: PlainDate;
  readonly runState: string;
  readonly status: 'payable' | 'held';
  readonly holdCode: string | null;
  readonly amount: string;
  readonly coversFrom: PlainDate;
  readonly coversTo: PlainDate;
  /** Why it came back, as the bank's code; null when it did not. */
  readonly returnCode: string | null;
  readonly returnId: string | null;
}

const PAYMENT = `l.id, l.source_id as "sourceId", l.run_id as "runId", r.pay_date as "payDate", r.entry_day as "arrivesOn", r.state as "runState", l.status,
  l.hold_code as "holdCode", l.amount::numeric(14,2)::text as amount, l.covers_from as "coversFrom", l.covers_to as "coversTo",
  (select b.code from payments.returned_payment b where b.order_id = l.id) as "returnCode",
  (select b.id from payments.returned_payment b where b.order_id = l.id) as "returnId"`;

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
