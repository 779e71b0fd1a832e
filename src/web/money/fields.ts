import { z } from 'zod';
import { isFinancialYear } from '../../funds/index.ts';
import { words } from '../../platform/index.ts';

/** An amount as somebody types it: with or without the pound sign and commas; above nought. */
export const amountField = z
  .string('Enter an amount.')
  .transform((text) => text.replaceAll(/[£,\s]/g, ''))
  .refine((text) => /^(0|[1-9]\d{0,11})(\.\d{1,2})?$/.test(text), 'Enter pounds and pence, such as 1,250.00.')
  .refine((text) => !/^0(\.0{1,2})?$/.test(text), 'Enter an amount above nought.');

/** Why money is added or moved. */
export const reasonField = words(500);

/** A financial year, chosen. */
export const yearField = z.string('Choose a year.').refine(isFinancialYear, 'Choose a year.');
