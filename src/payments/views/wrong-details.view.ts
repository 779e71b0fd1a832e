import { instrumentsOn, referencesOf } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { reasonCodes } from '../reports/reason-codes.ts';
import { listWrongDetails, type WrongDetailsRow } from '../store/wrong-details.store.ts';

/** Details a bank says are wrong, as people see them. */
export interface WrongDetailsShown extends WrongDetailsRow {
  readonly family: string;
  readonly reason: string;
  /** The family has other details in force since. */
  readonly isPutRight: boolean;
  readonly isOverdue: boolean;
}

/** Shows details banks say are wrong though the money arrived, and which were put right since. */
export async function wrongDetailsShown(tx: Transaction, limit: number): Promise<WrongDetailsShown[]> {
  const rows = await listWrongDetails(tx, limit);
  const familyIds = rows.map((row) => row.familyId);
  const references = await referencesOf(tx, familyIds);
  const present = await instrumentsOn(tx, familyIds, tx.today);
  return rows.map((row) => {
    const isPutRight = present.get(row.familyId) !== row.instrumentId;
    return {
      ...{ ...row, isPutRight, isOverdue: !isPutRight && row.dueOn < tx.today },
      ...{ family: references.get(row.familyId) ?? '', reason: reasonCodes.awacs[row.code]?.words ?? row.code },
    };
  });
}
