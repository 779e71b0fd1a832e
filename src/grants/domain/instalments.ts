import { addDays, later, type Money, type PlainDate } from '../../kernel/index.ts';

/** How an awarded item is paid. */
export interface AwardedItem {
  readonly id: string;
  readonly awarded: Money;
  readonly instrumentId: string | null;
  readonly firstDue: PlainDate | null;
  readonly instalments: number;
  readonly everyDays: number;
}

/** One payment of one item on one day. */
export interface PlannedInstalment {
  readonly itemId: string;
  readonly instrumentId: string | null;
  readonly amount: Money;
  readonly dueOn: PlainDate;
}

/**
 * Plans how awarded items are paid, for whoever approves: each in equal parts, to the penny, none of them nought.
 * A first day that has gone by is the day of the award. @param today the day of the award
 */
export function planInstalments(items: readonly AwardedItem[], today: PlainDate): PlannedInstalment[] {
  return items.flatMap(({ id, awarded, instrumentId, firstDue, instalments, everyDays }) => {
    if (!awarded.isPositive()) return [];
    const first = later(firstDue ?? today, today);
    const parts = awarded.allocate(Array<bigint>(instalments).fill(1n));
    return parts
      .map((amount, index) => ({ itemId: id, instrumentId, amount, dueOn: addDays(first, index * everyDays) }))
      .filter(({ amount }) => amount.isPositive());
  });
}
