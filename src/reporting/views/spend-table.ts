import { inOrder } from '../domain/order-of-parts.ts';
import { hiddenParts, isTooSmall } from '../domain/small-numbers.ts';
import type { SpendQuery } from '../domain/spend-query.ts';
import type { FundMoney } from './fund-money.view.ts';
import type { SpendFigures, SpendReport } from './spend.view.ts';

/** A row of a report that is handed over; without figures where they are hidden. */
export interface SpendTableRow {
  readonly name: string;
  readonly figures: SpendFigures | null;
  readonly ofFund: Omit<FundMoney, 'fundId'> | null;
}

/** A report as a table, whatever it is written as. */
export interface SpendTable {
  readonly rows: readonly SpendTableRow[];
  readonly total: SpendTableRow;
  readonly hidden: number;
}

/** Sets a report out as a table. @param isPublished whether figures of few households are hidden */
export function spendTable(
  report: SpendReport,
  { sort, order }: Pick<SpendQuery, 'sort' | 'order'>,
  isPublished: boolean,
): SpendTable {
  const parts = inOrder(report.parts, sort, order);
  const counted = (each: SpendFigures) => ({
    households: each.households,
    isEmpty: each.households === 0 && each.spent.isZero() && each.committed.isZero(),
  });
  const isHidden = isPublished ? hiddenParts(parts.map(counted)) : parts.map(() => false);
  const row = (name: string, figures: SpendFigures, ofFund: SpendTableRow['ofFund'], hide: boolean): SpendTableRow =>
    hide ? { name, figures: null, ofFund: null } : { name, figures, ofFund };
  return {
    rows: parts.map((part, index) => row(part.name, part, part.ofFund, isHidden[index] ?? false)),
    total: row('Together', report.total, report.total.ofFunds, isPublished && isTooSmall(counted(report.total))),
    hidden: isHidden.filter(Boolean).length,
  };
}
