import type { ModulusTables, WeightRow } from './modulus-tables.ts';
import { at, digitsOf, divisorOf, remainderOf } from './weigh.ts';

/** A sort code and an account, six digits and eight. */
export interface Account {
  readonly sortCode: string;
  readonly accountNumber: string;
}

/** The sort codes that exceptions 8 and 9 count with, whatever the account's own. */
const EIGHT = '090126';
const NINE = '309634';

/** The weights of exception 2 where the account begins with another digit than nought. */
const TWO_UNLESS_G_IS_9 = [0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1];
const TWO_WHERE_G_IS_9 = [0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 10, 9, 3, 1];
/** What exception 1 adds. */
const ONE = 27;
const LAST_DIGITS_THAT_MAY_GO = [0, 1, 9];

/**
 * Checks an account by one row of the table, for the check of the whole.
 * @source Vocalink, Validating account numbers, v7.70: the numbered exceptions
 */
export function passesRow(row: WeightRow, account: Account, { substitutes }: ModulusTables): boolean {
  const { method, exception } = row;
  const digits = digitsOf(sortCodeFor(exception, account.sortCode, substitutes), account.accountNumber);
  const weights = weightsFor(row, digits);
  const left = remainderOf(method, digits, weights, exception === 1 ? ONE : 0);
  if (exception === 4) return left === digit(digits, at.g) * 10 + digit(digits, at.h);
  if (exception === 5) return passesFive(row, digits, left);
  if (left === 0 || exception !== 14) return left === 0;
  return passesFourteen(row, account);
}

function sortCodeFor(exception: number, own: string, substitutes: ReadonlyMap<string, string>): string {
  if (exception === 5) return substitutes.get(own) ?? own;
  return exception === 8 ? EIGHT : exception === 9 ? NINE : own;
}

/** Some exceptions count the digits of some accounts otherwise, or the sort code not at all. */
function weightsFor({ exception, weights }: WeightRow, digits: readonly number[]): readonly number[] {
  const [a, b, g] = [digit(digits, at.a), digit(digits, at.b), digit(digits, at.g)];
  if (exception === 2 && a !== 0) return g === 9 ? TWO_WHERE_G_IS_9 : TWO_UNLESS_G_IS_9;
  const isTen = exception === 10 && b === 9 && (a === 0 || a === 9);
  const leavesOut = g === 9 && (exception === 7 || isTen);
  return leavesOut ? weights.map((weight, place) => (place <= at.b ? 0 : weight)) : weights;
}

/** The remainder says which check digit is right: `g` after division by eleven, `h` after double alternate. */
function passesFive({ method }: WeightRow, digits: readonly number[], left: number): boolean {
  const check = digit(digits, method === 'MOD11' ? at.g : at.h);
  return (divisorOf[method] - left) % divisorOf[method] === check;
}

/** The last digit may be one that was put on behind: without it, and with a nought in front, the account is checked again. */
function passesFourteen({ method, weights }: WeightRow, { sortCode, accountNumber }: Account): boolean {
  if (!LAST_DIGITS_THAT_MAY_GO.includes(Number(accountNumber.at(-1)))) return false;
  return remainderOf(method, digitsOf(sortCode, `0${accountNumber.slice(0, -1)}`), weights) === 0;
}

function digit(digits: readonly number[], place: number): number {
  return digits[place] as number;
}
