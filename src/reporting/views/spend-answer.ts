import { inOrder } from '../domain/order-of-parts.ts';
import type { Sorting } from '../domain/spend-query.ts';
import type { SpendFigures, SpendReport } from './spend.view.ts';

/** A report as a program reads it. */
export type SpendAnswer = ReturnType<typeof spendAnswer>;

/** Writes a report for a program: amounts as decimal text, parts in the order asked for. */
export function spendAnswer(
  report: SpendReport,
  sort: Sorting = 'name',
  order: 'ascending' | 'descending' = 'ascending',
) {
  const { asked, days, basis, total, months, committedElsewhere } = report;
  return {
    ...{ year: asked.year, by: asked.by, narrowedTo: asked.filter, from: days.from, to: days.to },
    total: {
      ...written(total),
      ...(total.ofFunds && { budget: total.ofFunds.budget.toString(), available: total.ofFunds.available.toString() }),
    },
    parts: inOrder(report.parts, sort, order).map((part) => ({
      ...{ key: part.key, name: part.name, ...written(part) },
      ...(part.ofFund && { budget: part.ofFund.budget.toString(), available: part.ofFund.available.toString() }),
    })),
    committedElsewhere: committedElsewhere.toString(),
    months: months.map(({ month, section17, grants, spent }) => ({
      ...{ month, section17: section17.toString(), grants: grants.toString(), spent: spent.toString() },
    })),
    forecastRestsOn: {
      ...{ measuredFrom: basis.measured.from, measuredTo: basis.measured.to, weeksMeasured: basis.weeksMeasured },
      ...{ countedFrom: basis.until, weeksLeft: basis.weeksLeft },
    },
  };
}

function written({ payments, households, householdDays, ...money }: SpendFigures) {
  const { committed, spent, section17, grants, forecast, costPerHouseholdWeek } = money;
  return {
    ...{ payments, households, householdDays, committed: committed.toString(), spent: spent.toString() },
    ...{ section17: section17.toString(), grants: grants.toString(), forecast: forecast?.toString() ?? null },
    costPerHouseholdWeek: costPerHouseholdWeek?.toString() ?? null,
  };
}
