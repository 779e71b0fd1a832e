import { addDays, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { NoticeKind } from '../domain/notice-facts.ts';
import type { NoticeState } from '../notice.states.ts';

/** What the board can show: each is a question a worker asks in the morning. */
export const boardFilters = [
  ...(['at-risk', 'call-needed', 'came-back', 'failed'] as const),
  ...(['served', 'received', 'confirmed', 'kept'] as const),
] as const;
export type BoardFilter = (typeof boardFilters)[number];

/** How many days ahead a notice that is not received yet is at risk. */
export const DAYS_AT_RISK = 5;

/** A notice on the board. */
export interface BoardNotice {
  readonly id: string;
  readonly familyId: string;
  readonly kind: NoticeKind;
  readonly state: NoticeState;
  readonly affectsOn: PlainDate | null;
  readonly neededBy: PlainDate | null;
  readonly receivedOn: PlainDate | null;
  readonly isConfirmed: boolean;
  readonly draftedOn: PlainDate;
  /** The newest attempt: by which way, and where it stands. */
  readonly way: string | null;
  readonly wayState: string | null;
}

/** Which notices, in which order, and from where. */
export interface BoardAsked {
  readonly filter?: BoardFilter;
  /** Only those that are not received yet. */
  readonly isOpen?: boolean;
  readonly kind?: NoticeKind;
  /** Only these families; all when absent. */
  readonly among?: readonly string[];
  readonly sort: 'needed' | 'newest';
  /** `DATE_ID` of the last one when by need, its number when newest first. */
  readonly after?: string;
  readonly limit: number;
}

// Where nothing waits for a notice it comes last. Drafts are proposals: nobody has to be told of them yet.
const NEED = `coalesce(n.needed_by, 'infinity'::date)`;
const conditions: Readonly<Record<BoardFilter, string>> = {
  'at-risk': `n.state in ('serving', 'call_needed') and n.needed_by between $1 and $2`,
  'call-needed': `n.state = 'call_needed'`,
  'came-back': `(n.authority_id, n.id) in (select a.authority_id, a.notice_id from notices.attempt a
     where a.channel = 'letter' and a.state = 'delivered' and a.provider_status = 'failed-permanently'
       and not exists (select from notices.attempt b where b.notice_id = a.notice_id and b.id > a.id and b.state = 'delivered'))`,
  failed: `n.state in ('serving', 'call_needed') and exists (select from notices.attempt a
     where a.authority_id = n.authority_id and a.notice_id = n.id and a.state = 'failed')`,
  served: `n.state = 'serving'`,
  received: `n.state = 'received'`,
  confirmed: `n.confirmed_at is not null and n.state <> 'drafted'`,
  kept: `((n.state = 'withdrawn' and n.withdrawn_on > n.needed_by)
     or (n.state = 'received' and n.received_on > n.needed_by and coalesce(n.facts -> 'urgent', 'null'::jsonb) = 'null'::jsonb))`,
};

/** Counts what the board can show. @param among only these families */
export async function boardCounts(
  tx: Transaction,
  among?: readonly string[],
): Promise<Readonly<Record<BoardFilter, number>>> {
  // Each by itself, so that each finds its index: one pass over all there ever were takes longer every year.
  const columns = boardFilters.map(
    (filter) => `(select count(*)::int from notices.notice n where ${conditions[filter]}
      and ($3::bigint[] is null or n.family_id = any ($3::bigint[]))) as "${filter}"`,
  );
  return tx.one(`select ${columns.join(', ')}`, [...daysAtRisk(tx), among ?? null]);
}

/** Counts notices that may come too late. @param among only these families */
export async function noticesAtRisk(tx: Transaction, among?: readonly string[]): Promise<number> {
  const { n } = await tx.one<{ n: number }>(
    `select count(*)::int as n from notices.notice n
      where ${conditions['at-risk']} and ($3::bigint[] is null or n.family_id = any ($3::bigint[]))`,
    [...daysAtRisk(tx), among ?? null],
  );
  return n;
}

/** Lists notices of the board, narrowed and paged. */
export function boardNotices(tx: Transaction, asked: BoardAsked): Promise<BoardNotice[]> {
  const values: unknown[] = [...daysAtRisk(tx)];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const given = [
    // Both days are given to every question, whether it asks for them or not.
    `$1::date <= $2::date and n.state <> 'drafted'`,
    ...(asked.isOpen ? [`n.state in ('serving', 'call_needed')`] : []),
    ...(asked.filter ? [conditions[asked.filter]] : []),
    ...(asked.kind ? [`n.kind = ${put(asked.kind)}`] : []),
    ...(asked.among ? [`n.family_id = any (${put(asked.among)}::bigint[])`] : []),
    ...(asked.after ? [laterThan(asked.sort, asked.after, put)] : []),
  ];
  const order = asked.sort === 'needed' ? `${NEED}, n.id` : 'n.id desc';
  return tx.query(
    `select n.id, n.family_id as "familyId", n.kind, n.state, n.affects_on as "affectsOn", n.needed_by as "neededBy",
            n.received_on as "receivedOn", n.confirmed_at is not null as "isConfirmed", n.drafted_on as "draftedOn",
            last.channel as way, last.state as "wayState"
       from (select * from notices.notice n where ${given.join(' and ')} order by ${order} limit ${put(asked.limit)}) n
       left join lateral (select a.channel, a.state from notices.attempt a where a.notice_id = n.id order by a.id desc limit 1) last on true
      order by ${order}`,
    values,
  );
}

/** Gives the place of a notice in a list, for the page after it. */
export function placeOf({ id, neededBy }: BoardNotice, sort: BoardAsked['sort']): string {
  return sort === 'newest' ? id : `${neededBy ?? 'infinity'}_${id}`;
}

function laterThan(sort: BoardAsked['sort'], after: string, put: (value: unknown) => string): string {
  if (sort === 'newest') return `n.id < ${put(after)}::bigint`;
  const [day, id] = after.split('_');
  return `(${NEED}, n.id) > (${put(day)}::date, ${put(id)}::bigint)`;
}

function daysAtRisk(tx: Transaction): [PlainDate, PlainDate] {
  return [tx.today, addDays(tx.today, DAYS_AT_RISK)];
}
