import { financialYearOf } from '../funds/index.ts';
import { addDays, Money, type PlainDate } from '../kernel/index.ts';
import type { Api } from './api.ts';

/** What the demonstration's council spent on section 17 and on grants, as decimal text. */
export interface Spent {
  readonly s17: string;
  readonly grants: string;
}

const WEEKS_SHOWN = 21;

/** Asks, as a finance officer would, where the money went: the year of the first pay date, and the next where weeks run into it. */
export async function spentOn(api: Api, payDate: PlainDate): Promise<Spent> {
  const years = new Set([addDays(payDate, -WEEKS_SHOWN), payDate, addDays(payDate, WEEKS_SHOWN)].map(financialYearOf));
  const [section17, grants]: [Money[], Money[]] = [[], []];
  for (const year of years) {
    const { total } = await api.get<{ total: { section17: string; grants: string } }>('finance', `/spend?year=${year}`);
    section17.push(Money.gbp(total.section17));
    grants.push(Money.gbp(total.grants));
  }
  return { s17: Money.sum(section17).toString(), grants: Money.sum(grants).toString() };
}
