import { defineProblem } from './problem.ts';

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
  static readonly zero = new Money(0n);
  /** Whole pence, exact however many are added. */
  readonly #pence: bigint;

  private constructor(pence: bigint) {
    this.#pence = pence;
  }

  /** Reads an amount a person or a file wrote. @throws not_money for numbers, commas, exponents or a third decimal */
  static gbp(text: string): Money {
    if (typeof text !== 'string' || !WRITTEN.test(text)) throw notMoney(`"${String(text)}" is not pounds and pence.`);
    const [pounds = '', pence = ''] = text.split('.');
    return new Money(BigInt(pounds + pence.padEnd(2, '0')));
  }

  /** Makes an amount from whole pence. */
  static fromPence(pence: bigint): Money {
    return new Money(pence);
  }

  /** Adds up any number of amounts. */
  static sum(amounts: Iterable<Money>): Money {
    let pence = 0n;
    for (const amount of amounts) pence += amount.#pence;
    return new Money(pence);
  }

  plus(other: Money): Money {
    return new Money(this.#pence + other.#pence);
  }

  minus(other: Money): Money {
    return new Money(this.#pence - other.#pence);
  }

  negated(): Money {
    return new Money(-this.#pence);
  }

  compare(other: Money): -1 | 0 | 1 {
    if (this.#pence === other.#pence) return 0;
    return this.#pence < other.#pence ? -1 : 1;
  }

  equals(other: Money): boolean {
    return this.compare(other) === 0;
  }

  isZero(): boolean {
    return this.#pence === 0n;
  }

  isPositive(): boolean {
    return this.#pence > 0n;
  }

  isNegative(): boolean {
    return this.#pence < 0n;
  }

  /** Gives the amount as whole pence. */
  toPence(): bigint {
    return this.#pence;
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
    const digits = (this.#pence < 0n ? -this.#pence : this.#pence).toString().padStart(3, '0');
    return `${this.#pence < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

function byRemainder(difference: bigint, tie: number): number {
  return difference === 0n ? tie : difference > 0n ? 1 : -1;
}
