import { Decimal } from 'decimal.js';
import { defineProblem } from './problem.ts';

const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 40 });
const WRITTEN = /^-?(0|[1-9]\d{0,11})(\.\d{1,2})?$/;

/** Tells a caller that what they wrote is not pounds and pence. */
export const notMoney = defineProblem('not_money', {
  status: 422,
  title: 'That is not an amount of money',
  whatToDo: 'Write pounds and pence as text, for example "49.18": no commas, no pound sign, no third decimal.',
});

/**
 * Holds an exact amount of pounds and pence for whoever handles money.
 *
 * Made from text or whole pence (`bigint`), never from a JS number. Written with exactly two decimals.
 * Below one million million pounds either way, as the database domain `kernel.gbp` is.
 */
export class Money {
  static readonly zero = new Money(new Exact(0));
  readonly #value: Decimal;

  private constructor(value: Decimal) {
    this.#value = value;
  }

  /** Reads an amount a person or a file wrote. @throws not_money for numbers, commas, exponents or a third decimal */
  static gbp(text: string): Money {
    if (typeof text !== 'string' || !WRITTEN.test(text)) throw notMoney(`"${String(text)}" is not pounds and pence.`);
    return new Money(new Exact(text));
  }

  /** Makes an amount from whole pence. */
  static fromPence(pence: bigint): Money {
    return new Money(new Exact(pence.toString()).div(100));
  }

  /** Adds up any number of amounts. */
  static sum(amounts: Iterable<Money>): Money {
    let total = Money.zero;
    for (const amount of amounts) total = total.plus(amount);
    return total;
  }

  plus(other: Money): Money {
    return new Money(this.#value.plus(other.#value));
  }

  minus(other: Money): Money {
    return new Money(this.#value.minus(other.#value));
  }

  negated(): Money {
    return new Money(this.#value.negated());
  }

  compare(other: Money): -1 | 0 | 1 {
    return this.#value.comparedTo(other.#value) as -1 | 0 | 1;
  }

  equals(other: Money): boolean {
    return this.compare(other) === 0;
  }

  isZero(): boolean {
    return this.#value.isZero();
  }

  isPositive(): boolean {
    return this.#value.greaterThan(0);
  }

  isNegative(): boolean {
    return this.#value.lessThan(0);
  }

  /** Gives the amount as whole pence. */
  toPence(): bigint {
    return BigInt(this.#value.times(100).toFixed(0));
  }

  /**
   * Shares an amount out by weight, for a person who splits it, losing no penny.
   *
   * Largest remainder: every part is within a penny of its exact share and the parts sum to the whole.
   * @param weights whole numbers, none negative, at least one above zero
   */
  allocate(weights: readonly bigint[]): Money[] {
    const whole = weights.reduce((sum, weight) => sum + weight, 0n);
    if (whole <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('weights must be positive');
    const sign = this.isNegative() ? -1n : 1n;
    const pence = this.toPence() * sign;
    const shares = weights.map((weight, index) => ({
      index,
      floor: (pence * weight) / whole,
      remainder: (pence * weight) % whole,
    }));
    let left = pence - shares.reduce((sum, share) => sum + share.floor, 0n);
    for (const share of shares.toSorted((a, b) => byRemainder(b.remainder - a.remainder, a.index - b.index))) {
      if (left <= 0n) break;
      share.floor += 1n;
      left -= 1n;
    }
    return shares.map((share) => Money.fromPence(share.floor * sign));
  }

  toString(): string {
    return this.#value.toFixed(2);
  }

  toJSON(): string {
    return this.toString();
  }
}

function byRemainder(difference: bigint, tie: number): number {
  return difference === 0n ? tie : difference > 0n ? 1 : -1;
}
