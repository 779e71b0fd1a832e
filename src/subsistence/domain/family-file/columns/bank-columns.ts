import type { FamilyFileColumn } from './column.ts';

/** Lists the columns that say, to the caseworker and to finance, which account the family is paid into. */
export const bankColumns = [
  {
    name: 'sort_code',
    about: 'family',
    required: false,
    reads: 'sort code',
    meaning: 'The sort code of the account; all three bank columns, or none for a family without an account.',
    allowed: 'Six digits: 204512, 20-45-12 or 20 45 12.',
  },
  {
    name: 'account_number',
    about: 'family',
    required: false,
    reads: 'account number',
    meaning: 'The number of the account.',
    allowed: 'Eight digits, with the zeros in front.',
  },
  {
    name: 'account_name',
    about: 'family',
    required: false,
    reads: 'text',
    meaning: 'The name the account is held in.',
    allowed: 'Up to 70 characters.',
    longest: 70,
  },
] as const satisfies readonly FamilyFileColumn[];
