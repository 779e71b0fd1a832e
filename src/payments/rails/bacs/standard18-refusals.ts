import { type ProblemItem, defineProblem, isPlainDate } from '../../../kernel/index.ts';
import { bacsText } from './bacs-text.ts';
import type { Standard18Credit, Standard18Submission } from './standard18-submission.ts';

/** The most pence one record can carry, and so the most the balancing debit, and the file, can. */
export const MOST_PENCE = 99_999_999_999n;

/** The most credits the seven digits of UTL1 can count. */
export const MOST_CREDITS = 9_999_999;

export const bacsRefused = defineProblem('bacs_refused', {
  status: 422,
  title: 'This Bacs file cannot be written',
  whatToDo: 'Put right every place listed, or hold those payments, and export again. No file was made.',
});

const SIX_CHARACTERS = /^[A-Z0-9]{6}$/;
const AUDIT_PRINT_ID = /^[A-Z0-9.&/ -]{0,7}$/;
const SORT_CODE = /^\d{6}$/;
const PLAIN_LETTER = /[A-Za-z0-9]/;
const ACCOUNT = /^\d{8}$/;

/** Lists what is wrong with the file's own particulars, for the person who exports it. Never repeats account details. */
export function submissionProblems(file: Omit<Standard18Submission, 'items'>): ProblemItem[] {
  const { serial, serviceUserNumber, originator, fileNumber = 1, auditPrintId = '' } = file;
  return found([
    [
      'serial',
      SIX_CHARACTERS.test(serial) && serial !== '000000',
      'The serial must be six letters or digits, not all noughts.',
    ],
    ['serviceUserNumber', SIX_CHARACTERS.test(serviceUserNumber), 'The service user number must be six characters.'],
    ['originator.sortCode', SORT_CODE.test(originator.sortCode), "The council's sort code must be six digits."],
    ['originator.account', ACCOUNT.test(originator.account), "The council's account number must be eight digits."],
    ['originator.name', hasLetters(originator.name), "The council's name has nothing in it that a bank can read."],
    ['createdOn', isPlainDate(file.createdOn), 'The day of creation must be a date.'],
    ['expiresOn', isPlainDate(file.expiresOn), 'The day of expiry must be a date.'],
    ['processingDay', isPlainDate(file.processingDay), 'The processing day must be given.'],
    [
      'fileNumber',
      Number.isInteger(fileNumber) && fileNumber >= 1 && fileNumber <= 999,
      'The file number must be 1 to 999.',
    ],
    ['auditPrintId', AUDIT_PRINT_ID.test(auditPrintId), 'The audit print id must be seven Bacs characters at most.'],
  ]);
}

type CreditRule = readonly [field: keyof Standard18Credit, kept: (credit: Standard18Credit) => boolean, reason: string];

const creditRules: readonly CreditRule[] = [
  ['sortCode', (credit) => SORT_CODE.test(credit.sortCode), 'The sort code must be six digits.'],
  ['account', (credit) => ACCOUNT.test(credit.account), 'The account number must be eight digits.'],
  ['amountPence', (credit) => credit.amountPence > 0n, 'The amount must be more than nothing.'],
  ['amountPence', (credit) => credit.amountPence <= MOST_PENCE, 'The amount is above £999,999,999.99.'],
  ['name', (credit) => hasLetters(credit.name), 'The name has nothing in it that a bank can read.'],
];

/** Adds to `problems` what is wrong with one credit. Asked of every family in a run, so a sound one allocates nothing. */
export function addCreditProblems(problems: ProblemItem[], credit: Standard18Credit, index: number): void {
  for (const [field, kept, reason] of creditRules) {
    if (!kept(credit)) problems.push({ field: `items.${index}.${field}`, reason });
  }
}

/** Lists what is wrong with the credits taken together. */
export function totalProblems(creditCount: number, creditPence: bigint): ProblemItem[] {
  return found([
    ['items', creditCount > 0, 'There is nobody to pay.'],
    ['items', creditCount <= MOST_CREDITS, 'There are more than 9,999,999 payments: split the file.'],
    ['items', creditPence <= MOST_PENCE, 'The payments come to more than £999,999,999.99: split the file.'],
  ]);
}

function hasLetters(text: string): boolean {
  // Nearly every name has a plain letter, and need not be cleaned twice to prove it.
  return PLAIN_LETTER.test(text) || bacsText(text, 1).text !== ' ';
}

function found(rules: readonly (readonly [field: string, kept: boolean, reason: string])[]): ProblemItem[] {
  return rules.filter(([, kept]) => !kept).map(([field, , reason]) => ({ field, reason }));
}
