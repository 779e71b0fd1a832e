import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Postage } from '../../identity/index.ts';
import { noSuchBatch } from '../notice-problems.ts';
import type { PrintBatchState } from '../print-batch.states.ts';

/** Letters printed together. */
export interface PrintBatchRow {
  readonly id: string;
  readonly version: number;
  readonly state: PrintBatchState;
  readonly postage: Postage;
  readonly letters: number;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly madeOn: PlainDate;
  readonly postedBy: string | null;
  readonly postedOn: PlainDate | null;
  readonly takenBackBecause: string | null;
}

const COLUMNS = `id, version, state, postage, letters, made_by as "madeBy", made_at as "madeAt", made_on as "madeOn",
  posted_by as "postedBy", posted_on as "postedOn", taken_back_because as "takenBackBecause"`;

/** Lists batches, the newest first. @param before the last number of the page before */
export function listBatches(tx: Transaction, before: string | undefined, limit: number): Promise<PrintBatchRow[]> {
  return tx.query(
    `select ${COLUMNS} from notices.print_batch where $1::bigint is null or id < $1::bigint order by id desc limit $2`,
    [before ?? null, limit],
  );
}

/** Reads one batch. @throws no_such_batch */
export async function readBatch(tx: Transaction, id: string): Promise<PrintBatchRow> {
  const batch = await tx.maybe<PrintBatchRow>(`select ${COLUMNS} from notices.print_batch where id = $1`, [id]);
  if (!batch) throw noSuchBatch('No batch of letters of this council has that number.');
  return batch;
}

/** Reads one batch and keeps others from changing it meanwhile. @throws no_such_batch */
export async function lockBatch(tx: Transaction, id: string): Promise<PrintBatchRow> {
  await tx.query(`select 1 from notices.print_batch where id = $1 for update`, [id]);
  return readBatch(tx, id);
}

/** Writes a new batch. @returns its number */
export async function insertBatch(
  tx: Transaction,
  batch: { readonly postage: Postage; readonly letters: number; readonly madeBy: string },
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into notices.print_batch (authority_id, postage, letters, made_by) values ($1, $2, $3, $4) returning id`,
    [tx.actor.authorityId, batch.postage, batch.letters, batch.madeBy],
  );
  return id;
}

/** Marks a batch posted today by a person. */
export async function markBatchPosted(tx: Transaction, id: string, postedBy: string): Promise<void> {
  await tx.query(
    `update notices.print_batch set state = 'posted', posted_on = $2, posted_by = $3, version = version + 1 where id = $1`,
    [id, tx.today, postedBy],
  );
}

/** Marks a batch taken back, saying why. */
export async function markBatchTakenBack(tx: Transaction, id: string, because: string): Promise<void> {
  await tx.query(
    `update notices.print_batch set state = 'taken_back', taken_back_because = $2, version = version + 1 where id = $1`,
    [id, because],
  );
}
