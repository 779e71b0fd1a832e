import { divisions, type SpendAsked } from '../../reporting/index.ts';

/** Where spending is shown. */
export const spendUrls = {
  spend: '/spend',
  transfers: '/spend/transfers',
  csv: '/spend.csv',
  pdf: '/spend.pdf',
  over500: '/spend/over-500.csv',
  threeSixtyGiving: '/spend/360giving',
  threeSixtyGivingFile: '/spend/360giving.csv',
} as const;

/** Writes an address that asks the same of spending, with something changed; an empty text takes a choice away. */
export function spendUrl(path: string, asked: SpendAsked, more: Readonly<Record<string, string>> = {}): string {
  const chosen: Record<string, string> = { year: asked.year, by: asked.by };
  for (const name of divisions) if (asked.filter[name] !== undefined) chosen[name] = asked.filter[name];
  const all = Object.entries({ ...chosen, ...more }).filter(([, value]) => value !== '');
  return `${path}?${new URLSearchParams(all).toString()}`;
}
