import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { AttemptRow } from './attempt.store.ts';

/** What came of handing one attempt over. */
export type Handed =
  | {
      readonly id: string;
      readonly providerId: string;
      readonly arrivesEarliest: PlainDate | null;
      readonly arrivesLatest: PlainDate | null;
    }
  | undefined;

/** Marks attempts handed over, in one statement; one that was heard of meanwhile is let be. */
export async function markAccepted(tx: Transaction, handed: readonly NonNullable<Handed>[]): Promise<void> {
  await tx.query(
    `update notices.attempt a set state = 'accepted', provider_id = h."providerId", sent_at = now(), sent_on = kernel.today(),
            arrives_earliest = h."arrivesEarliest", arrives_latest = h."arrivesLatest", leased_until = null, version = a.version + 1
       from jsonb_to_recordset($1::jsonb) as h(id bigint, "providerId" uuid, "arrivesEarliest" date, "arrivesLatest" date)
      where a.id = h.id and a.state = 'sending'`,
    [JSON.stringify(handed)],
  );
}

/** An attempt as one sender took it: whoever took it since has it now, and the first says no more of it. */
type TakenOnce = Pick<AttemptRow, 'id' | 'tries'>;

/** Puts an attempt back in the queue for later: nothing left us. */
export async function putBack(tx: Transaction, { id, tries }: TakenOnce, dueInSeconds: number): Promise<void> {
  await tx.query(
    `update notices.attempt set state = 'queued', leased_until = null, due_at = now() + make_interval(secs => $3), version = version + 1
      where id = $1 and tries = $2 and state = 'sending'`,
    [id, tries, dueInSeconds],
  );
}

/** Leaves an attempt whose fate is not known with its sender a little longer: then it is looked up before anything is sent. */
export async function askAgainSoon(tx: Transaction, { id, tries }: TakenOnce, seconds: number): Promise<void> {
  await tx.query(
    `update notices.attempt set leased_until = now() + make_interval(secs => $3) where id = $1 and tries = $2 and state = 'sending'`,
    [id, tries, seconds],
  );
}

/** Marks an attempt failed, with why in plain words. @returns whether it was open */
export async function markFailed(
  tx: Transaction,
  id: string,
  failure: string,
  heard: { status: string; rank: number } | null = null,
): Promise<boolean> {
  const touched = await tx.execute(
    `update notices.attempt set state = 'failed', failure = $2, leased_until = null, version = version + 1,
            provider_status = coalesce($3, provider_status), provider_rank = greatest(provider_rank, coalesce($4, 0))
      where id = $1 and state in ('queued', 'sending', 'accepted')`,
    [id, failure, heard?.status ?? null, heard?.rank ?? null],
  );
  return touched > 0;
}

/** Marks an attempt delivered on a day; the database asks for the evidence. */
export async function markDelivered(
  tx: Transaction,
  id: string,
  on: PlainDate,
  heard: { status: string; rank: number } | null = null,
): Promise<void> {
  await tx.query(
    `update notices.attempt set state = 'delivered', received_on = $2, version = version + 1,
            provider_status = coalesce($3, provider_status), provider_rank = greatest(provider_rank, coalesce($4, 0)) where id = $1`,
    [id, on, heard?.status ?? null, heard?.rank ?? null],
  );
}

/** Keeps the newest status of Notify that is not worse than the one known. */
export async function keepStatus(tx: Transaction, id: string, heard: { status: string; rank: number }): Promise<void> {
  await tx.query(
    `update notices.attempt set provider_status = $2, provider_rank = $3, version = version + 1 where id = $1 and provider_rank < $3`,
    [id, heard.status, heard.rank],
  );
}

/** Takes back what was not sent yet: the family knows, or need not be told any more. */
export async function withdrawQueued(tx: Transaction, noticeIds: readonly string[]): Promise<void> {
  await tx.query(
    `update notices.attempt set state = 'withdrawn', version = version + 1 where notice_id = any ($1::bigint[]) and state = 'queued'`,
    [noticeIds],
  );
}
