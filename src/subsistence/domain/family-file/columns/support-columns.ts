import { payDays } from '../../../../kernel/index.ts';
import { frequencies, standards } from '../family-in-file.ts';
import type { FamilyFileColumn } from './column.ts';

/** Lists the columns that say, to the caseworker, what support the family has. */
export const supportColumns = [
  {
    name: 'standard',
    about: 'family',
    required: false,
    reads: 'choice',
    meaning: 'The standard of support.',
    allowed: 'subsistence or welfare.',
    choices: standards,
    blankMeans: 'subsistence',
  },
  {
    name: 'frequency',
    about: 'family',
    required: false,
    reads: 'choice',
    meaning: 'How often the family is paid.',
    allowed: 'weekly, fortnightly or four-weekly.',
    choices: frequencies,
    blankMeans: 'weekly',
  },
  {
    name: 'pay_day',
    about: 'family',
    required: true,
    reads: 'choice',
    meaning: 'The day of the week the family is paid.',
    allowed: 'monday, tuesday, wednesday, thursday or friday.',
    choices: payDays,
  },
  {
    name: 'support_from',
    about: 'family',
    required: true,
    reads: 'date',
    meaning: 'The first day of support.',
    allowed: 'A date such as 2019-04-30.',
  },
  {
    name: 'support_to',
    about: 'family',
    required: false,
    reads: 'date',
    meaning: 'The first day without support; blank means until further notice.',
    allowed: 'A date such as 2019-04-30, after support_from.',
  },
  {
    name: 'paid_up_to',
    about: 'family',
    required: false,
    reads: 'date',
    meaning: 'The first day not yet paid; blank means nothing is paid yet, the same as support_from.',
    allowed: 'A date such as 2019-04-30, from support_from to support_to, no more than a year ahead.',
  },
  {
    name: 'weekly_top_up',
    about: 'member',
    required: false,
    reads: 'money',
    meaning: 'Pounds a week on top of the standard for the member on this row.',
    allowed: 'An amount such as 12.50, from 0.01 to 9999.99.',
  },
  {
    name: 'top_up_reason',
    about: 'member',
    required: false,
    reads: 'text',
    meaning: 'Why the member needs the top-up; the family reads it in letters.',
    allowed: 'Up to 500 characters, and only with a weekly_top_up.',
    longest: 500,
  },
] as const satisfies readonly FamilyFileColumn[];
