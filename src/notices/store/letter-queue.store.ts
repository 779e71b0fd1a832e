import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Postage } from '../../identity/index.ts';

/** A letter as a printer needs it. */
export interface LetterToPrint {
  readonly id: string;
  readonly noticeId: string;
  readonly familyId: string;
  readonly channel: 'letter';
  /** Everything it is made from. */
  readonly letter: unknown;
}

const COLUMNS = `id, notice_id as "noticeId", family_id as "familyId", channel, letter`;

/** Counts letters that wait to be printed, by how they go. */
export function lettersWaiting(tx: Transaction): Promise<{ postage: Postage; letters: number; oldest: Date }[]> {
  return tx.query(
    `select coalesce(postage, 'second') as postage, count(*)::int as letters, min(made_at) as oldest from notices.attempt
      where channel = 'letter' and state = 'queued' group by 1 order by 1`,
  );
}

/** Reads letters that wait to be printed and go by one postage, the oldest first. */
export function lettersToPrint(tx: Transaction, postage: Postage, limit: number): Promise<LetterToPrint[]> {
  return tx.query(
    `select ${COLUMNS} from notices.attempt where channel = 'letter' and state = 'queued' and postage = $1 order by id limit $2`,
    [postage, limit],
  );
}

/** Locks those of some letters that wait still. @returns their numbers */
export async function lockWaiting(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from notices.attempt where id = any ($1::bigint[]) and state = 'queued' order by id for update`,
    [ids],
  );
  return rows.map((row) => row.id);
}

/** Puts letters into a batch. */
export async function putInBatch(tx: Transaction, batchId: string, ids: readonly string[]): Promise<void> {
  await tx.query(
    `update notices.attempt set state = 'sending', print_batch_id = $1, tries = tries + 1, version = version + 1
      where id = any ($2::bigint[])`,
    [batchId, ids],
  );
}

/** Reads the letters of a batch, in the order they are printed. */
export function lettersOfBatch(tx: Transaction, batchId: string): Promise<LetterToPrint[]> {
  return tx.query(`select ${COLUMNS} from notices.attempt where print_batch_id = $1 order by id`, [batchId]);
}

/** Marks the letters of a batch handed to the post today. */
export async function markPosted(
  tx: Transaction,
  batchId: string,
  { earliest, latest }: { readonly earliest: PlainDate; readonly latest: PlainDate },
): Promise<void> {
  await tx.query(
    `update notices.attempt set state = 'accepted', sent_at = now(), sent_on = $4, arrives_earliest = $2, arrives_latest = $3,
            version = version + 1 where print_batch_id = $1 and state = 'sending'`,
    [batchId, earliest, latest, tx.today],
  );
}

/** Lets the letters of a batch that was taken back wait again. */
export async function putOutOfBatch(tx: Transaction, batchId: string): Promise<void> {
  await tx.query(
    `update notices.attempt set state = 'queued', print_batch_id = null, version = version + 1 where print_batch_id = $1 and state = 'sending'`,
    [batchId],
  );
}

/**
 * Marks a posted letter come back today: failed where it did not count as received yet.
 * @returns its state since; nothing when it is not at the post, or came back before
 */
export async function markCameBack(
  tx: Transaction,
  id: string,
  by: string,
): Promise<'failed' | 'delivered' | undefined> {
  const row = await tx.maybe<{ state: 'failed' | 'delivered' }>(
    `update notices.attempt set came_back_on = $3, came_back_by = $2, provider_status = 'failed-permanently',
            state = case state when 'accepted' then 'failed' else state end,
            failure = case state when 'accepted' then 'The letter came back.' end, version = version + 1
      where id = $1 and state in ('accepted', 'delivered') and print_batch_id is not null and came_back_on is null returning state`,
    [id, by, tx.today],
  );
  return row?.state;
}
