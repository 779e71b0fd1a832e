import type { Announcement, Transaction } from '../platform/index.ts';

/** A row of the outbox that is due, taken for a while. */
export interface ClaimedMessage {
  readonly id: string;
  readonly topic: string;
  readonly dispatches: number;
}

/** Puts announcements in; a second one of the same topic and key does nothing. */
export async function insertAnnouncements(tx: Transaction, announcements: readonly Announcement[]): Promise<void> {
  await tx.query(
    `insert into outbox.message (authority_id, topic, key, payload, due_at)
     select $1, m.topic, m.key, m.payload, now() + make_interval(secs => m.delay)
       from jsonb_to_recordset($2::jsonb) as m(topic text, key text, payload jsonb, delay int)
     on conflict on constraint uq_outbox_message_once do nothing`,
    [tx.actor.authorityId, JSON.stringify(announcements.map((each) => ({ ...each, delay: each.delaySeconds ?? 0 })))],
  );
}

/** Takes what is due, moving its due time on by a lease so that a lost dispatch comes round again. */
export function claimDue(tx: Transaction, limit: number, leaseSeconds: number): Promise<ClaimedMessage[]> {
  return tx.query<ClaimedMessage>(
    `update outbox.message m set dispatches = m.dispatches + 1, due_at = now() + make_interval(secs => $2)
       from (select id from outbox.message where done_at is null and due_at <= now()
              order by due_at limit $1 for update skip locked) due
      where m.id = due.id returning m.id, m.topic, m.dispatches`,
    [limit, leaseSeconds],
  );
}

/** Locks an open row for the one consumer that will do it; nothing when it is done or somebody is on it. */
export function lockOpen(
  tx: Transaction,
  id: string,
): Promise<{ topic: string; payload: Record<string, string> } | undefined> {
  return tx.maybe(
    `select topic, payload from outbox.message where id = $1 and done_at is null for update skip locked`,
    [id],
  );
}

export async function markDone(tx: Transaction, id: string): Promise<void> {
  await tx.query(`update outbox.message set done_at = now(), last_error = null where id = $1`, [id]);
}

/** Notes a failure and when to try again: 2, 4, 8 … seconds, at most five minutes. */
export async function markFailed(tx: Transaction, id: string, reason: string): Promise<void> {
  await tx.query(
    `update outbox.message set failures = failures + 1, last_error = left($2, 300),
            due_at = now() + make_interval(secs => least(300, power(2, least(failures + 1, 9))))
      where id = $1 and done_at is null`,
    [id, reason],
  );
}

/** Lists jobs that keep failing, for a person to look at. */
export function stuckMessages(
  tx: Transaction,
): Promise<{ id: string; topic: string; key: string; failures: number; reason: string }[]> {
  return tx.query(
    `select id, topic, key, failures, last_error as reason from outbox.message where done_at is null and failures >= 5 order by id`,
  );
}
