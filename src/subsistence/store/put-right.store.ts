import { nextState, type PlainDate } from '../../kernel/index.ts';
import { postedExplanations } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Explanation, Posted } from '../domain/explanation.ts';
import type { PutRightKind } from '../domain/put-right.ts';
import { noSuchPutRight } from '../put-right-problems.ts';
import { type PutRightCommand, type PutRightState, putRightStates } from '../put-right.states.ts';

/** Something that is put right. Pounds are text. */
export interface PutRightRow {
  readonly id: string;
  readonly kind: PutRightKind;
  readonly familyId: string;
  readonly planId: string;
  /** The payment that never arrived. */
  readonly paymentId: string | null;
  readonly fundId: string;
  readonly amount: string;
  readonly reason: string;
  readonly explanation: Explanation;
  readonly state: PutRightState;
  readonly recordedBy: string;
  readonly recordedOn: PlainDate;
  readonly because: string | null;
}

const COLUMNS = `id, kind, family_id as "familyId", plan_id as "planId", payment_id as "paymentId", fund_id as "fundId",
  amount::numeric(14,2)::text as amount, reason, explanation, state, recorded_by as "recordedBy", recorded_on as "recordedOn", because`;

/** Writes down what is to be put right. @returns its number @throws already_put_right, payment_not_to_put_right, run_about_to_pay */
export async function insertPutRight(
  tx: Transaction,
  row: Omit<PutRightRow, 'id' | 'state' | 'recordedOn' | 'because'>,
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into subsistence.put_right (authority_id, kind, family_id, plan_id, payment_id, fund_id, amount, reason, explanation, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [
      ...[tx.actor.authorityId, row.kind, row.familyId, row.planId, row.paymentId, row.fundId, row.amount, row.reason],
      ...[JSON.stringify(row.explanation), row.recordedBy],
    ],
  );
  return id;
}

/** Reads one. @throws no_such_put_right */
export async function readPutRight(tx: Transaction, id: string, forUpdate = false): Promise<PutRightRow> {
  const row = await tx.maybe<PutRightRow>(
    `select ${COLUMNS} from subsistence.put_right where id = $1${forUpdate ? ' for update' : ''}`,
    [id],
  );
  if (!row) throw noSuchPutRight('Nothing of this council has that number.');
  return row;
}

/** Lists what was put right for a family, the newest first. */
export function putRightsOfFamily(tx: Transaction, familyId: string): Promise<PutRightRow[]> {
  return tx.query(`select ${COLUMNS} from subsistence.put_right where family_id = $1 order by id desc limit 50`, [
    familyId,
  ]);
}

/** Moves one on; the database knows which steps there are. @throws not_in_that_state */
export async function movePutRight(
  tx: Transaction,
  { id, state }: PutRightRow,
  command: PutRightCommand,
  because: string | null = null,
): Promise<PutRightState> {
  const to = nextState(`Put right ${id}`, putRightStates, state, command);
  await tx.query(
    `update subsistence.put_right set state = $2, because = coalesce($3, because), version = version + 1 where id = $1`,
    [id, to, because],
  );
  return to;
}

/** Reads everything ever paid for a plan: what runs posted, and what was, or is about to be, put right the same day. */
export async function paidExplanations(tx: Transaction, planId: string): Promise<Posted[]> {
  const posted = await postedExplanations<Explanation>(tx, planId);
  const putRight = await tx.query<{ explanation: Explanation }>(
    `select explanation from subsistence.put_right where plan_id = $1 and kind = 'underpaid' and state <> 'withdrawn' order by id`,
    [planId],
  );
  return [...posted, ...putRight.map(({ explanation }) => ({ isPaid: true, explanation }))];
}
