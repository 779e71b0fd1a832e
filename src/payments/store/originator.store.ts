import { noSuchProposal } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Originator } from '../rails/rail.ts';

/** A paying account somebody proposed. */
export interface OriginatorProposal extends Originator {
  readonly id: string;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly state: 'open' | 'approved' | 'refused';
}

const PROPOSAL = `select id, service_user_number as "serviceUserNumber", sort_code as "sortCode", account_number as "accountNumber",
  account_name as "accountName", reference_prefix as "referencePrefix", reason, proposed_by as "proposedBy",
  proposed_at as "proposedAt", state from payments.originator_proposal`;

/** Writes who the council is to the bank, in place of what was there. */
export async function putOriginator(tx: Transaction, originator: Originator): Promise<void> {
  await tx.query(
    `insert into payments.originator (authority_id, service_user_number, sort_code, account_number, account_name, reference_prefix)
     values ($1, $2, $3, $4, $5, $6)
     on conflict on constraint pk_originator do update set service_user_number = excluded.service_user_number,
       sort_code = excluded.sort_code, account_number = excluded.account_number, account_name = excluded.account_name,
       reference_prefix = excluded.reference_prefix`,
    columnsOf(tx, originator),
  );
}

/** Writes a proposal. @returns its number */
export async function insertOriginatorProposal(
  tx: Transaction,
  originator: Originator,
  reason: string,
  proposedBy: string,
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into payments.originator_proposal
       (authority_id, service_user_number, sort_code, account_number, account_name, reference_prefix, reason, proposed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [...columnsOf(tx, originator), reason, proposedBy],
  );
  return id;
}

/** Finds the proposal that waits for a second person, if there is one. */
export function waitingOriginator(tx: Transaction): Promise<OriginatorProposal | undefined> {
  return tx.maybe(`${PROPOSAL} where state = 'open'`);
}

/** Locks a proposal for whoever decides. @throws no_such_proposal */
export async function lockOriginatorProposal(tx: Transaction, id: string): Promise<OriginatorProposal> {
  const row = await tx.maybe<OriginatorProposal>(`${PROPOSAL} where id = $1 for update`, [id]);
  if (!row) throw noSuchProposal('No proposal of this council has that number.');
  return row;
}

function columnsOf(tx: Transaction, originator: Originator): string[] {
  const { serviceUserNumber, sortCode, accountNumber, accountName, referencePrefix } = originator;
  return [tx.actor.authorityId, serviceUserNumber, sortCode, accountNumber, accountName, referencePrefix];
}
