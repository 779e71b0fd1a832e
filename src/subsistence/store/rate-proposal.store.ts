import { noSuchProposal } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type RateComponent, rateComponents } from '../domain/entitlement/facts.ts';

/** Weekly amounts by what they are for, as decimal text; what is left out stays as it is. */
export type RateAmounts = Readonly<Partial<Record<RateComponent, string>>>;

/** New rates somebody proposed. */
export interface RateProposal {
  readonly id: string;
  readonly rateTable: string;
  readonly effectiveFrom: PlainDate;
  readonly amounts: RateAmounts;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly state: 'open' | 'approved' | 'refused';
  readonly decidedBy: string | null;
  readonly decidedBecause: string;
  /** How many families had been paid for days from that day on, when it was proposed. */
  readonly backDatedFor: number;
}

const COLUMN: Readonly<Record<RateComponent, string>> = {
  ...{ person: 'person', pregnant: 'pregnant', 'under-1': 'under_1', 'age-1-to-3': 'age_1_to_3' },
};
const AMOUNTS = rateComponents.map((each) => `'${each}', ${COLUMN[each]}::numeric(14,2)::text`).join(', ');
const PROPOSAL = `select id, rate_table as "rateTable", effective_from as "effectiveFrom",
  jsonb_strip_nulls(jsonb_build_object(${AMOUNTS})) as amounts, reason, proposed_by as "proposedBy",
  proposed_at as "proposedAt", state, decided_by as "decidedBy", decided_because as "decidedBecause",
  back_dated_for as "backDatedFor" from subsistence.rate_proposal`;

/** Writes a proposal. @returns its number */
export async function insertRateProposal(
  tx: Transaction,
  proposal: Pick<RateProposal, 'rateTable' | 'effectiveFrom' | 'amounts' | 'reason' | 'proposedBy' | 'backDatedFor'>,
): Promise<string> {
  const { rateTable, effectiveFrom, amounts, reason, proposedBy, backDatedFor } = proposal;
  const { id } = await tx.one<{ id: string }>(
    `insert into subsistence.rate_proposal
       (authority_id, rate_table, effective_from, person, pregnant, under_1, age_1_to_3, reason, proposed_by, back_dated_for)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [
      ...[tx.actor.authorityId, rateTable, effectiveFrom],
      ...rateComponents.map((component) => amounts[component] ?? null),
      ...[reason, proposedBy, backDatedFor],
    ],
  );
  return id;
}

/** Reads one proposal, and locks it for whoever decides. @throws no_such_proposal */
export async function readRateProposal(tx: Transaction, id: string, forUpdate = false): Promise<RateProposal> {
  const row = await tx.maybe<RateProposal>(`${PROPOSAL} where id = $1${forUpdate ? ' for update' : ''}`, [id]);
  if (!row) throw noSuchProposal('No proposal of this council has that number.');
  return row;
}

/** Lists proposals that wait for a second person, the oldest first. */
export function waitingRateProposals(tx: Transaction): Promise<RateProposal[]> {
  return tx.query(`${PROPOSAL} where state = 'open' order by id limit 100`);
}

/** Lists proposals that were refused, the newest first. */
export function refusedRateProposals(tx: Transaction): Promise<RateProposal[]> {
  return tx.query(`${PROPOSAL} where state = 'refused' order by id desc limit 20`);
}

/** Notes what the second person decided. */
export async function decideRateProposal(
  tx: Transaction,
  id: string,
  outcome: 'approved' | 'refused',
  decidedBy: string,
  reason: string,
): Promise<void> {
  await tx.query(
    `update subsistence.rate_proposal set state = $2, decided_by = $3, decided_at = now(), decided_because = $4 where id = $1`,
    [id, outcome, decidedBy, reason],
  );
}
