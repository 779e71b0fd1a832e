import { type Allowed, defineProblem, type PlainDate } from '../kernel/index.ts';
import type { Transaction } from '../platform/index.ts';
import type { AuditEvent } from './audit-trail.ts';

/** Who may search the trail and see the books proved. */
export const seeAudit: Allowed = { roles: ['auditor', 'administrator'], machine: true };

/** Some things by kind and number, such as a family with its plans and payments. */
export interface Subject {
  readonly kind: string;
  readonly id: string;
}

/** What narrows a search of the trail. */
export interface AuditSearch {
  readonly subjects?: readonly Subject[];
  readonly actorId?: string;
  /** A whole action, or how it begins: `families.`. */
  readonly action?: string;
  /** The first and the last day, both counted. */
  readonly from?: PlainDate | null;
  readonly to?: PlainDate | null;
}

/** An event with its place in the chain: its hash, the one before, and whether both are right. */
export interface ChainedEvent extends AuditEvent {
  readonly hash: string;
  readonly previousHash: string;
  readonly isIntact: boolean;
  readonly followsTheOneBefore: boolean;
  readonly head: string;
}

/** Tells an auditor that no event has that number. */
export const noSuchEvent = defineProblem('no_such_event', {
  status: 404,
  title: 'There is no such event on record',
  whatToDo: 'Search again and open one of those found.',
});

const EVENT = `e.seq, e.at, e.actor_id as "actorId", e.channel, e.action, e.subject_kind as "subjectKind",
  e.subject_id as "subjectId", e.detail`;

/** Searches the trail, the newest first. @param before only events before this number; null for the newest */
export function searchAudit(
  tx: Transaction,
  { subjects, actorId, action, from, to }: AuditSearch,
  before: string | null,
  limit: number,
): Promise<AuditEvent[]> {
  return tx.query(
    `select ${EVENT} from audit.event e
      where ($1::bigint is null or e.seq < $1)
        and ($2::text[] is null or (e.subject_kind, e.subject_id) in (select * from unnest($2::text[], $3::text[])))
        and ($4::bigint is null or e.actor_id = $4)
        and ($5::text is null or starts_with(e.action, $5))
        and ($6::date is null or e.at >= $6::date::timestamp at time zone 'Europe/London')
        and ($7::date is null or e.at < ($7::date + 1)::timestamp at time zone 'Europe/London')
      order by e.seq desc limit $8`,
    [
      ...[before, subjects?.map((each) => each.kind) ?? null, subjects?.map((each) => each.id) ?? null],
      ...[actorId ?? null, action ?? null, from ?? null, to ?? null, limit],
    ],
  );
}

/** Lists every action that is on record, for a filter. */
export async function actionsOnRecord(tx: Transaction): Promise<string[]> {
  // From one action to the next over the index: the trail is long, the actions are few.
  const rows = await tx.query<{ action: string }>(
    `with recursive found as (
       (select action from audit.event where authority_id = $1 order by action limit 1)
       union all
       select (select e.action from audit.event e where e.authority_id = $1 and e.action > found.action order by e.action limit 1)
         from found where found.action is not null)
     select action from found where action is not null`,
    [tx.actor.authorityId],
  );
  return rows.map((row) => row.action);
}

/** Shows one event and proves its place in the chain. @throws no_such_event */
export async function chainedEvent(tx: Transaction, seq: string): Promise<ChainedEvent> {
  const row = await tx.maybe<ChainedEvent>(
    `select ${EVENT}, encode(e.hash, 'hex') as hash, encode(e.prev_hash, 'hex') as "previousHash",
            e.hash = audit.event_hash(e) as "isIntact",
            e.prev_hash = coalesce((select b.hash from audit.event b where b.seq = e.seq - 1),
                                   case when e.seq = 1 then sha256('') else '' end) as "followsTheOneBefore",
            (select h.seq from audit.head h) as head
       from audit.event e where e.seq = $1`,
    [seq],
  );
  if (!row) throw noSuchEvent(`No event has the number ${seq}.`);
  return row;
}
