import type { Transaction } from '../platform/index.ts';

/** One thing that happened: what somebody did or looked at, or a step of a state machine. */
export interface TimelineEvent {
  /** When, as text to the microsecond: where the next page goes on. */
  readonly at: string;
  readonly actorId: string | null;
  readonly channel: string;
  /** The action, or `MACHINE:STATE` for a step of a state machine. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly detail: Record<string, unknown>;
}

/** What a story is about, and how much of it. */
export interface TimelineAsked {
  /** Numbers by kind of subject: `{ family: ['7'], plan: ['8', '9'] }`. */
  readonly subjects: Readonly<Record<string, readonly string[]>>;
  /** State machines and the numbers whose steps are told. */
  readonly machines: Readonly<Record<string, readonly string[]>>;
  /** Actions that are left out, because a state machine tells the same. */
  readonly without: readonly string[];
  /** Whether looks (`…-seen`) are told, too. */
  readonly looks: boolean;
  readonly before?: string;
  readonly limit: number;
}

const INSTANT = `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Tells the story of several subjects together, the newest first. */
export function timelineOf(tx: Transaction, asked: TimelineAsked): Promise<TimelineEvent[]> {
  const [kinds, ids] = pairs(asked.subjects);
  const [machines, moved] = pairs(asked.machines);
  return tx.query(
    `select ${INSTANT} as at, actor_id as "actorId", channel, action, subject_kind as "subjectKind", subject_id as "subjectId", detail from (
       select e.at, e.actor_id, e.channel, e.action, e.subject_kind, e.subject_id, e.detail
         from unnest($1::text[], $2::text[]) s(kind, id) cross join lateral (
           select * from audit.event where authority_id = (select kernel.current_authority())
              and subject_kind = s.kind and subject_id = s.id and ($5::timestamptz is null or at < $5)
              and action <> all ($6::text[]) and ($7 or action not like all ('{%-seen,%-looked}')) order by seq desc limit $8) e
       union all
       select c.at, c.actor_id, c.channel, c.machine || ':' || c.to_state, c.machine, c.subject_id::text, jsonb_build_object('reason', c.reason)
         from unnest($3::text[], $4::bigint[]) s(machine, id) join audit.state_change c
           on c.authority_id = (select kernel.current_authority()) and c.subject_id = s.id and c.machine = s.machine
        where $5::timestamptz is null or c.at < $5) told
      order by told.at desc limit $8`,
    [kinds, ids, machines, moved, asked.before ?? null, asked.without, asked.looks, asked.limit],
  );
}

function pairs(of: Readonly<Record<string, readonly string[]>>): [string[], string[]] {
  const all = Object.entries(of).flatMap(([kind, ids]) => ids.map((id) => [kind, id] as const));
  return [all.map(([kind]) => kind), all.map(([, id]) => id)];
}
