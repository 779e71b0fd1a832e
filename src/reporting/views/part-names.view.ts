import { fundList } from '../../funds/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Division } from '../domain/spend-asked.ts';

const CATEGORIES: Readonly<Record<string, string>> = {
  ...{ 'section-17': 'Section 17 subsistence', grants: 'Early-action grants', other: 'Other transfers' },
};
const STANDARDS: Readonly<Record<string, string>> = { subsistence: 'Subsistence', welfare: 'Welfare' };
const MISSING: Readonly<Record<Division, string>> = {
  ...{ fund: 'No fund', category: 'Other transfers', team: 'No team', ward: 'No ward', month: 'No month' },
  standard: 'No standard (not section 17)',
};
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Gives the names of what spending is divided by, for a reader. */
export async function namesOfParts(tx: Transaction, by: Division): Promise<(key: string | null) => string> {
  const funds = by === 'fund' ? await fundList(tx) : [];
  const known: Readonly<Record<Division, (key: string) => string | undefined>> = {
    fund: (key) => funds.find(({ id }) => id === key)?.name,
    category: (key) => CATEGORIES[key] ?? `Grants: ${key.replace('grants:', '').replaceAll('-', ' ')}`,
    standard: (key) => STANDARDS[key],
    month: (key) => `${MONTHS[Number(key.slice(5)) - 1] ?? ''} ${key.slice(0, 4)}`,
    ...{ team: (key) => key, ward: (key) => key },
  };
  return (key) => (key === null ? MISSING[by] : (known[by](key) ?? key));
}
