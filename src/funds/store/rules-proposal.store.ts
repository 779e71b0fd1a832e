import type { Transaction } from '../../platform/index.ts';
import { noSuchProposal } from '../fund-problems.ts';
import type { FundRules } from './fund-rules.store.ts';

/** Rules of a fund that somebody proposed. */
export interface RulesProposalRow extends FundRules {
  readonly id: string;
  readonly fundId: string;
  /** The version of the fund as the proposer saw it. */
  readonly seen: number;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly state: 'open' | 'approved' | 'refused';
}

const PROPOSAL = `select id, fund_id as "fundId", seen, programme, buys, award_cap::numeric(14,2)::text as "awardCap",
    family_cap::numeric(14,2)::text as "familyCap", emergency_cap::numeric(14,2)::text as "emergencyCap",
    cooling_off_days as "coolingOffDays", spent_by as "spentBy", reason, proposed_by as "proposedBy", proposed_at as "proposedAt", state
  from funds.rules_proposal`;

/** Writes rules down that somebody proposes. @returns the proposal's number */
export async function insertRulesProposal(
  tx: Transaction,
  fundId: string,
  rules: FundRules,
  by: { readonly seen: number; readonly reason: string; readonly proposedBy: string },
): Promise<string> {
  const { programme, buys, awardCap, familyCap, emergencyCap, coolingOffDays, spentBy } = rules;
  const { id } = await tx.one<{ id: string }>(
    `insert into funds.rules_proposal (authority_id, fund_id, programme, buys, award_cap, family_cap, emergency_cap,
       cooling_off_days, spent_by, seen, reason, proposed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
    [
      ...[tx.actor.authorityId, fundId, programme, buys, awardCap, familyCap, emergencyCap, coolingOffDays, spentBy],
      ...[by.seen, by.reason, by.proposedBy],
    ],
  );
  return id;
}

/** Finds one proposal, and locks it for whoever decides. @throws no_such_fund_proposal */
export async function readRulesProposal(tx: Transaction, id: string, lock = false): Promise<RulesProposalRow> {
  const row = await tx.maybe<RulesProposalRow>(`${PROPOSAL} where id = $1${lock ? ' for update' : ''}`, [id]);
  if (!row) throw noSuchProposal('No proposal of this council has that number.');
  return row;
}

/** Lists rules that wait for a second person, of one fund or of all, the oldest first. */
export function rulesWaiting(tx: Transaction, fundId: string | null = null): Promise<RulesProposalRow[]> {
  return tx.query(`${PROPOSAL} where state = 'open' and ($1::bigint is null or fund_id = $1) order by id limit 100`, [
    fundId,
  ]);
}

/** Writes down what the second person decided. */
export async function settleRulesProposal(
  tx: Transaction,
  id: string,
  decided: { readonly state: 'approved' | 'refused'; readonly by: string; readonly because: string },
): Promise<void> {
  await tx.query(
    `update funds.rules_proposal set state = $2, decided_by = $3, decided_at = now(), decided_because = $4 where id = $1`,
    [id, decided.state, decided.by, decided.because],
  );
}
