import { Money } from '../../kernel/index.ts';

/**
 * Works out what a household costs a week, for whoever compares: what was spent on subsistence, over the weeks it paid for.
 *
 * @param householdDays days of support paid for, of all households together
 * @returns rounded to the penny; null when no day was paid for
 */
export function costPerHouseholdWeek(subsistence: Money, householdDays: number): Money | null {
  if (householdDays <= 0) return null;
  const days = BigInt(householdDays);
  const pence = subsistence.toPence() * 7n;
  const sign = pence < 0n ? -1n : 1n;
  return Money.fromPence(sign * ((pence * sign * 2n + days) / (days * 2n)));
}
