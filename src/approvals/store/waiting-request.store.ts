import type { LimitKind } from '../../identity/index.ts';
import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ApprovalState } from '../approval.states.ts';
import type { Step, WaitingRequest } from '../domain/ways-to-sign.ts';

/** A request with what its decider needs, and how it stands. */
export interface LockedRequest extends WaitingRequest {
  readonly state: ApprovalState;
  readonly fingerprint: Buffer;
}

/** The steps of a request `r`, each with its signature. */
const STEPS = `(select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'role', s.role, 'signedBy', g.decided_by::text,
    'inNameOf', g.in_name_of::text) order by s.step), '[]')
  from approvals.step s left join approvals.signature g on g.request_id = s.request_id and g.step = s.step
 where s.request_id = r.id)`;
const COLUMNS = `r.id, r.amount, r.proposed_by as "proposedBy", r.touched::text[] as touched, r.family_id as "familyId",
  r.state, r.fingerprint, ${STEPS} as steps, array(select c.person_id::text from approvals.conflict_of_interest c
    where c.request_id = r.id and c.declared = 'conflict') as conflicted`;

interface Row {
  readonly id: string;
  readonly amount: string;
  readonly proposedBy: string;
  readonly touched: string[];
  readonly conflicted: string[];
  readonly familyId: string | null;
  readonly state: ApprovalState;
  readonly fingerprint: Buffer;
  readonly steps: Step[];
}

/** Locks requests of a kind for whoever decides them, the lowest number first, and gives them by number. */
export async function lockRequests(
  tx: Transaction,
  kind: LimitKind,
  ids: readonly string[],
): Promise<Map<string, LockedRequest>> {
  // Locked first, then read: what another signer wrote while we waited is seen.
  await tx.query(`select 1 from approvals.request where id = any ($1::bigint[]) order by id for update`, [ids]);
  return readRequests(tx, kind, ids);
}

/** Reads requests of a kind by number, with their steps and signatures. */
export async function readRequests(
  tx: Transaction,
  kind: LimitKind,
  ids: readonly string[],
): Promise<Map<string, LockedRequest>> {
  const rows = await tx.query<Row>(
    `select ${COLUMNS} from approvals.request r where r.kind = $1 and r.id = any ($2::bigint[])`,
    [kind, ids],
  );
  return new Map(rows.map((row) => [row.id, { ...row, amount: Money.gbp(row.amount) }]));
}
