import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ApprovalState } from '../approval.states.ts';

/** A request as the rooms need it. */
export interface ApprovalRequest {
  readonly id: string;
  readonly subjectId: string;
  readonly state: ApprovalState;
  readonly amount: string;
  readonly proposedBy: string;
  /** The day it was put forward, as the council's clocks show it. */
  readonly proposedOn: PlainDate;
  readonly fingerprint: Buffer;
}

const COLUMNS = `id, subject_id as "subjectId", state, amount::numeric(14,2)::text as amount, proposed_by as "proposedBy",
  (proposed_at at time zone 'Europe/London')::date as "proposedOn", fingerprint`;

/** Finds the open request of each subject. */
export function openRequests(tx: Transaction, kind: string, subjectIds: readonly string[]): Promise<ApprovalRequest[]> {
  return tx.query(
    `select ${COLUMNS} from approvals.request where kind = $1 and subject_id = any ($2::bigint[]) and state = 'open'`,
    [kind, subjectIds],
  );
}

/** One time something was put forward, and what was said to it. */
export interface PutForward extends ApprovalRequest {
  readonly outcome: 'approved' | 'sent_back' | 'declined' | null;
  readonly reason: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

/** Tells how often a subject was put forward and what came of it, the newest first. */
export function requestsAbout(tx: Transaction, kind: string, subjectId: string): Promise<PutForward[]> {
  return tx.query(
    `select r.id, r.subject_id as "subjectId", r.state, r.amount::numeric(14,2)::text as amount, r.proposed_by as "proposedBy",
            (r.proposed_at at time zone 'Europe/London')::date as "proposedOn", r.fingerprint, d.outcome, d.reason, d.decided_by as "decidedBy", d.decided_at as "decidedAt"
       from approvals.request r left join approvals.decision d on d.request_id = r.id
      where r.kind = $1 and r.subject_id = $2 order by r.id desc limit 50`,
    [kind, subjectId],
  );
}

/** What was decided on a request, for whoever proves that something was approved as it stands. */
export interface Decided {
  readonly requestId: string;
  readonly outcome: string;
  readonly decidedBy: string;
  readonly proposedBy: string;
  readonly amount: string;
  readonly fingerprint: Buffer;
}

/** Finds the decisions on requests, only where request and decision say the same. */
export function decisionsOn(tx: Transaction, requestIds: readonly string[]): Promise<Decided[]> {
  return tx.query(
    `select d.request_id as "requestId", d.outcome, d.decided_by as "decidedBy", d.proposed_by as "proposedBy",
            d.amount::numeric(14,2)::text as amount, d.fingerprint
       from approvals.decision d join approvals.request r on r.id = d.request_id
      where d.request_id = any ($1::bigint[]) and r.amount = d.amount and r.fingerprint = d.fingerprint
        and r.proposed_by = d.proposed_by and r.state = d.outcome`,
    [requestIds],
  );
}

/** What some requests are about, for whoever names the documents of transfers. */
export async function subjectsOf(tx: Transaction, requestIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; subject: string }>(
    `select id, subject_id as subject from approvals.request where id = any ($1::bigint[])`,
    [requestIds],
  );
  return new Map(rows.map((row) => [row.id, row.subject]));
}

/** Gives the numbers of every request about a subject, the newest first. */
export async function requestNumbersAbout(tx: Transaction, kind: string, subjectId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from approvals.request where kind = $1 and subject_id = $2 order by id desc`,
    [kind, subjectId],
  );
  return rows.map((row) => row.id);
}
