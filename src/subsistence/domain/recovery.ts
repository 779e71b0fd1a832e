import { earlier, later, lengthInDays, Money, type Period, type PlainDate } from '../../kernel/index.ts';

/** What a council always leaves of the days a payment covers: a part of what they are worth, and an amount a week; both hold. */
export interface RecoveryFloor {
  readonly percent: number;
  readonly weeklyPence: bigint;
}

/** An overpayment that a family pays back week by week, as agreed with it. */
export interface RecoveryTerms {
  readonly overpaymentId: string;
  readonly weeklyPence: bigint;
  /** The first day of the first payment that is smaller. */
  readonly startsOn: PlainDate;
  /** What is not paid back yet. */
  readonly leftPence: bigint;
  readonly floor: RecoveryFloor;
}

/** What one payment is smaller by, for the explanation of that payment; money as decimal text. */
export interface Recovered {
  readonly overpaymentId: string;
  readonly amount: string;
  /** What the family still owes back afterwards. */
  readonly left: string;
}

/**
 * Works out what a payment is smaller by: what was agreed for its days, never more than is left, never below the floor.
 *
 * @param worthPence what the days themselves are worth, arrears left out: these are the family's own, in full
 * @returns whole pence, perhaps nought
 */
export function keptBack(
  { weeklyPence, startsOn, leftPence, floor }: RecoveryTerms,
  period: Period,
  worthPence: bigint,
): bigint {
  const days = lengthInDays({ from: earlier(later(period.from, startsOn), period.to), to: period.to });
  const agreed = (weeklyPence * BigInt(days)) / 7n;
  const stays = floorOf(floor, period, worthPence);
  return least(agreed, leftPence, worthPence - stays);
}

/** Gives what must stay of a payment's days, rounded up to the penny. */
export function floorOf({ percent, weeklyPence }: RecoveryFloor, period: Period, worthPence: bigint): bigint {
  const part = roundedUp(worthPence * BigInt(percent), 100n);
  const amount = roundedUp(weeklyPence * BigInt(lengthInDays(period)), 7n);
  return part > amount ? part : amount;
}

/** Gives what is agreed after a payment was smaller, for whoever looks further ahead. */
export function afterPaying(terms: RecoveryTerms, pence: bigint): RecoveryTerms {
  return { ...terms, leftPence: terms.leftPence - pence };
}

/** Writes down what a payment is smaller by. */
export function recoveredOf({ overpaymentId, leftPence }: RecoveryTerms, pence: bigint): Recovered {
  return {
    overpaymentId,
    amount: Money.fromPence(pence).toString(),
    left: Money.fromPence(leftPence - pence).toString(),
  };
}

function roundedUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

function least(...values: readonly bigint[]): bigint {
  const smallest = values.reduce((a, b) => (b < a ? b : a));
  return smallest > 0n ? smallest : 0n;
}
