import type { Transaction } from '../../platform/index.ts';
import { type MoveFamily, payDayChangesOf, withNotices } from '../../subsistence/index.ts';

/** One change of a family's pay day, as its page shows it. */
export interface PayDayMoveShown extends MoveFamily {
  /** True while it is to come: proposed, or waiting for its notice, or in force from a later day. */
  readonly isAhead: boolean;
}

/** Finds the changes of pay day of a family's plans, the newest first. */
export async function movesOf(tx: Transaction, planIds: readonly string[]): Promise<PayDayMoveShown[]> {
  const changes = await withNotices(tx, await payDayChangesOf(tx, planIds));
  return changes.map((change) => ({
    ...change,
    isAhead:
      change.state === 'proposed' ||
      change.state === 'waiting' ||
      (change.state === 'in_force' && change.facts.newDate > tx.today),
  }));
}
