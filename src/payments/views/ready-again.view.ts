import { instrumentsOn, kindsBesideAccounts, presentPayees } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type RailName, railsFor } from '../rails/rail-names.ts';
import { confirmationsOf, type ReturnRow } from '../store/return.store.ts';

/** Where a payment that came back is to go now, and by which ways it can. */
export interface ReadyAgain {
  readonly instrumentId: string;
  readonly kind: 'prepaid-card' | 'voucher' | 'bank account';
  readonly rails: readonly RailName[];
}

/**
 * Finds which payments that came back can be paid again by whoever asks, by their numbers: those whose details are known to be
 * right. What came back from a landlord goes to that landlord again.
 */
export async function readyAgain(tx: Transaction, returns: readonly ReturnRow[]): Promise<Map<string, ReadyAgain>> {
  const present = await instrumentsOn(
    tx,
    returns.map((back) => back.familyId),
    tx.today,
  );
  const payees = await presentPayees(
    tx,
    returns.map((back) => back.instrumentId),
    tx.today,
  );
  const kinds = await kindsBesideAccounts(tx, [...present.values()]);
  const said = await confirmationsOf(
    tx,
    returns.map((back) => back.id),
  );
  return new Map(
    returns.flatMap((back): [string, ReadyAgain][] => {
      const instrumentId = payees.get(back.instrumentId) ?? present.get(back.familyId);
      const others = said.filter(({ returnId, userId }) => returnId === back.id && userId !== tx.actor.userId);
      if (instrumentId === undefined || !areRight(back, instrumentId, others.length)) return [];
      const kind = kinds.get(instrumentId);
      return [[back.id, { instrumentId, kind: kind ?? 'bank account', rails: railsFor(kind) }]];
    }),
  );
}

/** Other details than it came back from are right; the same ones when two more people say so. Where a payee is reported dead, two always say so. */
function areRight(back: ReturnRow, instrumentId: string, others: number): boolean {
  return others >= 2 || (instrumentId !== back.instrumentId && back.code !== '2');
}
