import { z } from 'zod';
import { Money } from '../../kernel/index.ts';
import { words } from '../../platform/index.ts';
import { isFinancialYear } from '../domain/financial-year.ts';

/** An amount in a request: decimal text above nought. */
export const amount = z
  .string()
  .regex(/^(0|[1-9]\d{0,11})(\.\d{1,2})?$/, 'Write pounds and pence as text, for example "49.18".')
  .refine((text) => !/^0(\.0{1,2})?$/.test(text), 'Write an amount above nought.')
  .transform((text) => Money.gbp(text));

/** Money proposed for a fund, named by its code. */
export const proposedBudget = z.object({
  financialYear: z.string().refine(isFinancialYear, 'Write the year as 2026-27.'),
  amount,
  reason: words(500),
  fundCode: z.string().min(1),
});
