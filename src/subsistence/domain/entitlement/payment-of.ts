import { Money } from '../../../kernel/index.ts';

/** What is paid now, and the part of a penny that waits for the next payment. */
export interface Rounded {
  readonly amount: Money;
  /** Sevenths of a penny, −3 to 3: what was owed and not paid (or paid and not owed) by rounding. */
  readonly carry: number;
}

/**
 * Rounds what is owed to pennies, once, half up, and keeps what rounding left for the next payment.
 *
 * A seventh of a penny never lands on a half, so half up and half even agree here.
 * @param owedSevenths the exact amount owed now, without earlier carry
 * @param carriedIn what the last payment left over
 */
export function paymentOf(owedSevenths: bigint, carriedIn = 0): Rounded {
  const total = owedSevenths + BigInt(carriedIn);
  const pence = floorDivide(total * 2n + 7n, 14n);
  return { amount: Money.fromPence(pence), carry: Number(total - pence * 7n) };
}

/** Writes an exact number of sevenths of a penny as pounds: exactly where two decimals do, else to six. */
export function exactPounds(sevenths: bigint): string {
  if (sevenths % 7n === 0n) return poundsOfPence(sevenths / 7n);
  return withPoint(floorDivide(sevenths * 10_000n * 2n + 7n, 14n), 6);
}

/** Writes whole pence as pounds, as `Money` writes them, for the many lines of an explanation. */
export function poundsOfPence(pence: bigint): string {
  return withPoint(pence, 2);
}

function withPoint(whole: bigint, places: number): string {
  const sign = whole < 0n ? '-' : '';
  const digits = (whole < 0n ? -whole : whole).toString().padStart(places + 1, '0');
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}
