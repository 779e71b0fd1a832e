import type { WorkingCalendar } from '../../calendar/index.ts';
import type { LimitKind } from '../../identity/index.ts';
import type { PlainDate, Role } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { dueOn } from '../domain/target-days.ts';
import { approvalKinds } from './kinds.view.ts';

/** A request that waits: since when, by when it is to be decided, and what the clock noted. */
export interface WaitingApproval {
  readonly requestId: string;
  readonly kind: LimitKind;
  readonly subjectId: string;
  readonly amount: string;
  readonly proposedBy: string;
  readonly proposedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly isOverdue: boolean;
  readonly remindedOn: PlainDate | null;
  readonly escalatedTo: Role | null;
  readonly escalatedOn: PlainDate | null;
  /** Who signed it already. */
  readonly signedBy: readonly string[];
  /** Signatures it needs; nought where one decision is enough. */
  readonly needed: number;
}

/** Which requests that wait. */
export interface WhichWait {
  readonly kind?: LimitKind;
  readonly subjectIds?: readonly string[];
  readonly isEscalated?: boolean;
  readonly after?: string;
  readonly limit?: number;
}

type Row = Omit<WaitingApproval, 'dueOn' | 'isOverdue'>;

/** Lists requests that wait for a decision, the oldest first. */
export async function waitingApprovals(
  tx: Transaction,
  calendar: WorkingCalendar,
  { kind, subjectIds, isEscalated = false, after = '0', limit = 1000 }: WhichWait = {},
): Promise<WaitingApproval[]> {
  const rows = await tx.query<Row>(
    `select r.id as "requestId", r.kind, r.subject_id as "subjectId", r.amount::numeric(14,2)::text as amount,
            r.proposed_by as "proposedBy", (r.proposed_at at time zone 'Europe/London')::date as "proposedOn",
            m.noted_on as "remindedOn", e.to_role as "escalatedTo", e.noted_on as "escalatedOn",
            array(select g.decided_by::text from approvals.signature g where g.request_id = r.id order by g.step) as "signedBy",
            (select count(*)::int from approvals.step s where s.request_id = r.id) as needed
       from approvals.request r
       left join approvals.reminder m on m.request_id = r.id and m.what = 'reminder'
       left join approvals.reminder e on e.request_id = r.id and e.what = 'escalation'
      where r.state = 'open' and r.id > $3 and ($1::text is null or r.kind = $1)
        and ($2::bigint[] is null or r.subject_id = any ($2::bigint[])) and (not $4 or e.request_id is not null)
      order by r.id limit $5`,
    [kind ?? null, subjectIds ?? null, after, isEscalated, limit],
  );
  const kinds = await approvalKinds(tx);
  return rows.map((row) => {
    const rules = kinds.get(row.kind);
    const due = rules ? dueOn(calendar, rules, row.proposedOn) : row.proposedOn;
    return { ...row, dueOn: due, isOverdue: due < tx.today };
  });
}

/** Counts what waits longer than it should, for the page people see first. */
export function overdueCounted(tx: Transaction): Promise<{ reminded: number; escalated: number }> {
  return tx.one(
    `select count(*) filter (where m.what = 'reminder')::int as reminded, count(*) filter (where m.what = 'escalation')::int as escalated
       from approvals.reminder m join approvals.request r on r.id = m.request_id and r.state = 'open'`,
  );
}
