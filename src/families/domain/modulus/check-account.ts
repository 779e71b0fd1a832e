import { type Account, passesRow } from './check-row.ts';
import type { ModulusTables } from './modulus-tables.ts';

/** What the check of an account number says: `not-checked` where no table speaks of its bank. */
export type ModulusResult = 'valid' | 'invalid' | 'not-checked';

/** Where a range has two rows and these exceptions, one that passes is enough. */
const EITHER_IS_ENOUGH = [2, 9, 10, 11, 12, 13];

/**
 * Says whether an account number can exist at its bank, for whoever enters it. It does not say that it does, nor whose it is.
 * @param account six digits and eight
 * @source Vocalink, Validating account numbers, v7.70
 */
export function checkAccount(tables: ModulusTables, account: Account): ModulusResult {
  const { sortCode, accountNumber } = account;
  const [first, second] = tables.rows.filter(({ from, to }) => from <= sortCode && sortCode <= to);
  if (!first) return 'not-checked';
  if (first.exception === 6 && isForeignCurrency(accountNumber)) return 'valid';
  const passesFirst = passesRow(first, account, tables);
  if (!second) return said(passesFirst);
  if (EITHER_IS_ENOUGH.includes(first.exception)) return said(passesFirst || passesRow(second, account, tables));
  const isSecondLeftOut = second.exception === 3 && ['6', '9'].includes(accountNumber.charAt(2));
  return said(passesFirst && (isSecondLeftOut || passesRow(second, account, tables)));
}

/** Accounts in other money are not made to the rule. */
function isForeignCurrency(account: string): boolean {
  return /^[4-8]/.test(account) && account[6] === account[7];
}

function said(passes: boolean): ModulusResult {
  return passes ? 'valid' : 'invalid';
}
