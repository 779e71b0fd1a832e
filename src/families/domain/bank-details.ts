import { defineProblem, type ProblemItem } from '../../kernel/index.ts';
import type { FieldSeal } from '../../platform/index.ts';
import type { Account } from './modulus/check-row.ts';
import { type NameCheck, nameCheckProblems, NOT_ASKED } from './name-check.ts';

/** What a family's money can go to: an account of its own or of somebody it owes, a card loaded for it, vouchers it cashes. */
export const instrumentKinds = ['bank', 'third-party', 'prepaid-card', 'voucher'] as const;
/** One of the things a family's money can go to. */
export type InstrumentKind = (typeof instrumentKinds)[number];

/**
 * Where a family's money goes. Lives in memory only while a file is written or a person looks.
 *
 * For a prepaid card, `accountNumber` is the card's reference at its provider and there is no sort code; a voucher has
 * only the name of who cashes it.
 */
export interface BankDetails extends Account {
  readonly kind?: InstrumentKind | undefined;
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
  whatToDo:
    'Sort code: six digits. Account: eight digits. Card: its reference. Name: as on the account or card, with at least one letter or digit.',
});

const CARD = /^[A-Z0-9]{4,18}[0-9]{2}$/;

/** Checks bank details for whoever enters them. @throws bank_details_refused naming every wrong field */
export function checkBankDetails(details: ProposedAccount): void {
  const items = [...kindProblems(details), ...nameCheckProblems(details.nameCheck ?? NOT_ASKED)];
  if (!/[a-z0-9]/i.test(details.accountName.normalize('NFD')))
    items.push({ field: 'accountName', reason: 'The name has no letter or digit that a bank file can carry.' });
  if (items.length > 0) throw bankDetailsRefused(`${items.length} of the details cannot be used.`, items);
}

/** Says whether these are an account at a bank, whoever's. */
export function isAccount({ kind = 'bank' }: BankDetails): boolean {
  return kind === 'bank' || kind === 'third-party';
}

function kindProblems(details: BankDetails): ProblemItem[] {
  if (isAccount(details)) return digitProblems(details);
  const { kind, sortCode, accountNumber } = details;
  const items: ProblemItem[] = [];
  if (sortCode !== '') items.push({ field: 'sortCode', reason: 'Only an account has a sort code.' });
  if (kind === 'prepaid-card' && !CARD.test(accountNumber))
    items.push({
      field: 'accountNumber',
      reason: 'The card’s reference is six to twenty capitals and digits, the last two digits.',
    });
  if (kind === 'voucher' && accountNumber !== '')
    items.push({ field: 'accountNumber', reason: 'A voucher has no account.' });
  return items;
}

/** Gives the two digits these details are known by where they are not shown: of the account or the card; none for vouchers. */
export function lastDigitsOf({ kind, accountNumber }: BankDetails): string {
  return kind === 'voucher' ? '00' : accountNumber.slice(-2);
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

/** Gives the same bytes for the same account whoever holds it, so that two families with one account are found. Vouchers are each family's own. */
export function accountFingerprint(seal: FieldSeal, details: BankDetails, instrumentId: string): Buffer {
  return seal.fingerprint(
    details.kind === 'voucher' ? `voucher:${instrumentId}` : `${details.sortCode}${details.accountNumber}`,
  );
}
