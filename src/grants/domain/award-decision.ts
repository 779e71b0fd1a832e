import { Money, type ProblemItem } from '../../kernel/index.ts';

/** What a manager awards of an item; items left out get what was asked. */
export interface ItemAwarded {
  readonly itemId: string;
  readonly amount: string;
}

/** An item as it was asked for. */
interface Asked {
  readonly id: string;
  readonly amount: string;
}

/**
 * Works out what each item is awarded, for whoever decides: what was asked, or the lower amount they say.
 * @returns the amounts, or what is wrong with them: another application's item, more than was asked, nothing in all
 */
export function awardedAmounts(
  asked: readonly Asked[],
  said: readonly ItemAwarded[],
): { readonly amounts: ReadonlyMap<string, Money>; readonly faults: readonly ProblemItem[] } {
  const amounts = new Map(asked.map(({ id, amount }) => [id, Money.gbp(amount)]));
  const faults: ProblemItem[] = [];
  for (const { itemId, amount } of said) {
    const most = asked.find(({ id }) => id === itemId);
    const awarded = Money.gbp(amount);
    if (!most) faults.push({ field: `awarded.${itemId}`, reason: 'That is no item of this application.' });
    else if (awarded.isNegative() || awarded.compare(Money.gbp(most.amount)) > 0)
      faults.push({ field: `awarded.${itemId}`, reason: `Award nought up to £${most.amount}.` });
    else amounts.set(itemId, awarded);
  }
  if (faults.length === 0 && !Money.sum(amounts.values()).isPositive())
    faults.push({ field: 'awarded', reason: 'Nothing is awarded: decline instead, with your reasons.' });
  return { amounts, faults };
}
