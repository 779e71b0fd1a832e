import { defineProblem, type ProblemItem } from '../../kernel/index.ts';
import type { FieldSeal } from '../../platform/index.ts';
import type { Account } from './modulus/check-row.ts';
import { type NameCheck, nameCheckProblems, NOT_ASKED } from './name-check.ts';

/** Where a family's money goes. Lives in memory only while a file is written or a person looks. */
export interface BankDetails extends Account {
  readonly accountName: string;
}

/** An account as somebody proposes it: with what the bank said of the name on it. */
export interface ProposedAccount extends BankDetails {
  readonly nameCheck?: NameCheck | undefined;
}

/** Tells a caseworker which of the bank details cannot be used. */
export const bankDetailsRefused = defineProblem('bank_details_refused', {
  status: 422,
  title: 'These bank details cannot be used',
  whatToDo: 'Sort code: six digits. Account: eight digits. Name: as on the account, with at least one letter or digit.',
});

/** Checks bank details for whoever enters them. @throws bank_details_refused naming every wrong field */
export function checkBankDetails(details: ProposedAccount): void {
  const items = [...digitProblems(details), ...nameCheckProblems(details.nameCheck ?? NOT_ASKED)];
  if (!/[a-z0-9]/i.test(details.accountName.normalize('NFD')))
    items.push({ field: 'accountName', reason: 'The name has no letter or digit that a bank file can carry.' });
  if (items.length > 0) throw bankDetailsRefused(`${items.length} of the details cannot be used.`, items);
}

/** Checks that a sort code and an account number are written whole. @throws bank_details_refused naming every wrong field */
export function checkAccountDigits(account: Account): void {
  const items = digitProblems(account);
  if (items.length > 0) throw bankDetailsRefused(`${items.length} of the details cannot be used.`, items);
}

function digitProblems({ sortCode, accountNumber }: Account): ProblemItem[] {
  const items: ProblemItem[] = [];
  if (!/^\d{6}$/.test(sortCode)) items.push({ field: 'sortCode', reason: 'The sort code is not six digits.' });
  if (!/^\d{8}$/.test(accountNumber))
    items.push({ field: 'accountNumber', reason: 'The account number is not eight digits.' });
  return items;
}

/** Seals bank details into the row they belong to. */
export function sealBankDetails(seal: FieldSeal, instrumentId: string, details: BankDetails): Buffer {
  return seal.seal(
    JSON.stringify([details.sortCode, details.accountNumber, details.accountName]),
    `instrument:${instrumentId}`,
  );
}

/** Opens the bank details of one row. @throws Error when they were sealed for another row or changed */
export function openBankDetails(seal: FieldSeal, instrumentId: string, sealed: Buffer): BankDetails {
  const [sortCode, accountNumber, accountName] = JSON.parse(
    seal.open(sealed, `instrument:${instrumentId}`).toString('utf8'),
  ) as [string, string, string];
  return { sortCode, accountNumber, accountName };
}

/** Gives the same bytes for the same account whoever holds it, so that two families with one account are found. */
export function accountFingerprint(seal: FieldSeal, details: BankDetails): Buffer {
  return seal.fingerprint(`${details.sortCode}${details.accountNumber}`);
}
