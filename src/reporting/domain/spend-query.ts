import { z } from 'zod';
import { financialYearOf, isFinancialYear } from '../../funds/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { divisions, type SpendAsked, type SpendFilter } from './spend-asked.ts';

/** What parts can be put in order by. */
export const sortings = ['name', 'committed', 'spent', 'forecast', 'households', 'cost'] as const;
/** One of them. */
export type Sorting = (typeof sortings)[number];

const text = z.string().trim().min(1).max(100).optional();

/** What narrows spending, as an address or a caller says it. */
export const spendFilterQuery = z.object({
  year: z.string().refine(isFinancialYear, 'Write a financial year as 2026-27.').optional(),
  fund: z
    .string()
    .regex(/^\d{1,18}$/, 'Use the number of a fund.')
    .optional(),
  // Grants together, or those for one thing: `grants:housing`.
  category: z
    .string()
    .regex(/^(section-17|other|~none|grants(:[a-z][a-z-]{0,29})?)$/, 'Use section-17, grants or grants:housing.')
    .optional(),
  ...{ team: text, ward: text },
  month: z
    .string()
    .regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'Write a month as 2026-12.')
    .optional(),
  standard: z.enum(['subsistence', 'welfare', '~none']).optional(),
});

/** The same, with what spending is divided by and put in order by. */
export const spendQuery = spendFilterQuery.extend({
  by: z.enum(divisions).default('fund'),
  sort: z.enum(sortings).default('name'),
  order: z.enum(['ascending', 'descending']).default('ascending'),
});

/** What a person chose of spending, with everything they did not choose filled in. */
export type SpendQuery = z.output<typeof spendQuery>;

/** What narrows spending, and what it is divided by; nothing has to be chosen. */
export type SpendChosen = z.output<typeof spendFilterQuery> & { readonly by?: SpendAsked['by'] };

/** Makes what is asked of spending from what a person chose; the year they are in, where they chose none. */
export function spendAsked(chosen: SpendChosen, today: PlainDate): SpendAsked {
  const filter = Object.fromEntries(
    divisions.flatMap((name) => (chosen[name] === undefined ? [] : [[name, chosen[name]]])),
  ) as SpendFilter;
  return { year: chosen.year ?? financialYearOf(today), by: chosen.by ?? 'fund', filter };
}
