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

/** Part of a reservation: of which document, and which of its parts. */
export interface ReservedPart extends FundAmount {
  readonly documentId: string;
  readonly leg: number;
}

/** Reserves money in parts, for an award paid in instalments; each part is later used or freed by itself. @throws fund_overspent */
export function commitParts(tx: Transaction, parts: readonly ReservedPart[]): Promise<void> {
  return moveParts(tx, 'commit', 'available', 'committed', parts);
}

/** Gives parts of reservations back. */
export function freeParts(tx: Transaction, parts: readonly ReservedPart[]): Promise<void> {
  return moveParts(tx, 'free', 'committed', 'available', parts);
}

/** Turns parts of reservations into spending, when the payments themselves are posted. */
export function useParts(tx: Transaction, parts: readonly ReservedPart[]): Promise<void> {
  return moveParts(tx, 'use', 'committed', 'used', parts);
}

function move(
  tx: Transaction,
  documentId: string,
  kind: Transfer['kind'],
  from: 'available' | 'committed',
  to: 'available' | 'committed' | 'used',
  amounts: readonly FundAmount[],
): Promise<void> {
  return moveParts(
    tx,
    kind,
    from,
    to,
    amounts.map((each, leg) => ({ ...each, documentId, leg })),
  );
}

async function moveParts(
  tx: Transaction,
  kind: Transfer['kind'],
  from: 'available' | 'committed',
  to: 'available' | 'committed' | 'used',
  parts: readonly ReservedPart[],
): Promise<void> {
  await postTransfers(
    tx,
    parts.map(({ documentId, leg, fundId, amount }) => ({
      ...{ documentId, kind, leg, amount, effectiveDate: tx.today },
      debit: { fundId, kind: from },
      credit: { fundId, kind: to },
    })),
  );
}
