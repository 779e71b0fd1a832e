import type { Money, PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchProposal } from '../fund-problems.ts';
import type { ProposalState } from '../proposal.states.ts';

/** A proposal as the database has it. Ids and amounts are text. */
export interface ProposalRow {
  readonly id: string;
  readonly kind: 'budget' | 'move';
  readonly fundId: string;
  /** The fund a move takes from. */
  readonly fromFundId: string | null;
  readonly financialYear: string;
  readonly amount: string;
  readonly reason: string;
  readonly state: ProposalState;
  readonly proposedBy: string;
  readonly proposedOn: PlainDate;
  readonly decidedBy: string | null;
  readonly decidedOn: PlainDate | null;
  readonly decisionReason: string | null;
}

const COLUMNS = `id, kind, fund_id as "fundId", from_fund_id as "fromFundId", financial_year as "financialYear",
  amount::numeric(14,2)::text as amount, reason, state, proposed_by as "proposedBy", proposed_on as "proposedOn",
  decided_by as "decidedBy", decided_on as "decidedOn", decision_reason as "decisionReason"`;

/** What a new proposal says. */
export interface NewProposal {
  readonly kind: 'budget' | 'move';
  readonly fundId: string;
  readonly fromFundId: string | null;
  readonly financialYear: string;
  readonly amount: Money;
  readonly reason: string;
  readonly proposedBy: string;
}

/** Writes a proposal down. @returns its number */
export async function insertProposal(tx: Transaction, proposal: NewProposal): Promise<string> {
  const { kind, fundId, fromFundId, financialYear, amount, reason, proposedBy } = proposal;
  const { id } = await tx.one<{ id: string }>(
    `insert into funds.proposal (authority_id, kind, fund_id, from_fund_id, financial_year, amount, reason, proposed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [tx.actor.authorityId, kind, fundId, fromFundId, financialYear, amount.toString(), reason, proposedBy],
  );
  return id;
}

/** Reads one proposal. @throws no_such_fund_proposal */
export async function readProposal(tx: Transaction, id: string): Promise<ProposalRow> {
  const row = await tx.maybe<ProposalRow>(`select ${COLUMNS} from funds.proposal where id = $1`, [id]);
  if (!row) throw noSuchProposal('No proposal of this council has that number.');
  return row;
}

/** Reads some proposals by number, for whoever names the documents of transfers. */
export function readProposals(tx: Transaction, ids: readonly string[]): Promise<ProposalRow[]> {
  return tx.query(`select ${COLUMNS} from funds.proposal where id = any ($1::bigint[])`, [ids]);
}

/** Locks one proposal and reads it. @throws no_such_fund_proposal */
export async function lockProposal(tx: Transaction, id: string): Promise<ProposalRow> {
  await tx.query(`select 1 from funds.proposal where id = $1 for update`, [id]);
  return readProposal(tx, id);
}

/** Which proposals to list; nothing given, all of them. */
export interface ProposalFilter {
  readonly state?: ProposalState;
  readonly fundId?: string;
}

/** Lists proposals, the newest first. @param before the last number of the page before */
export function listProposals(
  tx: Transaction,
  { state, fundId }: ProposalFilter,
  before: string | undefined,
  limit: number,
): Promise<ProposalRow[]> {
  return tx.query(
    `select ${COLUMNS} from funds.proposal
      where ($1::text is null or state = $1) and ($2::bigint is null or $2 in (fund_id, from_fund_id))
        and ($3::bigint is null or id < $3)
      order by id desc limit $4`,
    [state ?? null, fundId ?? null, before ?? null, limit],
  );
}

/** Writes what became of a proposal; the database asks whether that may be. */
export async function settleProposal(
  tx: Transaction,
  id: string,
  outcome: { state: ProposalState; decidedBy: string | null; decidedRole: string | null; reason: string | null },
): Promise<void> {
  const { state, decidedBy, decidedRole, reason } = outcome;
  await tx.because(reason ?? '');
  await tx.query(
    `update funds.proposal set state = $2, decided_by = $3, decided_role = $4, decision_reason = $5,
            decided_on = case when $3::bigint is null then null else $6::date end where id = $1`,
    [id, state, decidedBy, decidedRole, reason, tx.today],
  );
}
