import type { Money } from '../../kernel/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Money for a fund and a year, ready to be written down. */
export interface BudgetEntry {
  readonly fundId: string;
  readonly financialYear: string;
  readonly amount: Money;
  readonly reason: string;
  /** Who proposed it; nobody when the machine adds it at set-up. */
  readonly addedBy: string | null;
  readonly proposalId: string | null;
}

/** Writes a budget down and posts it. @returns its number */
export async function putIntoFund(tx: Transaction, entry: BudgetEntry): Promise<string> {
  const { fundId, financialYear, amount, reason, addedBy, proposalId } = entry;
  const { id } = await tx.one<{ id: string }>(
    `insert into funds.budget (authority_id, fund_id, financial_year, amount, reason, added_by, proposal_id)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [tx.actor.authorityId, fundId, financialYear, amount.toString(), reason, addedBy, proposalId],
  );
  await postTransfers(tx, [
    {
      ...{ documentId: id, kind: 'budget-set', amount, effectiveDate: tx.today },
      debit: { fundId, kind: 'budget' },
      credit: { fundId, kind: 'available' },
    },
  ]);
  return id;
}

/** Posts a move as its pair: out of one fund, into the other. @throws fund_overspent, from the balance itself */
export async function moveBetweenFunds(
  tx: Transaction,
  move: { proposalId: string; fromFundId: string; fundId: string; amount: Money },
): Promise<void> {
  const { proposalId: documentId, fromFundId, fundId, amount } = move;
  await postTransfers(tx, [
    {
      ...{ documentId, kind: 'move-out', amount, effectiveDate: tx.today },
      debit: { fundId: fromFundId, kind: 'available' },
      credit: { fundId: fromFundId, kind: 'budget' },
    },
    {
      ...{ documentId, kind: 'move-in', amount, effectiveDate: tx.today },
      debit: { fundId, kind: 'budget' },
      credit: { fundId, kind: 'available' },
    },
  ]);
}
