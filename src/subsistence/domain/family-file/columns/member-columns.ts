import { relationships } from '../family-in-file.ts';
import type { FamilyFileColumn } from './column.ts';

/** Lists the columns that say, to the caseworker, who is in the family. */
export const memberColumns = [
  {
    name: 'family_reference',
    about: 'member',
    required: true,
    reads: 'reference',
    meaning: 'The family this row belongs to; all rows of a family stand together.',
    allowed: 'Up to 35 letters, digits, / _ and -, for example FAM-0001.',
  },
  {
    name: 'member_name',
    about: 'member',
    required: true,
    reads: 'text',
    meaning: 'The name of the member on this row.',
    allowed: 'Up to 100 characters.',
    longest: 100,
  },
  {
    name: 'date_of_birth',
    about: 'member',
    required: false,
    reads: 'date',
    meaning: 'The day the member was born; every child needs it.',
    allowed: 'A date such as 2019-04-30, from 1900-01-01 to today.',
  },
  {
    name: 'due_date',
    about: 'member',
    required: false,
    reads: 'date',
    meaning: 'On the row of the member who is pregnant: the day the baby is due.',
    allowed: 'A date such as 2019-04-30, no more than ten months ahead.',
  },
  {
    name: 'relationship',
    about: 'member',
    required: true,
    reads: 'choice',
    meaning: 'Who the member is to the family; every family has exactly one lead.',
    allowed: 'lead, partner, child or other.',
    choices: relationships,
  },
  {
    name: 'joined_on',
    about: 'member',
    required: false,
    reads: 'date',
    meaning: 'The first day the member counts; blank means from the first day of support.',
    allowed: 'A date such as 2019-04-30, before support_to.',
  },
  {
    name: 'left_on',
    about: 'member',
    required: false,
    reads: 'date',
    meaning: 'The first day the member no longer counts; blank means still there.',
    allowed: 'A date such as 2019-04-30, after joined_on.',
  },
] as const satisfies readonly FamilyFileColumn[];
