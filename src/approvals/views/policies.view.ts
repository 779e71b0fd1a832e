import { type LimitKind, noSuchProposal } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Who may be asked to sign: somebody of a role, or anybody with a limit. */
export const signerRoles = ['any', 'manager', 'finance', 'administrator'] as const;
export type Signer = (typeof signerRoles)[number];

/** How many people sign something from an amount on, as it was proposed and agreed. */
export interface Policy {
  readonly id: string;
  readonly kind: LimitKind;
  readonly fromAmount: string;
  readonly signers: readonly Signer[];
  readonly effectiveFrom: PlainDate;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly state: 'open' | 'approved' | 'refused';
  readonly decidedBy: string | null;
  readonly standing: 'waiting' | 'in force' | 'to come' | 'replaced' | 'refused';
}

const POLICY = `select id, kind, from_amount::numeric(14,2)::text as "fromAmount", signers, effective_from as "effectiveFrom", reason,
  proposed_by as "proposedBy", proposed_at as "proposedAt", state, decided_by as "decidedBy",
  case when state = 'open' then 'waiting' when state = 'refused' then 'refused' when effective_from > kernel.today() then 'to come'
       when exists (select from approvals.policy n where n.kind = p.kind and n.from_amount = p.from_amount and n.state = 'approved'
                       and n.effective_from <= kernel.today() and (n.effective_from, n.id) > (p.effective_from, p.id)) then 'replaced'
       else 'in force' end as standing from approvals.policy p`;

/** Lists how many sign what, by kind and amount, the newest first of each. */
export function listPolicies(tx: Transaction): Promise<Policy[]> {
  return tx.query(`${POLICY} order by kind, from_amount, effective_from desc, id desc limit 500`);
}

/** Finds one, and locks it for whoever decides. @throws no_such_proposal */
export async function policyById(tx: Transaction, id: string, forUpdate = false): Promise<Policy> {
  const row = await tx.maybe<Policy>(`${POLICY} where id = $1${forUpdate ? ' for update of p' : ''}`, [id]);
  if (!row) throw noSuchProposal('No proposal of this council has that number.');
  return row;
}
