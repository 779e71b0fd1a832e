import type { PlainDate, Role } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchProposal } from '../people-problems.ts';
import type { LimitKind } from './limit-in-force.view.ts';

/** One limit as it was set: in force, to come, or replaced. */
export interface LimitRow {
  readonly id: string;
  readonly role: Role;
  readonly kind: LimitKind;
  readonly amount: string;
  /** How much one family may be given in `familyMonths`, whoever approves it; null where that is not limited. */
  readonly familyAmount: string | null;
  readonly familyMonths: number | null;
  readonly effectiveFrom: PlainDate;
  /** Whose limit it is alone; null where it is the whole role's. */
  readonly personId: string | null;
  readonly lastDay: PlainDate | null;
  readonly standing: 'in force' | 'to come' | 'replaced' | 'over';
  /** Null where the operator set it. */
  readonly setBy: string | null;
  readonly confirmedBy: string | null;
  readonly reason: string | null;
}

/** A limit somebody proposed. */
export interface LimitProposal {
  readonly id: string;
  readonly role: Role;
  readonly kind: LimitKind;
  readonly amount: string;
  /** How much one family may be given in `familyMonths`, whoever approves it; null where that is not limited. */
  readonly familyAmount: string | null;
  readonly familyMonths: number | null;
  readonly effectiveFrom: PlainDate;
  /** Whose limit it would be alone; null where it is the whole role's. */
  readonly personId: string | null;
  readonly lastDay: PlainDate | null;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly state: 'open' | 'approved' | 'refused';
}

const AMOUNTS = `amount::numeric(14,2)::text as amount, family_amount::numeric(14,2)::text as "familyAmount", family_months as "familyMonths",
  effective_from as "effectiveFrom", person_id as "personId", last_day as "lastDay"`;

const PROPOSAL = `select id, role, kind, ${AMOUNTS}, reason, proposed_by as "proposedBy", proposed_at as "proposedAt", state from identity.limit_proposal`;

/** Lists every limit by role, kind and person, the newest first. */
export function listLimits(tx: Transaction): Promise<LimitRow[]> {
  return tx.query(
    `select id, role, kind, ${AMOUNTS},
            case when effective_from > kernel.today() then 'to come'
                 when effective_from < max(effective_from) filter (where effective_from <= kernel.today()) over (partition by role, kind, person_id)
                 then 'replaced' when last_day < kernel.today() then 'over' else 'in force' end as standing,
            set_by as "setBy", confirmed_by as "confirmedBy", reason
       from identity.delegated_limit order by role, kind, person_id nulls first, effective_from desc limit 500`,
  );
}

/** Lists limits that wait for a second person, the oldest first. */
export function waitingLimits(tx: Transaction): Promise<LimitProposal[]> {
  return tx.query(`${PROPOSAL} where state = 'open' order by id limit 100`);
}

/** Finds one proposal, and locks it for whoever decides. @throws no_such_proposal */
export async function limitProposal(tx: Transaction, id: string, forUpdate = false): Promise<LimitProposal> {
  const row = await tx.maybe<LimitProposal>(`${PROPOSAL} where id = $1${forUpdate ? ' for update' : ''}`, [id]);
  if (!row) throw noSuchProposal('No proposal of this council has that number.');
  return row;
}
