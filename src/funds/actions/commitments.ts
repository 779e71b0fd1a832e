import type { Money } from '../../kernel/index.ts';
import { postTransfers, type Transfer } from '../../ledger/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** How much of one fund. */
export interface FundAmount {
  readonly fundId: string;
  readonly amount: Money;
}

/**
 * Reserves money of funds for an approved document. The balance itself refuses what is not there, however many ask at once.
 * @throws fund_overspent
 */
export function commit(tx: Transaction, documentId: string, amounts: readonly FundAmount[]): Promise<void> {
  return move(tx, documentId, 'commit', 'available', 'committed', amounts);
}

/** Gives a reservation back. */
export function free(tx: Transaction, documentId: string, amounts: readonly FundAmount[]): Promise<void> {
  return move(tx, documentId, 'free', 'committed', 'available', amounts);
}

/** Turns a reservation into spending, when the payments themselves are posted. */
export function use(tx: Transaction, documentId: string, amounts: readonly FundAmount[]): Promise<void> {
  return move(tx, documentId, 'use', 'committed', 'used', amounts);
}

async function move(
  tx: Transaction,
  documentId: string,
  kind: Transfer['kind'],
  from: 'available' | 'committed',
  to: 'available' | 'committed' | 'used',
  amounts: readonly FundAmount[],
): Promise<void> {
  await postTransfers(
    tx,
    amounts.map(({ fundId, amount }, leg) => ({
      ...{ documentId, kind, leg, amount, effectiveDate: tx.today },
      debit: { fundId, kind: from },
      credit: { fundId, kind: to },
    })),
  );
}
