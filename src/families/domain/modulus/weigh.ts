import type { ModulusMethod } from './modulus-tables.ts';

/** Where digits stand in sort code and account together, by the letters the banks give them: `u` is the first, `h` the last. */
export const at = { a: 6, b: 7, c: 8, g: 12, h: 13 } as const;

/** The fourteen digits of a sort code and an account. */
export function digitsOf(sortCode: string, account: string): number[] {
  return Array.from(`${sortCode}${account}`, Number);
}

/** What a method divides the sum by. */
export const divisorOf: Readonly<Record<ModulusMethod, number>> = { MOD10: 10, MOD11: 11, DBLAL: 10 };

/** Adds up the digits by their weights and gives what is left, never below nought. @param extra added to the sum first */
export function remainderOf(
  method: ModulusMethod,
  digits: readonly number[],
  weights: readonly number[],
  extra = 0,
): number {
  const products = digits.map((digit, place) => digit * (weights[place] as number));
  const sum = products.map(method === 'DBLAL' ? sumOfDigits : (each) => each).reduce((all, each) => all + each, extra);
  const divisor = divisorOf[method];
  return ((sum % divisor) + divisor) % divisor;
}

function sumOfDigits(product: number): number {
  return Array.from(String(Math.abs(product)), Number).reduce((sum, digit) => sum + digit, 0);
}
