import type { Transaction } from '../../platform/index.ts';
import type { ApprovalState } from '../approval.states.ts';

/** A request as the rooms need it. */
export interface ApprovalRequest {
  readonly id: string;
  readonly subjectId: string;
  readonly state: ApprovalState;
  readonly amount: string;
  readonly proposedBy: string;
  readonly fingerprint: Buffer;
}

const COLUMNS = `id, subject_id as "subjectId", state, amount::numeric(14,2)::text as amount, proposed_by as "proposedBy", fingerprint`;

/** Finds the open request of each subject. */
export function openRequests(tx: Transaction, kind: string, subjectIds: readonly string[]): Promise<ApprovalRequest[]> {
  return tx.query(
    `select ${COLUMNS} from approvals.request where kind = $1 and subject_id = any ($2::bigint[]) and state = 'open'`,
    [kind, subjectIds],
  );
}
